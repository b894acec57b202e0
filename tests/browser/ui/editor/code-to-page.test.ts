import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { RequestDocument } from '../../../../src/state/request-document.svelte';
import { offeredText } from '../../../../src/ui/code/offered-text';
import JsonEditor from '../../../../src/ui/editor/JsonEditor.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const code = 'curl https://api.anthropic.com/v1/messages -d @body.json';
const text = '{\n  "model": "m",\n  "system": "Say \\"no\\" now"\n}';

const editor = page.getByRole('textbox', { name: 'Request JSON' });
/** What came to the page. */
let offers: Promise<unknown>[] = [];
let ownDrag = false;

function take(event: DragEvent): void {
	const offering = ownDrag ? null : offeredText(event);
	if (!offering) return;
	event.preventDefault();
	offers.push(offering);
}

beforeEach(() => {
	// The editor fills what it is put into.
	document.body.style.height = '600px';
	offers = [];
	ownDrag = false;
	addEventListener('drop', take);
});
afterEach(() => removeEventListener('drop', take));

interface Reveals {
	reveal(range: { offset: number; length: number }): void;
}
/** An editor over a request, with `selected` selected. */
function open(selected: string, request = text) {
	const offset = request.indexOf(selected);
	const opened = new RequestDocument({
		text: request,
		now: () => performance.now(),
		keepAttachment: () => Promise.resolve(true),
	});
	render(JsonEditor, {
		document: opened,
		onready: (ready: Reveals | null) => ready?.reveal({ offset, length: selected.length }),
	});
	return opened;
}

function holding(words: string): DataTransfer {
	const transfer = new DataTransfer();
	transfer.setData('text/plain', words);
	return transfer;
}
/** Paste as the browser does, without needing the clipboard. */
const paste = (words: string) =>
	editor
		.element()
		.dispatchEvent(new ClipboardEvent('paste', { clipboardData: holding(words), bubbles: true, cancelable: true }));
const dropOn = (words: string, place: string) => {
	const { left, right, top } = page.getByText(place, { exact: true }).element().getBoundingClientRect();
	const at = { clientX: (left + right) / 2, clientY: top + 1, bubbles: true, cancelable: true };
	editor.element().dispatchEvent(new DragEvent('drop', { dataTransfer: holding(words), ...at }));
};

describe('code that is pasted', () => {
	test.each([
		['over everything', text],
		['between members', ',\n'],
		['over a whole string', '"m"'],
		['after a string with quotes in it', '\n}'],
	])('%s goes to the page, and leaves the text as it was', async (_place, selected) => {
		const request = open(selected);
		paste(code);
		expect(await Promise.all(offers)).toEqual([code]);
		expect(request.text).toBe(text);
	});

	test('into nothing goes to the page', async () => {
		const request = open('', '');
		paste(code);
		expect(await Promise.all(offers)).toEqual([code]);
		expect(request.text).toBe('');
	});

	test.each([
		['over its words', 'Say'],
		['between quotes in it', 'no\\'],
		['over the last of it', 'now'],
	])('into a string stays there: %s', (_place, selected) => {
		const request = open(selected);
		paste(code);
		expect(offers).toEqual([]);
		expect(request.text).toBe(text.replace(selected, code));
	});

	test('into a string that is not closed yet stays there', () => {
		const request = open('|', '{\n  "system": "|\n}');
		paste(code);
		expect(offers).toEqual([]);
		expect(request.text).toBe(`{\n  "system": "${code}\n}`);
	});

	test('with the keys for plain text goes in as it is, once', async () => {
		const request = open('"m"');
		await userEvent.keyboard('{Control>}{Shift>}V{/Shift}{/Control}');
		paste(code);
		expect(offers).toEqual([]);
		expect(request.text).toBe(text.replace('"m"', code));
		paste(code);
		expect(offers).toHaveLength(1);
	});

	test('goes in as it is where the page does not take it', () => {
		removeEventListener('drop', take);
		const request = open('"m"');
		paste(code);
		expect(request.text).toBe(text.replace('"m"', code));
	});
});

describe('what is no code', () => {
	test.each([
		['a body', `{"messages": [{"role": "user", "content": "${code}"}]}`],
		['a member', `"metadata": {"user_id": "; ${code}"}`],
		['words', 'm'],
	])('is put in where it is pasted: %s', (_name, words) => {
		const request = open('"m"');
		paste(words);
		expect(offers).toEqual([]);
		expect(request.text).toBe(text.replace('"m"', words));
	});
});

describe('code that is dropped', () => {
	test('outside a string goes to the page', async () => {
		const request = open('true', '{\n  "stop": true\n}');
		dropOn(code, 'true');
		expect(await Promise.all(offers)).toEqual([code]);
		expect(request.text).toBe('{\n  "stop": true\n}');
	});

	test('within the page is moved, as it was before', () => {
		const request = open('true', '{\n  "stop": true\n}');
		ownDrag = true;
		dropOn(code, 'true');
		expect(offers).toEqual([]);
		expect(request.text).toContain(code);
	});

	test('into a string stays there', () => {
		const request = open('"m"');
		dropOn(code, '"m"');
		expect(offers).toEqual([]);
		expect(request.text).toContain(code);
	});
});
