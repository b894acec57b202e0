import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { lint } from '../../../../src/lint/lint';
import type { Finding, Fix } from '../../../../src/lint/rule';
import type { JsonObject, JsonPath } from '../../../../src/model/json';
import { findModel, MODELS } from '../../../../src/model/models';
import { countsOf } from '../../../../src/state/assess';
import type { CheckFor } from '../../../../src/state/check-for';
import Problems from '../../../../src/ui/problems/Problems.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

function findingsOf(request: JsonObject, header?: string): Promise<readonly Finding[]> {
	const model = typeof request.model === 'string' ? findModel(request.model) : null;
	const headers = header === undefined ? [] : [['anthropic-beta', header] as const];
	return lint({ request, apiVersion: '2023-06-01', headers, model, today: '2026-11-22' });
}

const prefilled = {
	model: 'claude-sonnet-5',
	max_tokens: 1,
	messages: [
		{ role: 'user', content: 'Hi' },
		{ role: 'assistant', content: 'Hello' },
	],
};

const itself: CheckFor = { model: null, apiVersion: null };

function show(findings: readonly Finding[], text = JSON.stringify(prefilled), checkFor = itself) {
	const ongoto = vi.fn<(path: JsonPath) => void>();
	const onfix = vi.fn<(fix: Fix) => void>();
	const oncheckfor = vi.fn<(change: Partial<CheckFor>) => void>();
	const own = { model: prefilled.model, apiVersion: '2023-06-01' } as const;
	const props = {
		findings,
		counts: countsOf(findings),
		checking: false,
		text,
		broken: false,
		own,
		checkFor,
		models: MODELS,
		ongoto,
		onfix,
		oncheckfor,
	};
	const { rerender } = render(Problems, props);
	return { ongoto, onfix, oncheckfor, rerender };
}

const region = page.getByRole('region', { name: 'Problems' });

describe('Problems', () => {
	test('is one quiet line when there is nothing to say', async () => {
		show([]);
		await expect.element(region).toHaveTextContent('No problems found');
		expect(region.getByRole('list').query()).toBeNull();
	});

	test('says that nothing is checked of what is no JSON', async () => {
		const { rerender } = show([]);
		await rerender({ broken: true });
		await expect.element(region).toHaveTextContent('Not checked: the JSON does not parse');
		await expect.element(region).not.toHaveTextContent('No problems found');
	});

	test('begins each item with its severity in words', async () => {
		show((await findingsOf({ ...prefilled, model: 'claude-sonnet-4-5' })).concat(await findingsOf(prefilled)));
		const items = region.getByRole('listitem');
		await expect.element(items.first()).toHaveTextContent(/^Surprising: Claude Sonnet 4\.5 answers until 2026-11-30/);
		await expect.element(items.last()).toHaveTextContent(/^Rejected: Claude Sonnet 5 does not continue an answer/);
		await expect.element(region.getByRole('button', { name: 'Problems: 1 rejected, 1 surprising' })).toBeVisible();
	});

	test('goes to the place, named as the API writes it', async () => {
		const { ongoto } = show(await findingsOf(prefilled));
		await userEvent.click(region.getByRole('button', { name: 'Go to messages.1' }));
		expect(ongoto).toHaveBeenCalledWith(['messages', 1]);
	});

	test('calls the root the request', async () => {
		const { ongoto } = show(
			await findingsOf({ ...prefilled, messages: [{ role: 'user', content: 'Hi' }] }, 'pdfs-2024-09-25'),
		);
		await userEvent.click(region.getByRole('button', { name: 'Go to the request' }));
		expect(ongoto).toHaveBeenCalledWith([]);
	});

	test('offers each way out as a button', async () => {
		const { onfix } = show(await findingsOf(prefilled));
		await userEvent.click(region.getByRole('button', { name: 'Use claude-haiku-4-5' }));
		expect(onfix).toHaveBeenCalledWith({
			label: 'Use claude-haiku-4-5',
			changes: [{ kind: 'set', path: ['model'], value: 'claude-haiku-4-5' }],
		});
		await expect.element(region.getByRole('button', { name: 'Remove the prefill' })).toBeVisible();
	});

	test('says why, with a link that opens beside the page', async () => {
		show(await findingsOf(prefilled));
		await userEvent.click(region.getByText('Why'));
		const link = region.getByRole('link', { name: 'Documentation' });
		await expect.element(link).toHaveAttribute('target', '_blank');
		await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
		await expect.element(region.getByText(/Only models up to Claude 4\.5 continue one/)).toBeVisible();
	});

	test('folds away and stays so while the request changes', async () => {
		const { rerender } = show(await findingsOf(prefilled));
		const fold = region.getByRole('button', { name: /^Problems:/ });
		await userEvent.click(fold);
		await expect.element(fold).toHaveAttribute('aria-expanded', 'false');
		await rerender({ findings: await findingsOf({ ...prefilled, max_tokens: -1 }) });
		expect(region.getByRole('list').query()).toBeNull();
	});

	test('keeps to a part of the page however many there are', async () => {
		const messages = Array.from({ length: 200 }, () => ({ role: 'user', content: 'Hi', extra: 1 }));
		show(await findingsOf({ ...prefilled, messages }));
		await expect.element(region.getByText(/^And \d+ more\.$/)).toBeInTheDocument();
		expect(region.getByRole('listitem').elements()).toHaveLength(50);
		expect(region.element().getBoundingClientRect().height).toBeLessThan(window.innerHeight * 0.4);
	});

	test.each(['light', 'dark'])('has nothing for axe to find in the %s theme', async (theme) => {
		document.documentElement.dataset.theme = theme;
		show((await findingsOf(prefilled)).concat(await findingsOf({ ...prefilled, model: 'claude-sonnet-4-5' })));
		const { violations } = await axe.run(region.element());
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		delete document.documentElement.dataset.theme;
	});
});

