import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { dropzone, pickFiles } from '../../../../src/ui/files/files.svelte';
import { keepFileDialogsClosed } from '../../../fixtures/file-dialog';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

/** A dropzone within `parent`, and the names of the files it was given. */
function zoneIn(parent: HTMLElement, takes?: (file: File) => boolean) {
	const element = parent.appendChild(document.createElement('div'));
	const names: string[][] = [];
	const onfiles = (files: File[]) => names.push(files.map(({ name }) => name));
	const leave = dropzone({ onfiles, ...(takes && { takes }) })(element);
	undo.push(() => element.remove());
	if (leave) undo.push(leave);
	return { element, names, leave };
}

function filesIn(...names: string[]): DataTransfer {
	const transfer = new DataTransfer();
	for (const name of names) transfer.items.add(new File(['content'], name));
	return transfer;
}

function send(element: HTMLElement, type: string, dataTransfer: DataTransfer, relatedTarget: Element | null = null) {
	const event = new DragEvent(type, { dataTransfer, relatedTarget, bubbles: true, cancelable: true });
	element.dispatchEvent(event);
	return event;
}

function paste(element: HTMLElement, clipboardData: DataTransfer) {
	const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
	element.dispatchEvent(event);
	return event;
}

describe('dropzone', () => {
	test('takes the files that are dropped, several at once, and keeps the browser from opening them', () => {
		const { element, names } = zoneIn(document.body);
		expect(send(element, 'dragover', filesIn('a')).defaultPrevented).toBe(true);
		expect(send(element, 'drop', filesIn('a.png', 'b.pdf')).defaultPrevented).toBe(true);
		expect(names).toEqual([['a.png', 'b.pdf']]);
	});

	test('shows that files hover over it, until they leave or are dropped', () => {
		const { element } = zoneIn(document.body);
		const inner = element.appendChild(document.createElement('p'));
		const marked = () => element.hasAttribute('data-drop');
		send(element, 'dragenter', filesIn('a'));
		expect(marked()).toBe(true);
		send(element, 'dragleave', filesIn('a'), inner);
		expect(marked()).toBe(true);
		send(element, 'dragleave', filesIn('a'), document.body);
		expect(marked()).toBe(false);
		send(inner, 'dragover', filesIn('a'));
		expect(marked()).toBe(true);
		send(inner, 'drop', filesIn('a'));
		expect(marked()).toBe(false);
	});

	test('leaves alone what is dragged within the page', () => {
		const { element, names } = zoneIn(document.body);
		const words = new DataTransfer();
		words.setData('text/plain', 'Turn 1');
		expect(send(element, 'dragover', words).defaultPrevented).toBe(false);
		expect(send(element, 'drop', words).defaultPrevented).toBe(false);
		expect(element.hasAttribute('data-drop')).toBe(false);
		expect(names).toEqual([]);
	});

	test('leaves files that are not for it to the page', () => {
		const { element, names } = zoneIn(document.body, ({ name }) => name.endsWith('.png'));
		expect(send(element, 'drop', filesIn('a.har')).defaultPrevented).toBe(false);
		expect(send(element, 'drop', filesIn('a.har', 'b.png')).defaultPrevented).toBe(true);
		expect(names).toEqual([['a.har', 'b.png']]);
	});

	test('leaves files to a dropzone within it', () => {
		const outer = zoneIn(document.body);
		const inner = zoneIn(outer.element);
		send(outer.element, 'dragover', filesIn('a'));
		send(inner.element, 'dragover', filesIn('a'));
		expect([outer, inner].map(({ element }) => element.hasAttribute('data-drop'))).toEqual([false, true]);
		send(inner.element, 'drop', filesIn('a'));
		paste(inner.element, filesIn('b'));
		expect(inner.names).toEqual([['a'], ['b']]);
		expect(outer.names).toEqual([]);
	});

	test('takes a pasted picture, but not the picture that comes with copied words', () => {
		const { element, names } = zoneIn(document.body);
		expect(paste(element, filesIn('image.png')).defaultPrevented).toBe(true);
		const cells = filesIn('cells.png');
		cells.setData('text/plain', '1\t2');
		expect(paste(element, cells).defaultPrevented).toBe(false);
		const words = new DataTransfer();
		words.setData('text/html', '<b>words</b>');
		expect(paste(element, words).defaultPrevented).toBe(false);
		expect(names).toEqual([['image.png']]);
	});

	test('takes nothing once it is gone', () => {
		const { element, names, leave } = zoneIn(document.body);
		send(element, 'dragover', filesIn('a'));
		leave?.();
		expect(element.hasAttribute('data-drop')).toBe(false);
		expect(send(element, 'drop', filesIn('a')).defaultPrevented).toBe(false);
		expect(names).toEqual([]);
	});
});

describe('pickFiles', () => {
	beforeEach(() => {
		undo.push(keepFileDialogsClosed());
	});

	const input = () => document.querySelector<HTMLInputElement>('input[type=file]');

	test('gives the files that were picked', async () => {
		const picked = pickFiles({ accept: 'image/*', multiple: true });
		expect(input()).toMatchObject({ accept: 'image/*', multiple: true });
		await userEvent.upload(input()!, [new File(['a'], 'a.png'), new File(['b'], 'b.png')]);
		expect((await picked).map(({ name }) => name)).toEqual(['a.png', 'b.png']);
		expect(input()).toBeNull();
	});

	test('gives none when the user changes their mind', async () => {
		const picked = pickFiles({ accept: 'image/*', multiple: false });
		input()!.dispatchEvent(new Event('cancel'));
		expect(await picked).toEqual([]);
		expect(input()).toBeNull();
	});
});
