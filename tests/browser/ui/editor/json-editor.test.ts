import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { referenceTo, sha256Hex, toBase64 } from '../../../../src/model/attachment';
import { setValue } from '../../../../src/model/lens';
import type { Mark } from '../../../../src/state/review.svelte';
import type { Intake, Notice, Place } from '../../../../src/state/intake.svelte';
import { RequestDocument } from '../../../../src/state/request-document.svelte';
import JsonEditor from '../../../../src/ui/editor/JsonEditor.svelte';
import type { Describe } from '../../../../src/ui/editor/payloads';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i & 255);
const reference = referenceTo(await sha256Hex(bytes));
const picture = { mediaType: 'image/png', width: 812, height: 640, bytes: 214_000 };

const editor = page.getByRole('textbox', { name: 'Request JSON' });
const lines = () => Array.from(document.querySelectorAll('.cm-line'), (line) => line.textContent);

interface Reveals {
	reveal(range: { offset: number; length: number }): void;
}
/** An editor over a document, and a way to put the caret somewhere. */
function open(
	text: string,
	props: {
		describe?: Describe;
		marks?: readonly Mark[];
		intake?: Pick<Intake, 'take' | 'notices' | 'accept' | 'dismiss'>;
		onready?: (editor: Reveals | null) => void;
	} = {},
) {
	const request = new RequestDocument({
		text,
		now: () => performance.now(),
		keepAttachment: () => Promise.resolve(true),
	});
	const { component, rerender } = render(JsonEditor, { document: request, ...props });
	const caretTo = (offset: number) => (component as Reveals).reveal({ offset, length: 0 });
	return { request, caretTo, rerender };
}

/** Paste as the browser does, without needing the clipboard. */
function paste(text: string): void {
	const clipboardData = new DataTransfer();
	clipboardData.setData('text/plain', text);
	editor.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

beforeEach(() => {
	// The editor fills what it is put into.
	document.body.style.height = '600px';
});

describe('typing', () => {
	test('changes the document, letter by letter where it is typed', async () => {
		const { request, caretTo } = open('{"a": ""}');
		caretTo(7);
		await userEvent.keyboard('Hi!');
		expect(request.text).toBe('{"a": "Hi!"}');
		expect(lines()).toEqual(['{"a": "Hi!"}']);
	});

	test('is undone and redone with what the form did, in one history', async () => {
		const { request, caretTo } = open('{"a": ""}');
		caretTo(7);
		await userEvent.keyboard('Hi');
		request.edit(setValue(request.text, ['b'], 1));
		expect(lines()).toEqual(['{"a": "Hi", "b": 1}']);
		await userEvent.keyboard('{Control>}z{/Control}');
		expect(request.text).toBe('{"a": "Hi"}');
		await userEvent.keyboard('{Control>}z{/Control}');
		expect(request.text).toBe('{"a": ""}');
		expect(lines()).toEqual(['{"a": ""}']);
		await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}{Control>}y{/Control}');
		expect(request.text).toBe('{"a": "Hi", "b": 1}');
	});

	test('keeps undo to itself, so that a page that has the same keys does not undo twice', async () => {
		const { request, caretTo } = open('{}');
		let heard = 0;
		const listen = (event: KeyboardEvent) => (heard += event.key === 'z' ? 1 : 0);
		addEventListener('keydown', listen);
		request.replace('{"a":1}');
		caretTo(0);
		await userEvent.keyboard('{Control>}z{/Control}');
		removeEventListener('keydown', listen);
		expect([request.text, heard]).toEqual(['{}', 0]);
	});

	test('leaves Control+Enter to the page', async () => {
		const { request, caretTo } = open('{}');
		caretTo(2);
		await userEvent.keyboard('{Control>}{Enter}{/Control}');
		expect(request.text).toBe('{}');
	});

	test('does not hold the Tab key', async () => {
		const { caretTo } = open('{}');
		caretTo(0);
		await expect.element(editor).toHaveFocus();
		await userEvent.tab();
		await expect.element(editor).not.toHaveFocus();
	});

	test('keeps the line breaks of the text', async () => {
		const { request, caretTo } = open('{\r\n\t"a": 1,\r\n\t"b": 2\r\n}');
		caretTo(request.text.indexOf('2') + 1);
		await userEvent.keyboard(',{Enter}"c": 3');
		expect(request.text).toBe('{\r\n\t"a": 1,\r\n\t"b": 2,\r\n\t"c": 3\r\n}');
		request.edit(setValue(request.text, ['b'], 20));
		request.replace(request.text.replaceAll('\r\n', '\n'));
		request.undo();
		expect(request.text).toBe('{\r\n\t"a": 1,\r\n\t"b": 20,\r\n\t"c": 3\r\n}');
		expect(lines()).toEqual(['{', '\t"a": 1,', '\t"b": 20,', '\t"c": 3', '}']);
	});
});