describe('what the problems hold for', () => {
	const other: CheckFor = { model: 'claude-opus-5-5', apiVersion: '2026-10-21' };

	test('is the request as it is sent, and said so', async () => {
		show([]);
		await expect.element(region.getByRole('button', { name: 'for claude-sonnet-5 · 2023-06-01' })).toBeVisible();
		expect(region.getByText(/^What is sent is/).query()).toBeNull();
	});

	test('can be another model and another version', async () => {
		const { oncheckfor } = show([]);
		await userEvent.click(region.getByRole('button', { name: /^for claude/ }));
		const model = region.getByRole('combobox', { name: 'Check for model' });
		await expect.element(model).toHaveDisplayValue('The request’s own (claude-sonnet-5)');
		await userEvent.selectOptions(model, 'claude-opus-5-5');
		expect(oncheckfor).toHaveBeenLastCalledWith({ model: 'claude-opus-5-5' });
		await userEvent.selectOptions(region.getByRole('combobox', { name: 'Check for version' }), '2026-10-21');
		expect(oncheckfor).toHaveBeenLastCalledWith({ apiVersion: '2026-10-21' });
	});

	test('cannot be overlooked while it is not what is sent, and goes back in one click', async () => {
		const { oncheckfor } = show([], undefined, other);
		await expect
			.element(region)
			.toHaveTextContent(
				/What is sent is claude-sonnet-5 · 2023-06-01: the problems are those it would have for claude-opus-5-5 · 2026-10-21\./,
			);
		expect((await axe.run(region.element())).violations).toEqual([]);
		await userEvent.click(region.getByRole('button', { name: 'Check what is sent' }));
		expect(oncheckfor).toHaveBeenCalledExactlyOnceWith(itself);
	});

	test('stays chosen where the API that is asked now does not list it', async () => {
		show([], undefined, { ...itself, model: 'llama' });
		await userEvent.click(region.getByRole('button', { name: /^for llama/ }));
		await expect.element(region.getByRole('combobox', { name: 'Check for model' })).toHaveValue('llama');
	});
});

describe('a fix', () => {
	const pretty = JSON.stringify(prefilled, null, 2);
	const peek = () => document.querySelector('[popover]');

	test('shows what it would change while its button has the focus, and applies in one click', async () => {
		const { onfix } = show(await findingsOf(prefilled), pretty);
		const button = region.getByRole('button', { name: /^Use / });
		await expect.element(button).toBeVisible();
		button.element().focus();
		await expect.element(button).toHaveAccessibleDescription(/Line 2 before: +"model": "claude-sonnet-5",/);
		await expect.element(button).toHaveAccessibleDescription(/After: +"model": "claude-(opus|haiku)-4-5",/);
		await userEvent.click(button);
		expect(onfix).toHaveBeenCalledOnce();
		expect(peek()).toBeNull();
	});

	test('hides what it would change on Escape, and when the focus goes on', async () => {
		show(await findingsOf(prefilled), pretty);
		// Away from the buttons, which would show theirs to the pointer too.
		await userEvent.hover(region.getByRole('button', { name: /^Problems/ }));
		const button = region.getByRole('button', { name: /^Use / });
		await expect.element(button).toBeVisible();
		button.element().focus();
		await expect.poll(peek).not.toBeNull();
		await userEvent.keyboard('{Escape}');
		expect(peek()).toBeNull();
		await userEvent.tab();
		await expect.poll(peek).not.toBeNull();
		button.element().blur();
		(document.activeElement as HTMLElement).blur();
		await expect.poll(peek).toBeNull();
	});

	test('can be read below its button for as long as one likes', async () => {
		show(await findingsOf(prefilled), pretty);
		const toggle = region.getByRole('button', { name: 'Show the changes' });
		await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
		await userEvent.click(toggle);
		await expect.element(toggle).toHaveAttribute('aria-expanded', 'true');
		const removal = region.getByRole('group', { name: 'Remove the prefill' });
		await expect.element(removal).toHaveTextContent(/before: .*"role": "assistant".*After:/);
		expect((await axe.run(region.element())).violations).toEqual([]);
	});
});
