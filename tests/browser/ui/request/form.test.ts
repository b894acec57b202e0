import { cleanup, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sourceAt } from '../../../../src/model/lens';
import { formOf } from './form-of';
import { INHERITED } from '../../../fixtures/inherited';

/** A request spelled as nobody would spell it: what is not edited must stay as it is. */
const ODD = `{ "messages" : [
\t{"role":"user", "content":"caf\\u00e9"  },
    {"content": [ {"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}}, {"type":"hologram","depth":3.0} ], "role":"assistant", "note": 1e2}
 ],
 "max_tokens": 1.0e3, "model":"claude-haiku-4-5", "stop_sequences":["\\n"], "brand_new": {"deep":[1.50]} }`;

async function open(text: string) {
	const document = formOf(text);
	// Parts that come when they are needed are there before a test goes on.
	await screen.findByRole('group', { name: 'Parameters' });
	if (text === ODD) await screen.findByRole('textbox', { name: 'Block as JSON' });
	return document;
}

describe('the form', () => {
	test('shows every turn, block and parameter, known or not', async () => {
		await open(ODD);
		expect(screen.getByRole('group', { name: 'Turn 1: user' })).toBeTruthy();
		expect(screen.getByRole('group', { name: 'Turn 2: assistant' })).toBeTruthy();
		expect(screen.getAllByRole<HTMLTextAreaElement>('textbox', { name: 'Text' }).map(({ value }) => value)).toEqual([
			'café',
			'Hi',
		]);
		expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Block as JSON' }).value).toBe(
			'{"type":"hologram","depth":3.0}',
		);
		expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'note' }).value).toBe('1e2');
		expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'brand_new' }).value).toBe('{"deep":[1.50]}');
	});

	test.each(INHERITED)('shows a block that calls itself %s as JSON', async (type) => {
		formOf(JSON.stringify({ messages: [{ role: 'user', content: [{ type }] }] }));
		const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Block as JSON' });
		expect(field.value).toBe(JSON.stringify({ type }));
	});

	test('estimates the tokens of each turn by its words and by the pixels of its pictures', async () => {
		const image = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
		const content = [image, { type: 'text', text: 'What is it?' }];
		const messages = [
			{ role: 'user', content },
			{ role: 'assistant', content: 'A picture, says the model.' },
		];
		await open(JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1, messages }));
		const turn = (name: string) => screen.getByRole('group', { name }).textContent;
		// 280 by 280 pixels are ten by ten patches.
		expect(turn('Turn 1: user')).toMatch(/2 blocks · ≈ 104\s+tokens/);
		expect(turn('Turn 2: assistant')).toMatch(/≈ 10\s+tokens/);
	});

	test('makes a user turn for files that find none, and says below the turns what became of those whose turn is gone', async () => {
		const request = await open('{"messages": []}');
		const clipboardData = new DataTransfer();
		clipboardData.items.add(new File(['Ants'], 'ants.md'));
		const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
		screen.getByText(/There are no turns yet/).dispatchEvent(paste);
		expect(request.text).toBe('{"messages": [{"role": "user", "content": ""}]}');
		request.replace('{"messages": []}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('ants.md was not added');
	});

	test('changes nothing by being shown', async () => {
		expect((await open(ODD)).text).toBe(ODD);
	});

	test('what a control changes, changes nothing else', async () => {
		const document = await open(ODD);
		await userEvent.fill(screen.getByRole('spinbutton', { name: 'Max tokens' }), '7');
		expect(document.text).toBe(ODD.replace('1.0e3', '7'));
		await userEvent.fill(screen.getByRole('textbox', { name: 'System' }), 'Be brief.');
		await userEvent.selectOptions(
			screen.getAllByRole('combobox', { name: 'Role' })[0]!, // there are two turns
			'assistant',
		);
		await userEvent.fill(screen.getAllByRole('textbox', { name: 'Text' })[1]!, 'Hi again');
		for (const path of [
			['messages', 0, 'content'],
			['messages', 1, 'content', 1],
			['messages', 1, 'note'],
			['brand_new'],
		])
			expect(sourceAt(document.text, path)).toBe(sourceAt(ODD, path));
	});

	test('gives back the exact text when everything is undone', async () => {
		const document = await open(ODD);
		await userEvent.click(screen.getByRole('button', { name: 'Add user turn' }));
		await userEvent.click(screen.getByRole('button', { name: 'Set top_k' }));
		await userEvent.click(screen.getByRole('button', { name: 'Omit brand_new' }));
		await userEvent.click(screen.getAllByRole('button', { name: 'Move down' })[0]!); // of the first turn
		expect(document.text).not.toBe(ODD);
		while (document.canUndo) document.undo();
		expect(document.text).toBe(ODD);
	});

	test('lets the focus go with a turn that is moved', async () => {
		const document = await open(
			'{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"user","content":"c"}]}',
		);
		await userEvent.click(screen.getAllByRole('button', { name: 'Move down' })[0]!); // of the first turn
		await userEvent.keyboard('{Enter}');
		expect(document.request.messages).toMatchObject([{ content: 'b' }, { content: 'c' }, { content: 'a' }]);
	});

	test('lets a turn be dragged by its grip', async () => {
		const document = await open(
			'{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"},{"role":"user","content":"c"}]}',
		);
		const [first] = screen.getAllByTitle('Drag to move');
		await userEvent.dragAndDrop(first!, screen.getByRole('group', { name: 'Turn 3: user' }), {
			// there are three
			targetPosition: { x: 200, y: 90 },
		});
		expect(document.request.messages).toMatchObject([{ content: 'b' }, { content: 'c' }, { content: 'a' }]);
	});

	test('shows what system blocks carry beside their words', async () => {
		const document = await open(
			'{"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"messages":[]}',
		);
		const field = await screen.findByRole('textbox', { name: 'system.0.cache_control' });
		await userEvent.fill(field, '{"type":"ephemeral","ttl":"1h"}');
		expect(document.request.system).toMatchObject([{ cache_control: { ttl: '1h' } }]);
	});

	test('holds back JSON that is not finished, and keeps what was typed', async () => {
		const document = await open(ODD);
		const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'brand_new' });
		await userEvent.fill(field, '{"deep":');
		expect(document.text).toBe(ODD);
		expect(field.value).toBe('{"deep":');
		expect(field.getAttribute('aria-invalid')).toBe('true');
		await userEvent.fill(field, '{"deep":2.0}');
		expect(document.text).toBe(ODD.replace('{"deep":[1.50]}', '{"deep":2.0}'));
		expect(field.getAttribute('aria-invalid')).toBe('false');
	});

	test('keeps JSON that is not finished while it is not shown, and for its own request only', async () => {
		const document = await open(ODD);
		await userEvent.fill(screen.getByRole('textbox', { name: 'brand_new' }), '{"deep":');
		cleanup();
		formOf(document);
		const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'brand_new' });
		expect(field.value).toBe('{"deep":');
		document.load(ODD.replace('1.50', '2.50'));
		await tick();
		expect(field.value).toBe('{"deep":[2.50]}');
		expect(field.getAttribute('aria-invalid')).toBe('false');
	});

	test('writes line breaks of stop sequences as JSON does', async () => {
		await open(ODD);
		expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'stop_sequences 1' }).value).toBe('\\n');
	});

	test('has a stop sequence in the request as it is typed, and leaves the line as it is being typed', async () => {
		const document = await open(ODD);
		const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'stop_sequences 1' });
		await userEvent.fill(field, 'END\\');
		expect([document.request.stop_sequences, field.value]).toEqual([['END\\'], 'END\\']);
		await userEvent.keyboard('n"');
		expect([document.request.stop_sequences, field.value]).toEqual([['END\n"'], 'END\\n"']);
		await userEvent.tab();
		expect(field.value).toBe('END\\n\\"');
	});

	test('makes a list of a system prompt, and none where its last block is removed', async () => {
		const document = await open('{"system":"Be \\u0062rief.","messages":[]}');
		await userEvent.click(await screen.findByRole('button', { name: 'Add system block' }));
		expect(document.text).toContain('{"type":"text","text":"Be \\u0062rief."}');
		await userEvent.fill(screen.getByRole('textbox', { name: 'System 2' }), 'Be kind.');
		await userEvent.click(screen.getAllByRole('button', { name: 'Move system block up' })[1]!); // of the second
		expect(document.request.system).toMatchObject([{ text: 'Be kind.' }, { text: 'Be brief.' }]);
		await userEvent.click(screen.getAllByRole('button', { name: 'Remove system block' })[0]!); // of the first
		await userEvent.click(screen.getByRole('button', { name: 'Remove system block' }));
		expect(document.text).toBe('{"messages":[]}');
	});

	test('sets parameters that beta features add, and any other by its name', async () => {
		const document = await open('{"messages":[]}');
		const offer = screen.getByRole('button', { name: 'Set mcp_servers' });
		expect(offer.title).toContain('anthropic-beta: mcp-client-');
		await userEvent.click(offer);
		await userEvent.fill(screen.getByRole('textbox', { name: 'Other parameter' }), 'brand_new');
		await userEvent.keyboard('{Enter}');
		await userEvent.fill(screen.getByRole('textbox', { name: 'brand_new' }), '{"deep":1.50}');
		expect(document.text).toContain('"brand_new":{"deep":1.50}');
		await userEvent.click(screen.getByRole('button', { name: 'Omit mcp_servers' }));
		await userEvent.click(screen.getByRole('button', { name: 'Omit brand_new' }));
		expect(document.text).toBe('{"messages":[]}');
	});

	test('undoes the typing of a stop sequence at once', async () => {
		const document = await open(ODD);
		await userEvent.click(screen.getByRole('textbox', { name: 'stop_sequences 1' }));
		await userEvent.keyboard('END');
		document.undo();
		expect(document.text).toBe(ODD);
	});

	test('is read-only while the text does not parse, and says where the fault is', async () => {
		const document = await open(ODD);
		document.replace(ODD.slice(0, -1));
		expect((await screen.findByRole('alert')).textContent).toMatch(/line 5/);
		const [text] = screen.getAllByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
		expect(text?.matches(':disabled')).toBe(true);
		expect(text?.value).toBe('café');
	});

	test('says that it shows nothing where no reading of the text was ever good', async () => {
		formOf('{"messages": [');
		const alert = await screen.findByRole('alert');
		expect(alert.textContent).toMatch(/line 1, column 15.*shows what it says once it is mended/s);
		expect(screen.queryByText(/no turns yet/)).toBeNull();
	});

	test('marks the last assistant turn as the beginning of the answer, and only the last', async () => {
		await open('{"messages":[{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}');
		expect(screen.queryByText(/the answer begins here/)).toBeNull();
		await userEvent.click(screen.getByRole('button', { name: 'Prefill the answer' }));
		expect(screen.getByRole('group', { name: 'Turn 3: assistant' }).textContent).toContain('the answer begins here');
		expect(screen.getAllByText(/the answer begins here/)).toHaveLength(1);
	});

	test('lets a system prompt go when its field is left empty', async () => {
		const document = await open('{"system":"Be brief.","messages":[]}');
		const system = screen.getByRole('textbox', { name: 'System' });
		await userEvent.clear(system);
		expect(document.request.system).toBe('');
		await userEvent.keyboard('{Tab}');
		expect(document.text).toBe('{"messages":[]}');
	});
});