describe('what others change', () => {
	test('is shown when it cuts a line break in two', () => {
		const { request } = open('{\r\n}');
		request.edit([{ offset: 1, length: 1, content: '' }]);
		expect(lines()).toEqual(['{', '}']);
		request.undo();
		expect(lines()).toEqual(['{', '}']);
	});

	test('leaves the caret where it was in the text', async () => {
		const { request, caretTo } = open('{"a": 1, "b": ""}');
		caretTo(15);
		request.edit(setValue(request.text, ['a'], 1000));
		await userEvent.keyboard('x');
		expect(request.text).toBe('{"a": 1000, "b": "x"}');
	});

	test('puts the caret where something was undone', async () => {
		const { request, caretTo } = open('{"a": "", "b": ""}');
		caretTo(7);
		await userEvent.keyboard('H');
		caretTo(16);
		await userEvent.keyboard('{Control>}z{/Control}x');
		expect(request.text).toBe('{"a": "x", "b": ""}');
	});

	test('shows another document that takes the place of this one', async () => {
		const { request, rerender } = open('{"a": 1}');
		request.load('{"b": 2}');
		expect(lines()).toEqual(['{"b": 2}']);
		const other = new RequestDocument({ text: '{"c": 3}', now: () => 0, keepAttachment: () => Promise.resolve(true) });
		await rerender({ document: other });
		expect(lines()).toEqual(['{"c": 3}']);
		request.load('{"d": 4}');
		expect(lines()).toEqual(['{"c": 3}']);
	});
});

describe('a fault', () => {
	test('is marked, told in words, and led to', async () => {
		const { request } = open('{"max_tokens": 1 "stream": true}');
		const place = page.getByRole('button', { name: 'Line 1, column 18' });
		await expect.element(place).toBeVisible();
		await expect.element(page.getByText('Expected a comma or } after the value of "max_tokens".')).toBeVisible();
		expect(document.querySelector('.cm-lintRange-error')?.textContent).toBe('"stream"');
		expect(document.querySelector('.cm-lint-marker-error')).not.toBeNull();
		await expect.element(editor).toHaveAttribute('aria-invalid', 'true');
		await place.click();
		await userEvent.keyboard(',');
		expect(request.text).toBe('{"max_tokens": 1 ,"stream": true}');
		await expect.element(place).not.toBeInTheDocument();
		await expect.element(editor).not.toHaveAttribute('aria-invalid');
		expect(document.querySelector('.cm-lintRange-error')).toBeNull();
	});
});

