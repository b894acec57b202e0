import { render } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { scenarios } from '../../../../src/simulator/scenarios/every-scenario';
import Simulation from '../../../../src/ui/request/Simulation.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const load = () => Promise.resolve(scenarios);

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