describe('the model field', () => {
	test('offers models by line, with what matters, and takes any other text', async () => {
		const document = await open(ODD);
		const field = screen.getByRole('combobox', { name: 'Model' });
		await userEvent.click(field);
		expect(await screen.findByRole('group', { name: 'opus' })).toBeTruthy();
		const option = screen.getByRole('option', { name: /claude-sonnet-4-5/ });
		expect(option.textContent).toContain('retires 2026-11-30');
		expect(option.textContent).toContain('prefill');
		expect(option.title).toMatch(/^Claude Sonnet 4.5. Source: https:.* 2026-11-22$/);
		const opus = screen.getByRole('option', { name: /^claude-opus-5 / });
		expect(opus.title).toMatch(/^Claude Opus 5. Answers at least until 2027-07-24. Source: https:/);
		await userEvent.click(option);
		expect(document.request.model).toBe('claude-sonnet-4-5');
		await userEvent.fill(field, 'my-own-model');
		expect(document.request.model).toBe('my-own-model');
	});

	test.each([
		['claude-haiku-4-5-20251001', /^claude-haiku-4-5 /],
		['claude-3-opus-latest', /^claude-3-opus-20240229 retired/],
	])('opens at the model that is named, here %s, and is read from its top when one is looked for', async (id, name) => {
		await open(JSON.stringify({ model: id, messages: [] }));
		const field = screen.getByRole('combobox', { name: 'Model' });
		await userEvent.click(field);
		const list = await screen.findByRole('listbox', { name: 'Models' });
		const option = within(list).getByRole('option', { name, selected: true });
		const [inner, outer] = [option, list].map((element) => element.getBoundingClientRect());
		expect(list.scrollTop).toBeGreaterThan(0);
		expect(inner!.top).toBeGreaterThanOrEqual(outer!.top); // there are two of them
		expect(inner!.bottom).toBeLessThanOrEqual(outer!.bottom);
		await userEvent.fill(field, 'claude');
		await expect.poll(() => list.scrollTop).toBe(0);
	});

	test('finds a retired model for whoever looks for it, and says so', async () => {
		await open(ODD);
		const field = screen.getByRole('combobox', { name: 'Model' });
		await userEvent.click(field);
		await screen.findByRole('group', { name: 'opus' });
		expect(screen.queryByRole('option', { name: /claude-opus-4-1/ })).toBeNull();
		await userEvent.fill(field, 'opus-4-1');
		expect((await screen.findByRole('option', { name: /claude-opus-4-1/ })).textContent).toContain(
			'retired 2026-08-05',
		);
	});

	test('shows what an API lists, until that is forgotten', async () => {
		const items = [{ id: 'llama' }, { id: 'claude-opus-5', max_input_tokens: 3_000_000 }];
		formOf(ODD, [], () => Promise.resolve({ kind: 'listed', items }));
		await userEvent.click(screen.getByRole('combobox', { name: 'Model' }));
		await userEvent.click(await screen.findByRole('button', { name: 'Refresh models' }));
		await screen.findByText(/^http:\/\/localhost:8080 listed 2 on Nov 2\d, 2026/);
		const group = within(screen.getByRole('group', { name: 'other' }));
		expect(group.getByRole('option', { name: /llama/ }).textContent).toContain('window unknown · price unknown');
		expect(screen.getByRole('option', { name: /claude-opus-5 / }).textContent).toContain('3M window · $5 in');
		expect(screen.getByRole('option', { name: /claude-opus-5-5/ }).textContent).toContain('not listed');
		await userEvent.click(screen.getByRole('button', { name: 'Forget what it listed' }));
		expect(screen.queryByRole('option', { name: /llama/ })).toBeNull();
		expect(screen.getByRole('combobox', { name: 'Model' }).getAttribute('aria-expanded')).toBe('true');
	});

	test('says why an API lists nothing, and keeps what was there', async () => {
		const request = { url: 'http://localhost:8080/v1/models', bytes: 0 };
		const ending = { kind: 'no-answer', cause: 'unreachable', reason: 'Failed to fetch' } as const;
		const target = { kind: 'custom', baseUrl: 'http://localhost:8080' } as const;
		formOf(ODD, [], () =>
			Promise.resolve({ kind: 'failed', asked: { target, request, response: null, chunks: [], ending } }),
		);
		await userEvent.click(screen.getByRole('combobox', { name: 'Model' }));
		await userEvent.click(await screen.findByRole('button', { name: 'Refresh models' }));
		expect((await screen.findByRole('alert')).textContent).toContain('localhost:8080 could not be reached');
		expect(screen.getByRole('option', { name: /claude-opus-5-5/ })).toBeTruthy();
	});

	test('is used by the keyboard', async () => {
		const document = await open(ODD);
		const field = screen.getByRole('combobox', { name: 'Model' });
		await userEvent.fill(field, 'opus-5-5');
		await screen.findByRole('option', { name: /claude-opus-5-5/ });
		await userEvent.keyboard('{ArrowDown}{Enter}');
		expect(document.request.model).toBe('claude-opus-5-5');
		expect(field.getAttribute('aria-expanded')).toBe('false');
	});
});