describe('marks', () => {
	const text = '{\n  "model": "claude-nope",\n  "messages": [\n    {"role": "user", "content": []}\n  ]\n}';
	const underlined = (severity: string) => document.querySelector(`.cm-lintRange-${severity}`)?.textContent;

	test('underline their places, each by its severity, and go when there are none', async () => {
		const marks = [
			{ path: ['model'], severity: 'rejected' as const, message: 'There is no such model.' },
			{ path: ['messages', 0, 'content'], severity: 'changed' as const, message: 'Nothing is said.' },
		];
		const { rerender, caretTo } = open(text, { marks });
		await expect.poll(() => underlined('error')).toBe('"claude-nope"');
		expect(underlined('warning')).toBe('[]');
		await userEvent.hover(page.getByText('"claude-nope"'));
		await expect.element(page.getByText('There is no such model.')).toBeVisible();
		caretTo(0);
		await rerender({ marks: [] });
		await expect.poll(() => underlined('error')).toBeUndefined();
	});

	test('underline of a place that takes several lines only the first', async () => {
		open(text, { marks: [{ path: ['messages'], severity: 'surprising', message: 'Hm.' }] });
		await expect.poll(() => underlined('info')).toBe('[');
	});
});

describe('payloads', () => {
	const text = `{"data": "${reference}", "b": ""}`;

	test('are drawn as chips that say what they are', async () => {
		const url = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
		open(text, { describe: () => Promise.resolve({ ...picture, url }) });
		const chip = page.getByText('image/png · 812 × 640 · 214 kB · ≈ 667 tokens');
		await expect.element(chip).toBeVisible();
		expect(chip.element().querySelector('img')?.src).toBe(url);
		expect(lines()).toEqual(['{"data": "image/png · 812 × 640 · 214 kB · ≈ 667 tokens", "b": ""}']);
	});

	test('are stepped over and deleted as one', async () => {
		const { request, caretTo } = open(text, { describe: () => Promise.resolve(picture) });
		caretTo(10);
		await userEvent.keyboard('{ArrowRight}x');
		expect(request.text).toBe(text.replace('",', 'x",'));
		await userEvent.keyboard('{Backspace}{Backspace}');
		expect(request.text).toBe('{"data": "", "b": ""}');
	});

	test('say so when they are missing, or cannot be looked up', async () => {
		open(text, { describe: () => Promise.reject(new Error('no disk')) });
		await expect.element(page.getByText(/^missing attachment [0-9a-f]{8}…$/)).toBeVisible();
	});

	test('come of pasted base64, which is short while it is still text', async () => {
		const { request, caretTo } = open('{"data": ""}', { describe: () => Promise.resolve(picture) });
		caretTo(10);
		paste(toBase64(bytes));
		expect(lines()).toEqual(['{"data": "AAECAwQFBgcI… 4,000 characters"}']);
		await request.settled;
		expect(request.text).toBe(`{"data": "${reference}"}`);
		await expect.element(page.getByText('image/png · 812 × 640 · 214 kB · ≈ 667 tokens')).toBeVisible();
		await userEvent.keyboard('{Control>}z{/Control}');
		expect(request.text).toBe('{"data": ""}');
	});

	test('are looked for only where the text changed', async () => {
		const { request } = open(`{\n"a": 1,\n"data": "${reference}"\n}`, { describe: () => Promise.resolve(picture) });
		request.edit(setValue(request.text, ['a'], reference));
		request.edit(setValue(request.text, ['b'], 2));
		await expect.poll(() => document.querySelectorAll('.chip').length).toBe(2);
		request.edit(setValue(request.text, ['a'], 'none'));
		expect(document.querySelectorAll('.chip').length).toBe(1);
	});
});

