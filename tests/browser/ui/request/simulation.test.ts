import { render } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { scenarios } from '../../../../src/simulator/scenarios/every-scenario';
import { recordingOf, type Recording } from '../../../../src/model/recording';
import { Recordings } from '../../../../src/state/recordings.svelte';
import { memoryDatabase } from '../../../../src/store/memory-database';
import { saveRecording } from '../../../../src/store/recordings';
import { runWith } from '../../../fixtures/runs';
import Simulation from '../../../../src/ui/request/Simulation.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

/** What is there to choose from: every scenario, and these recordings. */
async function choices(...recordings: readonly Recording[]) {
	const database = memoryDatabase('recordings');
	for (const recording of recordings) await saveRecording(database, recording);
	const all = new Recordings({ database, keyRing: { read: () => null }, newId: () => 'new' });
	await all.load();
	return [scenarios, all] as const;
}
const load = () => choices();

const ant: Recording = {
	...recordingOf(runWith({ body: '{}', status: 429 }), 'ant', null)!, // it has an answer
	name: 'An ant',
};

describe('the choice of a simulation', () => {
	test('offers every scenario by its name, and says what the chosen one does', async () => {
		render(Simulation, { load, scenario: '429', seed: 1, onchange: () => {} });
		const chooser = page.getByRole('combobox', { name: 'Scenario' });
		await expect.element(chooser).toHaveValue('429');
		await expect.element(chooser).toHaveAccessibleDescription(/retry-after/);
		expect([...chooser.element().querySelectorAll('option')].map(({ text }) => text)).toEqual(
			scenarios.map(({ title }) => title),
		);
	});

	test('tells what was chosen', async () => {
		const onchange = vi.fn();
		render(Simulation, { load, scenario: 'ordinary', seed: 1, onchange });
		await userEvent.selectOptions(page.getByRole('combobox', { name: 'Scenario' }), 'Slow stream');
		expect(onchange).toHaveBeenCalledExactlyOnceWith({ scenario: 'slow-stream' });
	});

	test('takes whole numbers as a seed', async () => {
		const onchange = vi.fn();
		render(Simulation, { load, scenario: 'ordinary', seed: 1, onchange });
		const seed = page.getByRole('spinbutton', { name: 'Seed' });
		await userEvent.fill(seed, '42');
		expect(onchange).toHaveBeenLastCalledWith({ seed: 42 });
		onchange.mockClear();
		await userEvent.fill(seed, '4.5');
		expect(onchange).not.toHaveBeenCalled();
	});

	test('falls back to the ordinary one when the one that was kept is there no more', async () => {
		render(Simulation, { load, scenario: 'gone', seed: 1, onchange: () => {} });
		await expect.element(page.getByRole('combobox', { name: 'Scenario' })).toHaveValue('ordinary');
	});

	test('says when there is nothing to choose from', async () => {
		render(Simulation, {
			load: () => Promise.reject(new Error('offline')),
			scenario: 'ordinary',
			seed: 1,
			onchange: () => {},
		});
		await expect.element(page.getByText('The scenarios could not be loaded.', { exact: false })).toBeVisible();
	});
});

describe('a recording', () => {
	test('stands in a group of its own, and says what it is a replay of', async () => {
		const onchange = vi.fn();
		const given = choices(ant);
		const { rerender } = render(Simulation, { load: () => given, scenario: 'ordinary', seed: 1, onchange });
		const chooser = page.getByRole('combobox', { name: 'Scenario' });
		await expect.element(chooser).toBeVisible();
		expect(chooser.element().querySelector('optgroup[label="Recordings"]')?.textContent?.trim()).toBe('An ant');
		await userEvent.selectOptions(chooser, 'An ant');
		expect(onchange).toHaveBeenCalledExactlyOnceWith({ scenario: 'recording:ant' });
		await rerender({ scenario: 'recording:ant' });
		await expect
			.element(chooser)
			.toHaveAccessibleDescription(/^A replay of what https:\/\/api\.anthropic\.com answered on .*2026.*: status 429/);
		// It would do nothing here.
		expect(page.getByRole('spinbutton', { name: 'Seed' }).query()).toBeNull();
	});

	test('is given another name, but never none', async () => {
		const given = choices(ant);
		render(Simulation, { load: () => given, scenario: 'recording:ant', seed: 1, onchange: () => {} });
		const name = page.getByRole('textbox', { name: 'Name of the recording' });
		await userEvent.fill(name, ' ');
		await userEvent.tab();
		await expect.element(name).toHaveValue('An ant');
		await userEvent.fill(name, 'A limit');
		await userEvent.tab();
		await expect.element(page.getByRole('option', { name: 'A limit' })).toBeInTheDocument();
	});

	test('is deleted, and brought back', async () => {
		const given = choices(ant);
		render(Simulation, { load: () => given, scenario: 'recording:ant', seed: 1, onchange: () => {} });
		const chooser = page.getByRole('combobox', { name: 'Scenario' });
		await userEvent.click(page.getByRole('button', { name: 'Delete recording' }));
		await expect.element(chooser).toHaveValue('ordinary');
		await expect.element(chooser).toHaveFocus();
		await userEvent.click(page.getByRole('button', { name: 'Undo' }));
		await expect.element(chooser).toHaveValue('recording:ant');
		await expect.element(chooser).toHaveFocus();
		expect(await (await given)[1].find('ant')).toEqual(ant);
	});
});
