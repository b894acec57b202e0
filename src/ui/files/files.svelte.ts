import type { Attachment } from 'svelte/attachments';

/** The files that were dropped or pasted, in their order. */
export function filesOf(transfer: DataTransfer | null): File[] {
	return [...(transfer?.files ?? [])];
}

/** Whether a file is of no kind a request may be written in. Such a one is for the page to read, unless it is dropped on a turn. */
export function isNoCode({ name }: File): boolean {
	return !/\.(har|json|[jt]s|py|sh|txt)$/.test(name);
}

interface Dropzone {
	readonly onfiles: (files: File[]) => void;
	/** Whether a file is one for this element; every one unless it says otherwise. Others are left to the page. */
	readonly takes?: (file: File) => boolean;
}

/**
 * Take in files that are dropped on an element or pasted within it. While files hover over it, it carries `data-drop`.
 * Where one dropzone lies in another, the inner one takes them.
 */
export function dropzone({ onfiles, takes = () => true }: Dropzone): Attachment<HTMLElement> {
	return (element) => {
		const leave = () => element.removeAttribute('data-drop');
		const over = (event: DragEvent) => {
			// What is dragged within the page (a turn, some text) is not for us.
			if (!event.dataTransfer?.types.includes('Files')) return;
			if (event.defaultPrevented) return leave();
			event.preventDefault();
			event.dataTransfer.dropEffect = 'copy';
			element.setAttribute('data-drop', '');
		};
		const out = (event: DragEvent) => {
			// Moving on to a part of the element is not leaving it.
			if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) leave();
		};
		const drop = (event: DragEvent) => {
			leave();
			take(event, filesOf(event.dataTransfer));
		};
		const paste = (event: ClipboardEvent) => {
			// Copied words often come with a picture of themselves: the words are meant.
			if (!event.clipboardData?.types.includes('text/plain')) take(event, filesOf(event.clipboardData));
		};
		const take = (event: Event, files: File[]) => {
			if (event.defaultPrevented || !files.some(takes)) return;
			event.preventDefault();
			onfiles(files);
		};
		const listening = new AbortController();
		const { signal } = listening;
		element.addEventListener('dragenter', over, { signal });
		element.addEventListener('dragover', over, { signal });
		element.addEventListener('dragleave', out, { signal });
		element.addEventListener('drop', drop, { signal });
		element.addEventListener('paste', paste, { signal });
		return () => {
			listening.abort();
			leave();
		};
	};
}

/** Let the user pick files; none when they change their mind. To be called from a click: browsers allow it only then. */
export function pickFiles({ accept, multiple }: { accept: string; multiple: boolean }): Promise<File[]> {
	const input = document.createElement('input');
	Object.assign(input, { type: 'file', accept, multiple, hidden: true });
	return new Promise((resolve) => {
		const finish = () => {
			resolve([...(input.files ?? [])]);
			input.remove();
		};
		input.addEventListener('change', finish);
		input.addEventListener('cancel', finish);
		// In the document, so that it is not collected as garbage while the dialog is open.
		document.body.append(input);
		input.click();
	});
}