describe('the editor', () => {
	test('says when it is ready to be led to a place', async () => {
		const { request } = open('{"a": 1}', { onready: (ready) => ready?.reveal({ offset: 6, length: 1 }) });
		await expect.element(editor).toHaveFocus();
		await userEvent.keyboard('2');
		expect(request.text).toBe('{"a": 2}');
	});

	test('can be searched', async () => {
		const { caretTo } = open('{"a": "ant", "b": "bee"}');
		caretTo(0);
		await userEvent.keyboard('{Control>}f{/Control}');
		await expect.element(page.getByRole('textbox', { name: 'Find' })).toHaveFocus();
		await userEvent.keyboard('bee{Enter}');
		expect(document.querySelector('.cm-searchMatch-selected')?.textContent).toBe('bee');
	});

	test.each(['light', 'dark'])('gives everyone something to read in the %s theme', async (theme) => {
		document.documentElement.dataset.theme = theme;
		const { caretTo } = open(`{"a": [1, true, null, "text"], "data": "${reference}", "b": }`, {
			describe: () => Promise.resolve(picture),
		});
		caretTo(0);
		await userEvent.keyboard('{Control>}f{/Control}');
		await expect.element(page.getByRole('button', { name: /^Line 1/ })).toBeVisible();
		const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
		delete document.documentElement.dataset.theme;
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});

describe('files', () => {
	const turn = (role: string, content: string) => JSON.stringify({ role, content });
	const text = `{"messages": [${turn('user', 'One')}, ${turn('assistant', 'Two')}, ${turn('user', 'Three')}], "top_k": 5}`;
	const image = new File([bytes], 'a.png', { type: 'image/png' });

	/** An editor with the caret at `place`, and where files went that it was given. */
	function openAt(place: string, notices: readonly Notice[] = []) {
		const taken: [files: string[], turn: number][] = [];
		const take = (files: readonly File[], { turn }: Place) => {
			taken.push([files.map(({ name }) => name), turn]);
			return Promise.resolve();
		};
		const { request } = open(text, {
			intake: { notices, take, accept: () => Promise.resolve(), dismiss: () => {} },
			onready: (editor) => editor?.reveal({ offset: text.indexOf(place), length: place.length }),
		});
		return { request, taken };
	}
	/** What a clipboard or a hand holds. */
	function holding(files: readonly File[], words = ''): DataTransfer {
		const transfer = new DataTransfer();
		for (const file of files) transfer.items.add(file);
		if (words !== '') transfer.setData('text/plain', words);
		return transfer;
	}
	const pasteIn = (clipboardData: DataTransfer) =>
		editor.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));

	test.each([
		['One', 0],
		['Two', 1],
		['top_k', 2],
	])('that are pasted go to the turn of the caret, else to the last of the user: at %s', (place, index) => {
		const { request, taken } = openAt(place);
		pasteIn(holding([image, image]));
		expect(taken).toEqual([[['a.png', 'a.png'], index]]);
		expect(request.text).toBe(text);
	});

	test('that are dropped go to the turn they are dropped on', async () => {
		const { request, taken } = openAt('Three');
		const place = page.getByText('"One"').element().getBoundingClientRect();
		const at = { clientX: place.left + 1, clientY: place.top + 1, bubbles: true, cancelable: true };
		editor.element().dispatchEvent(new DragEvent('drop', { dataTransfer: holding([image]), ...at }));
		expect(taken).toEqual([[['a.png'], 0]]);
		await expect.element(editor).toHaveTextContent('Three');
		expect(request.text).toBe(text);
	});

	test('beside which there are words are not meant', () => {
		const { request, taken } = openAt('Two');
		pasteIn(holding([image], 'Deux'));
		expect(taken).toEqual([]);
		expect(request.text).toBe(text.replace('Two', 'Deux'));
	});

	test('and words are all that is pasted: a clipboard without either leaves the selection', () => {
		const { request } = openAt('Two');
		const empty = new DataTransfer();
		empty.setData('text/html', '<img alt="">');
		pasteIn(empty);
		expect(request.text).toBe(text);
	});

	test('that did not go in are told of', async () => {
		const place = { turn: 0, replacing: null };
		openAt('One', [{ id: 1, place, name: 'a.bmp', reason: 'It is BMP.', action: null, busy: false }]);
		await expect.element(page.getByRole('alert')).toHaveTextContent('a.bmp was not added. It is BMP.');
	});
});