describe('a mark', () => {
	test('stands at the turn or the parameter it speaks of, with its severity in words', async () => {
		formOf(
			'{"model": "m", "messages": [{"role": "user", "content": "Hi"}, {"role": "user", "content": ""}], "top_k": 0}',
			[
				{ path: ['messages', 1, 'content'], severity: 'changed', message: 'The turns are read as one.' },
				{ path: ['messages', 1, 'content'], severity: 'rejected', message: 'Nothing is said.' },
				{ path: ['max_tokens'], severity: 'rejected', message: 'It is missing.' },
				{ path: ['top_k'], severity: 'surprising', message: 'Hm.' },
			],
		);
		const turn = within(screen.getByRole('group', { name: 'Turn 2: user' }));
		const mark = await turn.findByText('Changed: The turns are read as one. Rejected: Nothing is said.');
		expect(mark.closest('.rejected')?.getAttribute('title')).toContain('Rejected: Nothing is said.');
		expect(await screen.findByText('Rejected: It is missing.')).toBeTruthy();
		const parameters = within(await screen.findByRole('group', { name: 'Parameters' }));
		expect(await parameters.findByText('Surprising: Hm.')).toBeTruthy();
		expect(within(screen.getByRole('group', { name: 'Turn 1: user' })).queryByText(/: /)).toBeNull();
	});
});

