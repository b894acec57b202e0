import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { lint } from '../../../../src/lint/lint';
import type { JsonObject } from '../../../../src/model/json';
import type { Target } from '../../../../src/model/target';
import { modelOf, MODELS } from '../../../../src/model/models';
import type { Transfer } from '../../../../src/state/transfer.svelte';
import ImportDialog from '../../../../src/ui/code/ImportDialog.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const KEY = 'sk-ant-api03-canary-0123456789';
const HELD = 'sk-ant-api03-held-canary-9876543210';
const url = 'https://api.anthropic.com/v1/messages';
const hello = '{"model":"claude-sonnet-4-5","max_tokens":8,"messages":[{"role":"user","content":"Hi"}]}';
const sending = {
	apiVersion: '2023-06-01',
	headers: [['x-lesson', '1']],
	target: { kind: 'simulated' },
} as const;

const calls = () => ({
	...{ onopen: vi.fn(), onreplace: vi.fn(), onkey: vi.fn(), onclose: vi.fn() },
	...{ onrecall: vi.fn(), onfix: vi.fn(), ongoto: vi.fn() },
	isHeld: vi.fn((key?: string) => key === HELD),
	...{ loadTransfer: vi.fn(() => Promise.reject<Transfer>(new TypeError('offline'))), onadded: vi.fn() },
});

/** The dialog over the request `text`, of which the rules say what they find. */
async function showOver(text: string, given: string, origins: readonly string[] = []) {
	const today = '2026-11-22';
	const request = JSON.parse(text) as JsonObject;
	const findings = await lint({ ...sending, request, model: modelOf(request), today });
	const called = calls();
	render(ImportDialog, {
		open: true,
		given: () => given,
		sending,
		text,
		findings,
		today,
		models: MODELS,
		origins,
		...called,
	});
	return called;
}

function show(given = '', origins: readonly string[] = [], target: Target = sending.target) {
	const called = calls();
	const request = { text: '{}', findings: [], today: '2026-11-22', models: MODELS };
	render(ImportDialog, {
		open: true,
		given: () => given,
		sending: { ...sending, target },
		...request,
		origins,
		...called,
	});
	return called;
}

const dialog = page.getByRole('dialog', { name: 'Import a request' });
const field = dialog.getByRole('textbox', { name: /curl command/ });
const typed = () => (field.element() as HTMLTextAreaElement).value;
const button = (name: string) => dialog.getByRole('button', { name, exact: true });
const preview = dialog.getByRole('region', { name: 'Preview' });

