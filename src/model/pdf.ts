import { unzlibSync } from 'fflate';

/** What the API minds of a PDF, as far as the file says it in the open. */
export interface PdfFacts {
	/** Null where the file is damaged or encrypted. */
	readonly pages: number | null;
	/** Whether it is encrypted; one without a password to open it may be, too. */
	readonly encrypted: boolean;
}

/*
 * Only the way to the number of pages is read (ISO 32000-1, 7.5 and 7.7): the trailer names the catalog, the catalog the
 * root of the page tree, and that counts its leaves. A library that does the same for so little is 100 times the size.
 */

/** Read how many pages the PDF in `bytes` has, and whether it is encrypted. Null when it is no PDF. */
export function readPdf(bytes: Uint8Array): PdfFacts | null {
	// Readers look for the mark in the first 1,024 bytes.
	if (find(bytes.subarray(0, 1024), '%PDF-') === -1) return null;
	const objectAt = objectsOf(bytes);
	let root: RegExpExecArray | null = null;
	for (const at of everyPlaceOf('/Root', bytes))
		root = /^\/Root\s+(\d+)\s+\d+\s+R/.exec(textOf(bytes, at, at + 64)) ?? root;
	const catalog = root && objectAt(Number(root[1]));
	const tree = catalog && /\/Pages\s+(\d+)\s+\d+\s+R/.exec(catalog);
	const pages = tree && objectAt(Number(tree[1]));
	const count = pages && /\/Count\s+(\d+)(?!\d|\s+\d+\s+R)/.exec(pages);
	return { pages: count ? Number(count[1]) : null, encrypted: find(bytes, '/Encrypt') !== -1 };
}

/** Gives the object of a number as it is written, up to its stream if it has one; undefined when there is none. */
function objectsOf(bytes: Uint8Array): (number: number) => string | undefined {
	// What is written later takes the place of what was there before: 7.5.6.
	const places = new Map<number, number>();
	for (const at of everyPlaceOf(' obj', bytes)) {
		const head = /(\d+)\s+\d+$/.exec(textOf(bytes, Math.max(0, at - 20), at));
		if (head) places.set(Number(head[1]), at + ' obj'.length);
	}
	let packed: Map<number, string> | undefined;
	return (number) => {
		const place = places.get(number);
		if (place !== undefined) return textOf(bytes, place, find(bytes, 'endobj', place));
		packed ??= new Map([...places.values()].flatMap((at) => unpacked(bytes, at)));
		return packed.get(number);
	};
}

/** The objects within the object stream that begins at `place`: 7.5.7. None in anything else. */
function unpacked(bytes: Uint8Array, place: number): [number, string][] {
	const [head] = /^.*?stream\r?\n/s.exec(textOf(bytes, place, place + 1024)) ?? [];
	if (!head || !/\/Type\s*\/ObjStm\b/.test(head) || !/\/Filter\s*\[?\s*\/FlateDecode\b/.test(head)) return [];
	const count = Number(/\/N\s+(\d+)/.exec(head)?.[1] ?? 0);
	const first = Number(/\/First\s+(\d+)/.exec(head)?.[1] ?? 0);
	let text: string;
	try {
		const inner = unzlibSync(bytes.subarray(place + head.length));
		text = textOf(inner, 0, inner.length);
	} catch {
		// Damaged or encrypted: then its objects are not known.
		return [];
	}
	const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
	return Array.from({ length: count }, (_, index) => {
		const from = first + (numbers[2 * index + 1] ?? 0);
		const to = first + (numbers[2 * index + 3] ?? Infinity);
		return [numbers[2 * index] ?? -1, text.slice(from, to)];
	});
}

/** Where the ASCII characters `word` begin in `bytes` at or after `from`, or -1. To decode a whole file first would take ten times as long. */
function find(bytes: Uint8Array, word: string, from = 0): number {
	const first = word.charCodeAt(0);
	for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
		let length = 1;
		while (length < word.length && bytes[at + length] === word.charCodeAt(length)) length++;
		if (length === word.length) return at;
	}
	return -1;
}

function* everyPlaceOf(word: string, bytes: Uint8Array): Generator<number> {
	for (let at = -1; (at = find(bytes, word, at + 1)) !== -1;) yield at;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
	return new TextDecoder('latin1').decode(bytes.subarray(from, to === -1 ? undefined : to));
}