describe('a form of very many turns', () => {
	const turns = (count: number) =>
		JSON.stringify({
			messages: Array.from({ length: count }, (_, at) => ({
				role: at % 2 ? 'assistant' : 'user',
				content: `Say ${at}`,
			})),
		});
	const shown = () =>
		Array.from(document.querySelectorAll('[role="group"][aria-label^="Turn "]'), (group) =>
			group.getAttribute('aria-label'),
		);

	test('draws the last of them, and says how many it leaves out', async () => {
		formOf(turns(250));
		await expect.element(page.getByText('The first 100 turns are not drawn')).toBeVisible();
		expect(shown()).toHaveLength(150);
		expect(shown().at(-1)).toBe('Turn 250: assistant');
	});

	test('draws more when it is asked', async () => {
		formOf(turns(250));
		await userEvent.click(page.getByRole('button', { name: 'Show 100 more' }));
		expect(shown()).toHaveLength(250);
		expect(page.getByRole('button', { name: 'Show 100 more' }).query()).toBeNull();
	});

	test('edits the turn that is drawn, not the one in its place', async () => {
		const document = formOf(turns(250));
		const turn = page.getByRole('group', { name: 'Turn 102: assistant' });
		await userEvent.click(turn.getByRole('button', { name: 'Move down' }));
		expect(document.request.messages).toMatchObject({ 101: { content: 'Say 102' }, 102: { content: 'Say 101' } });
		await expect
			.element(page.getByRole('group', { name: 'Turn 103: assistant' }).getByRole('button', { name: 'Move down' }))
			.toHaveFocus();
	});

	test('leaves turns out again of another request', async () => {
		const document = formOf(turns(250));
		await userEvent.click(page.getByRole('button', { name: 'Show 100 more' }));
		document.load(turns(250));
		await expect.element(page.getByText('The first 100 turns are not drawn')).toBeVisible();
	});
});