describe('the import dialog', () => {
	const open = { kind: 'custom', baseUrl: 'http://localhost:1' } as const;
	test.each<[string, string, Target, RegExp | null, Target]>([
		[
			'one is pasted',
			'http://localhost:2',
			open,
			/It is sent to http:\/\/localhost:2, as it was pasted, and not to http:\/\/localhost:1/,
			{ kind: 'custom', baseUrl: 'http://localhost:2' },
		],
		[
			"the API's own is pasted",
			'https://api.anthropic.com',
			open,
			/It was sent to https:\/\/api\.anthropic\.com\. The open request’s address, http:\/\/localhost:1, is kept/,
			open,
		],
		[
			'one is pasted that the page may not ask',
			'https://evil.example',
			open,
			/sent to https:\/\/evil\.example, which is left out: the open request’s address, http:\/\/localhost:1, is kept/,
			open,
		],
		['it is the same', 'http://localhost:1', open, null, open],
		[
			'the simulated API stands for it',
			'https://api.anthropic.com',
			{ kind: 'simulated' },
			null,
			{ kind: 'simulated' },
		],
	])('says which of two addresses counts, before it replaces anything: %s', async (_name, base, target, said, used) => {
		const { onreplace } = show(`curl ${base}/v1/messages -d '${hello}'`, [], target);
		await expect.element(dialog.getByText('A curl command', { exact: true })).toBeVisible();
		if (said) await expect.element(dialog.getByText(said)).toBeVisible();
		else await expect.element(dialog.getByText(/open request/)).not.toBeInTheDocument();
		expect(onreplace).not.toHaveBeenCalled();
		await button('Replace the request').click();
		expect(onreplace.mock.calls[0]![0]).toMatchObject({ target: used }); // it was clicked
	});

	test('says what it understood before anything is replaced', async () => {
		const { onopen, onreplace, onclose } = show(
			`curl ${url} -H 'anthropic-version: 2026-10-21' -H 'anthropic-beta: a' -H "x-v: $V" -d '${hello}'`,
		);
		await expect.element(dialog.getByText('A curl command', { exact: true })).toBeVisible();
		const facts = dialog.element().querySelector('dl')?.innerText.replace(/\s+/g, ' ');
		expect(facts).toBe('Model claude-sonnet-4-5 Turns 1 API version 2026-10-21 anthropic-beta a');
		await expect.element(dialog.getByRole('list', { name: 'What changed' })).toHaveTextContent('The header x-v');
		await expect.element(preview).toHaveTextContent('"content": "Hi"');
		expect([onopen, onreplace].flatMap(({ mock }) => mock.calls)).toEqual([]);
		await button('Replace the request').click();
		expect(onopen).not.toHaveBeenCalled();
		expect(onreplace).toHaveBeenCalledExactlyOnceWith({
			text: JSON.stringify(JSON.parse(hello), null, 2),
			apiVersion: '2026-10-21',
			headers: [['anthropic-beta', 'a']],
			target: { kind: 'simulated' },
		});
		expect(onclose).toHaveBeenCalledOnce();
	});

	test('asks for a text, and leaves as it is what the text does not speak of', async () => {
		const { onopen } = show();
		await expect.element(button('Open as new conversation')).not.toBeInTheDocument();
		await field.fill(hello);
		await button('Open as new conversation').click();
		expect(onopen).toHaveBeenCalledExactlyOnceWith({ ...sending, text: JSON.stringify(JSON.parse(hello), null, 2) });
	});

	test('lets the user fill in what could not be told, wherever it stands', async () => {
		const { onopen } = show(
			`curl ${url} -d '{"model":"m","max_tokens":'$MAX',"messages":[{"role":"user","content":"'"$WHO"', '"$WHO"'"}]}'`,
		);
		await expect.element(preview).toHaveTextContent('"content": "<WHO>, <WHO>"');
		await expect.element(dialog.getByText('stands in the request by its name')).toBeVisible();
		await expect
			.element(dialog.getByRole('textbox', { name: 'WHO' }))
			.toHaveAccessibleDescription('messages.0.content');
		await dialog.getByRole('textbox', { name: 'MAX' }).fill('16');
		await dialog.getByRole('textbox', { name: 'WHO' }).fill('Ann "A"');
		await expect.element(dialog.getByText('stands in the request by its name')).not.toBeInTheDocument();
		await button('Open as new conversation').click();
		const { text } = onopen.mock.calls[0]![0] as { text: string };
		expect(JSON.parse(text)).toMatchObject({ max_tokens: 16, messages: [{ content: 'Ann "A", Ann "A"' }] });
	});

	test('takes a whole body that is in a file only when it is filled in', async () => {
		show(`curl ${url} -d @body.json`);
		await expect.element(button('Open as new conversation')).toBeDisabled();
		await dialog.getByRole('textbox', { name: 'body.json' }).fill('{"messages": []');
		await expect.element(button('Replace the request')).toBeDisabled();
		await dialog.getByRole('textbox', { name: 'body.json' }).fill('{"messages": []}');
		await expect.element(button('Replace the request')).toBeEnabled();
		await expect.element(button('Fill in body.json from a file')).toBeVisible();
	});

	test('quotes what it does not understand with its place, and changes nothing', async () => {
		const called = show(`curl ${url} \\\n  -d '{"model"`);
		await expect
			.element(dialog.getByText('Line 2, column 6: This quote is not closed. Nothing was changed.'))
			.toBeVisible();
		expect(dialog.element().querySelector('.quote')?.textContent).toBe(`-d '{"model"`);
		await expect.element(button('Replace the request')).not.toBeInTheDocument();
		await button('Cancel').click();
		expect(called.onclose).toHaveBeenCalledOnce();
		expect([called.onopen, called.onreplace].flatMap(({ mock }) => mock.calls)).toEqual([]);
	});

	describe('shown an error', () => {
		const said = (type: string, message: string) =>
			`Error code: 400 - ${JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' })}`;

		test('explains it in plain words, and imports nothing', async () => {
			const { onrecall } = show(said('rate_limit_error', 'Slow down.').replace('400', '429'));
			const box = dialog.getByRole('region', { name: 'Too many requests (429)' });
			await expect.element(box).toHaveTextContent('Slow down. Wait, then try again.');
			await expect.element(box.getByText('rate_limit_error', { exact: true })).toBeVisible();
			await expect.element(box.getByText('req_1', { exact: true })).toBeVisible();
			await expect.element(box.getByText('Nothing in the open request is what it speaks of.')).toBeVisible();
			await expect.element(button('Open as new conversation')).not.toBeInTheDocument();
			expect(onrecall.mock.lastCall?.[0]).toMatchObject({ place: null });
		});

		test('leads to the place in the open request, and offers the way out that a rule knows', async () => {
			const text = hello
				.replace('claude-sonnet-4-5', 'claude-sonnet-5')
				.replace('"Hi"}', '"Hi"},{"role":"assistant","content":"Well"}');
			const prefill =
				'This model does not support assistant message prefill. The conversation must end with a user message.';
			const { onrecall, ongoto, onfix } = await showOver(text, said('invalid_request_error', prefill));
			await expect.element(dialog.getByText('does not continue an answer')).toBeVisible();
			await button('Go to messages.1').click();
			expect(ongoto.mock.calls).toEqual([[['messages', 1]]]);
			expect(onrecall.mock.lastCall?.[0]).toMatchObject({ text, place: ['messages', 1] });
			await button('Remove the prefill').click();
			expect(onfix).toHaveBeenCalledOnce();
		});

		test('leads to a place that no rule has anything to say of', async () => {
			const { onrecall } = await showOver(hello, said('invalid_request_error', 'messages.0.content: not today'));
			await expect.element(button('Go to messages.0.content')).toBeVisible();
			expect(onrecall.mock.lastCall?.[0]).toMatchObject({ place: ['messages', 0, 'content'], finding: null });
		});

		test.each(['messages.7.content: not today', 'model: claude-nope'])(
			'points nowhere where the open request has no such place: %s',
			async (message) => {
				const { onrecall } = await showOver(hello, said('invalid_request_error', message));
				await expect.element(dialog.getByText('Nothing in the open request')).toBeVisible();
				expect(onrecall.mock.lastCall?.[0]).toMatchObject({ place: null });
			},
		);

		test('of a request that was recorded with it, looks into that one', async () => {
			const body = hello.replace('"max_tokens":8', '"max_tokens":8,"temperature":2');
			const error = said('invalid_request_error', 'temperature: range: 0..1').slice('Error code: 400 - '.length);
			const { onopen, onrecall } = await showOver(hello, `$ curl ${url} -d '${body}'\n${error}`);
			await expect.element(dialog.getByRole('region', { name: 'The request is not valid' })).toBeVisible();
			await expect.element(dialog.getByText('Place: temperature')).toBeVisible();
			await button('Open as new conversation').click();
			expect(onopen).toHaveBeenCalledOnce();
			expect(onrecall.mock.lastCall?.[0]).toMatchObject({ place: ['temperature'] });
		});
	});

	test('offers the choice among several requests', async () => {
		const { onopen } = show(`curl ${url} -d '${hello}'\ncurl ${url} -d '${hello.replace('Hi', 'Bye')}'`);
		await dialog.getByRole('combobox', { name: 'Request' }).selectOptions('2: Bye');
		await expect.element(preview).toHaveTextContent('Bye');
		await button('Open as new conversation').click();
		expect((onopen.mock.calls[0]![0] as { text: string }).text).toContain('Bye');
	});

	test('takes over the address of a server that the page may talk to, and says so of another', async () => {
		const { onopen } = show(`curl http://localhost:8080/v1/messages -d '${hello}'`);
		await expect.element(dialog.getByText('http://localhost:8080', { exact: true })).toBeVisible();
		await button('Open as new conversation').click();
		expect(onopen.mock.calls[0]![0]).toMatchObject({ target: { kind: 'custom', baseUrl: 'http://localhost:8080' } });
	});

	test('leaves out the address of a server that the page may not talk to', async () => {
		const { onopen } = show(`curl https://evil.example/v1/messages -d '${hello}'`);
		await expect.element(dialog.getByText(/It was sent to https:\/\/evil\.example, which is left out/)).toBeVisible();
		await button('Open as new conversation').click();
		expect(onopen.mock.calls[0]![0]).toMatchObject({ target: { kind: 'simulated' } });
	});

	test.each([true, false])('asks whether to use a key it found (%s), and shows it nowhere', async (uses) => {
		const { onkey, onopen } = show(`curl ${url} -H 'x-api-key: ${KEY}' -d '${hello}'`);
		const box = dialog.getByRole('checkbox', { name: /Use the API key in it, …6789/ });
		await expect.element(box).not.toBeChecked();
		expect(document.documentElement.outerHTML).not.toContain('canary');
		expect([...document.querySelectorAll('textarea')].map(({ value }) => value).join()).not.toContain('canary');
		if (uses) await box.click();
		await button('Open as new conversation').click();
		expect(onkey.mock.calls).toEqual(uses ? [[KEY]] : []);
		expect(JSON.stringify(onopen.mock.calls)).not.toContain('canary');
	});

	test('loses none of two keys unasked, and uses one at most', async () => {
		const proxy = 'a-token-of-canary-5555';
		const { onkey } = show(`# not ${KEY}\ncurl ${url} -H 'x-api-key: ${proxy}' -d '${hello}'`);
		const box = (end: string) => dialog.getByRole('checkbox', { name: `Use the API key in it, …${end}` });
		await box('6789').click();
		await box('5555').click();
		await expect.element(box('6789')).not.toBeChecked();
		expect([...document.querySelectorAll('textarea')].map(({ value }) => value).join()).not.toContain('canary');
		await button('Open as new conversation').click();
		expect(onkey.mock.calls).toEqual([[proxy]]);
	});

	test('takes in an export of this page whose fields are in another order', async () => {
		const sorted = '{\n    "attachments": {},\n    "conversations": [],\n    "format": "messages-playground"\n}';
		const { loadTransfer, onadded } = show(sorted);
		await expect.element(dialog).toHaveTextContent('This is an export of this page.');
		await expect.element(dialog).not.toHaveTextContent('no request');
		await button('Import it').click();
		await expect.element(dialog).toHaveTextContent('could not be loaded');
		const files: Blob[] = [];
		const transfer = {
			phase: { kind: 'ended', failed: false, message: 'Imported 1 conversation.' },
			import: (given: readonly Blob[]) => Promise.resolve(files.push(...given) > 0 ? ['a'] : []),
		};
		loadTransfer.mockResolvedValue(transfer as unknown as Transfer); // what is asked of it
		await button('Import it').click();
		await expect.element(dialog).toHaveTextContent('Imported 1 conversation.');
		expect(await Promise.all(files.map((file) => file.text()))).toEqual([sorted]);
		expect(onadded.mock.calls).toEqual([['a']]);
	});

	test('does not offer the key that is used already', async () => {
		const { onkey, onopen } = show(`curl ${url} -H 'x-api-key: ${HELD}' -d '${hello}'`);
		await expect.element(dialog).toHaveTextContent('Your API key is in it, …3210. It is not part of the request.');
		expect(dialog.getByRole('checkbox').elements()).toEqual([]);
		await button('Open as new conversation').click();
		expect(JSON.stringify(onopen.mock.calls)).not.toContain('canary');
		expect(onkey).not.toHaveBeenCalled();
	});

	test('takes a key out of what is pasted into its field, and of what was typed there', async () => {
		show();
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', `curl ${url} -H 'x-api-key: ${KEY}' -d '${hello}'`);
		field.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
		await expect.element(dialog.getByRole('checkbox', { name: /…6789/ })).toBeVisible();
		expect(typed()).toContain('x-api-key: sk-•••');
		await field.fill(`curl ${url} -H 'x-api-key: ${KEY.replace('6789', '4321')}' -d '${hello}'`);
		await userEvent.tab();
		await expect.element(dialog.getByRole('checkbox', { name: /…4321/ })).toBeVisible();
		expect(typed()).toContain('x-api-key: sk-•••');
	});

	test('shows a very long text by its length only', async () => {
		const { onopen } = show(hello.replace('Hi', 'A'.repeat(60_000)));
		await expect.element(dialog.getByText('60,086 characters were pasted.')).toBeVisible();
		await expect.element(preview).toHaveTextContent('(60000 characters)');
		await button('Open as new conversation').click();
		expect((onopen.mock.calls[0]![0] as { text: string }).text).toContain('A'.repeat(60_000));
	});

	test('takes several files at once, each refused by itself with the reason', async () => {
		const { onopen, onclose } = show();
		const dataTransfer = new DataTransfer();
		const files = [
			new File([`curl ${url} -d '${hello}'`], 'one.sh'),
			new File(['not a request'], 'notes.txt'),
			new File([hello.replace('Hi', `Ho ${KEY}`)], 'two.json'),
			new File(['x'], 'ant.png', { type: 'image/png' }),
		];
		for (const file of files) dataTransfer.items.add(file);
		field.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
		const list = dialog.getByRole('list', { name: 'Files' }).getByRole('listitem');
		await expect.element(list.nth(0)).toHaveTextContent('one.sh: A curl command');
		await expect.element(list.nth(1)).toHaveTextContent(/^notes.txt: It was not taken. Line 1, column \d+: ./);
		await expect.element(list.nth(2)).toHaveTextContent('two.json: ');
		await expect.element(list.nth(3)).toHaveTextContent('ant.png: It was not taken. It holds no text.');
		await dialog.getByRole('combobox', { name: 'Request' }).selectOptions('1');
		await expect.element(preview).toHaveTextContent('"Ho sk-');
		await button('Open all 2 as new conversations').click();
		expect(onopen.mock.calls.map(([content]) => (content as { text: string }).text)).toEqual([
			expect.stringContaining('"Hi"'),
			expect.stringContaining('"Ho sk-'),
		]);
		expect(JSON.stringify(onopen.mock.calls)).not.toContain(KEY);
		expect(onclose).toHaveBeenCalledOnce();
	});

	test('takes a key out of what is filled in: pasted, typed or from a file', async () => {
		const { onkey, onopen } = show(
			`curl ${url} -d '{"max_tokens":8,"messages":[{"role":"user","content":"'"$WHO"'"}]}'`,
		);
		const hole = dialog.getByRole('textbox', { name: 'WHO' });
		const shown = () => document.documentElement.outerHTML + (hole.element() as HTMLTextAreaElement).value;
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', `Is ${KEY} good?`);
		hole.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
		await expect.element(hole).toHaveValue(`Is sk-${'•'.repeat(KEY.length - 3)} good?`);
		expect(shown()).not.toContain('canary');
		await hole.fill(`And ${KEY}?`);
		await userEvent.keyboard('{Tab}');
		await expect.element(hole).toHaveValue(`And sk-${'•'.repeat(KEY.length - 3)}?`);
		const opened = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
			const transfer = new DataTransfer();
			transfer.items.add(new File([`The file of ${KEY}`], '.env'));
			this.files = transfer.files;
			this.dispatchEvent(new Event('change'));
		});
		await button('Fill in WHO from a file').click();
		opened.mockRestore();
		await expect.element(hole).toHaveValue(`The file of sk-${'•'.repeat(KEY.length - 3)}`);
		await dialog.getByRole('checkbox', { name: /Use the API key in it, …6789/ }).click();
		await button('Open as new conversation').click();
		expect(onkey.mock.calls).toEqual([[KEY]]);
		expect(JSON.stringify(onopen.mock.calls)).not.toContain('canary');
	});

	test('is walked through by keyboard', async () => {
		show(`curl ${url} -d '${hello.replace('8', "'$MAX'")}'`);
		await expect.element(dialog).toBeVisible();
		const seen: (string | null)[] = [];
		for (let presses = 0; presses < 9; presses++) {
			await userEvent.tab();
			seen.push(
				document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? null,
			);
		}
		for (const name of [
			'Fill in MAX from a file',
			'Preview',
			'Open as new conversation',
			'Replace the request',
			'Cancel',
		])
			expect(seen).toContain(name);
	});

	test('gives axe nothing to complain about, light or dark', async () => {
		show(`curl ${url} -H 'x-api-key: ${KEY}' -H "x-v: $V" -d '${hello.replace('8', "'$MAX'")}'; curl ${url} -d @a`);
		await expect.element(preview).toBeVisible();
		for (const theme of ['light', 'dark']) {
			document.documentElement.dataset['theme'] = theme;
			const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
			expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) }))).toEqual([]);
		}
		delete document.documentElement.dataset['theme'];
	});
});
