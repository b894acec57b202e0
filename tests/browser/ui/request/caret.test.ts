import { screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { addTurn, insertTurnAbove, removeTurn } from '../../../../src/model/turns';
import { setValue } from '../../../../src/model/lens';
import { insertBlocks } from '../../../../src/state/file-blocks';
import type { RequestDocument } from '../../../../src/state/request-document.svelte';
import { formOf } from './form-of';

const ofTurns = (...words: string[]) =>
	JSON.stringify({ messages: words.map((content) => ({ role: 'user', content })), max_tokens: 5 });
const wordsOf = ({ request }: RequestDocument) =>
	(request.messages as { content: unknown }[]).map(({ content }) => content);

/** Put the caret into a turn's words, counted from 1, so many characters from their beginning. */
async function enter(turn: number, at: number) {
	const group = page.getByRole('group', { name: `Turn ${turn}: user`, exact: true });
	const field = group.getByRole('textbox', { name: 'Text' });
	await field.click();
	(field.element() as HTMLTextAreaElement).setSelectionRange(at, at); // it is one
}

const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } } as const;

describe('the caret stays with its words', () => {
	test.each([
		['before them', 'the ants are', 'the ants! are'],
		['behind them', 'ants are here', 'ants! are here'],
		['in place of them', 'bees: are', 'bees:! are'],
	])('when another tab writes %s', async (_where, theirs, then) => {
		const document = formOf(ofTurns('ants are'));
		await enter(1, 4);
		document.edit(setValue(document.text, ['messages', 0, 'content'], theirs), { origin: 'elsewhere' });
		await expect.element(page.getByRole('textbox', { name: 'Text' })).toHaveValue(theirs);
		await userEvent.keyboard('!');
		expect(wordsOf(document)).toEqual([then]);
	});

	test('when an edit is undone and done again', async () => {
		const document = formOf(ofTurns('one two three'));
		await enter(1, 4);
		await userEvent.keyboard('X');
		document.undo();
		await expect.element(page.getByRole('textbox', { name: 'Text' })).toHaveValue('one two three');
		document.redo();
		await expect.element(page.getByRole('textbox', { name: 'Text' })).toHaveValue('one Xtwo three');
		await userEvent.keyboard('Y');
		expect(wordsOf(document)).toEqual(['one XYtwo three']);
	});

	test('when another tab puts a turn above them, and takes it out again', async () => {
		const document = formOf(ofTurns('first', 'second'));
		await enter(2, 0);
		document.edit(insertTurnAbove(document.text, 1), { origin: 'elsewhere' });
		await expect.element(page.getByRole('group', { name: 'Turn 3: user' })).toBeVisible();
		await userEvent.keyboard('my ');
		expect(wordsOf(document)).toEqual(['first', '', 'my second']);
		document.edit(removeTurn(document.text, 0), { origin: 'elsewhere' });
		await expect.element(page.getByRole('group', { name: 'Turn 3: user' })).not.toBeInTheDocument();
		await userEvent.keyboard('own ');
		expect(wordsOf(document)).toEqual(['', 'my own second']);
	});

	test('when another tab adds a turn and has changed one before', async () => {
		const document = formOf(ofTurns('first', 'second', 'third'));
		await enter(2, 0);
		const changed = setValue(document.text, ['messages', 0, 'content'], 'another');
		document.edit([...changed, ...addTurn(document.text, 'user')], { origin: 'elsewhere' });
		await expect.element(page.getByRole('group', { name: 'Turn 4: user' })).toBeVisible();
		await userEvent.keyboard('my ');
		expect(wordsOf(document)).toEqual(['another', 'my second', 'third', '']);
	});

	test('when a picture joins them, and when that is undone', async () => {
		const document = formOf(ofTurns('look: '));
		await enter(1, 6);
		insertBlocks(document, [picture], { turn: 0, replacing: null });
		await screen.findByRole('button', { name: 'Replace image' });
		const text = page.getByRole('textbox', { name: 'Text' });
		await expect.element(text).toHaveFocus();
		await userEvent.keyboard('what is it?');
		expect(wordsOf(document)).toMatchObject([[{ type: 'image' }, { text: 'look: what is it?' }]]);
		while (document.canUndo) document.undo();
		await expect.element(text).toHaveFocus();
		await expect.element(text).toHaveValue('look: ');
	});

	test('when a second picture joins them', async () => {
		const document = formOf(ofTurns('look: '));
		insertBlocks(document, [picture], { turn: 0, replacing: null });
		await screen.findByRole('button', { name: 'Replace image' });
		await enter(1, 4);
		insertBlocks(document, [picture], { turn: 0, replacing: null });
		await expect.poll(() => screen.getAllByRole('button', { name: 'Replace image' }).length).toBe(2);
		await expect.element(page.getByRole('textbox', { name: 'Text' })).toHaveFocus();
		await userEvent.keyboard('!');
		expect(wordsOf(document)).toMatchObject([[{ type: 'image' }, { type: 'image' }, { text: 'look!: ' }]]);
	});
});

test('the focus goes to the turn that stands where one was taken out, and at last to what adds one', async () => {
	const document = formOf(ofTurns('a', 'b', 'c'));
	const last = page.getByRole('group', { name: 'Turn 3: user' });
	await last.getByRole('button', { name: 'Remove turn' }).click();
	const second = screen.getByRole('group', { name: 'Turn 2: user' });
	await expect
		.poll(() => within(second).getByRole('button', { name: 'Remove turn' }))
		.toBe(globalThis.document.activeElement);
	await userEvent.keyboard('{Enter}');
	await expect
		.element(page.getByRole('group', { name: 'Turn 1: user' }).getByRole('button', { name: 'Remove turn' }))
		.toHaveFocus();
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('button', { name: 'Add user turn' })).toHaveFocus();
	expect(wordsOf(document)).toEqual([]);
});
