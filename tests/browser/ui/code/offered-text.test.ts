import { afterEach, describe, expect, test } from 'vitest';
import { offeredText } from '../../../../src/ui/code/offered-text';

const elements: HTMLElement[] = [];
afterEach(() => elements.splice(0).forEach((element) => element.remove()));

function add<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
	const element = document.body.appendChild(document.createElement(name));
	elements.push(element);
	return element;
}

function transferOf(text: string, ...files: File[]): DataTransfer {
	const transfer = new DataTransfer();
	if (text) transfer.setData('text/plain', text);
	for (const file of files) transfer.items.add(file);
	return transfer;
}

/** What `offeredText` makes of a paste and of a drop on `element`. */
async function offered(element: Element, transfer: DataTransfer) {
	const results: (string | readonly Blob[] | null)[] = [];
	const listen = (event: ClipboardEvent | DragEvent, list: (Promise<string | readonly Blob[]> | null)[]) =>
		list.push(offeredText(event));
	const found: (Promise<string | readonly Blob[]> | null)[] = [];
	const onpaste = (event: ClipboardEvent) => listen(event, found);
	const ondrop = (event: DragEvent) => listen(event, found);
	window.addEventListener('paste', onpaste);
	window.addEventListener('drop', ondrop);
	element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
	element.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
	window.removeEventListener('paste', onpaste);
	window.removeEventListener('drop', ondrop);
	for (const text of found) results.push(await text);
	return results;
}

describe('offeredText', () => {
	test('is the text that is pasted or dropped on the page itself', async () => {
		expect(await offered(document.body, transferOf('curl x'))).toEqual(['curl x', 'curl x']);
		expect(
			await offered(add('p'), transferOf('curl x', new File(['picture'], 'a.png', { type: 'image/png' }))),
		).toEqual(['curl x', 'curl x']);
	});

	test('is the text in a file', async () => {
		expect(await offered(document.body, transferOf('', new File(['{"log":{}}'], 'a.har')))).toEqual([
			'{"log":{}}',
			'{"log":{}}',
		]);
	});

	test.each([
		['an export', '{\n"format": "messages-playground",\n"version": 1'],
		['a zip', 'PK\x03\x04\x14'],
	])('is no text but the file when it is %s', async (_, content) => {
		const file = new File([content], 'out', { type: 'application/zip' });
		expect(await offered(document.body, transferOf('', file))).toEqual([[file], [file]]);
		const [pasted] = await offered(document.body, transferOf(content));
		expect(typeof pasted === 'object' && (await pasted?.[0]?.text())).toBe(content);
	});

	test('is every file when there are several, but for pictures', async () => {
		const [one, other] = [new File(['{"messages":[]}'], 'a.json'), new File(['{"messages":[]}'], 'b.json')];
		const picture = new File(['picture'], 'c.png', { type: 'image/png' });
		expect(await offered(document.body, transferOf('', one, picture, other))).toEqual([
			[one, other],
			[one, other],
		]);
	});

	test('is the text in a file, also where a field takes words, and a system names the file in words too', async () => {
		const har = new File(['{"log":{}}'], 'a.har');
		expect(await offered(add('textarea'), transferOf('file:///home/ann/a.har', har))).toEqual([
			'{"log":{}}',
			'{"log":{}}',
		]);
		expect(await offered(add('dialog'), transferOf('', har))).toEqual([null, null]);
	});

	test.each(['input', 'textarea', 'dialog'] as const)('leaves to a field what is meant for it: %s', async (name) => {
		expect(await offered(add(name), transferOf('curl x'))).toEqual([null, null]);
	});

	test('leaves an editor what is meant for it', async () => {
		const editor = add('div');
		editor.contentEditable = 'true';
		expect(await offered(editor.appendChild(document.createElement('span')), transferOf('curl x'))).toEqual([
			null,
			null,
		]);
	});

	test('is nothing where there is no text, or where somebody else has taken it', async () => {
		expect(await offered(document.body, transferOf(' \n'))).toEqual([null, null]);
		const picture = new File(['picture'], 'a.png', { type: 'image/png' });
		expect(await offered(document.body, transferOf('', picture))).toEqual([null, null]);
		const taken = add('p');
		for (const type of ['paste', 'drop']) taken.addEventListener(type, (event) => event.preventDefault());
		expect(await offered(taken, transferOf('curl x'))).toEqual([null, null]);
	});
});
