import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** Neither a longer zip nor one with more files than this can be written or read here: they need the Zip64 format. */
export const ZIP_LIMITS = { bytes: 0xffff_ffff, files: 0xffff } as const;

/** Told of the bytes that have been dealt with since the last time. May throw to end the matter. */
type OnBytes = (bytes: number) => void;

/** Packs files into a zip, one after the other and piece by piece: no more than a piece is ever in memory. */
export class ZipWriter {
	readonly #parts: Blob[] = [];
	// A blob each, which the browser can put on the disk.
	readonly #zip = new Zip((error, piece) => {
		if (error) throw error;
		this.#parts.push(new Blob([piece]));
	});

	/** Add a file: `squeezed` where that is worth the time, else as it is. The first is to be there before the next is added. */
	async add(name: string, content: Blob, squeezed: boolean, onbytes: OnBytes): Promise<void> {
		const file = squeezed ? new ZipDeflate(name) : new ZipPassThrough(name);
		this.#zip.add(file);
		for await (const piece of piecesOf(content)) {
			onbytes(piece.length);
			file.push(piece);
		}
		file.push(new Uint8Array(), true);
	}

	/** The zip of all that was added; nothing more can be. */
	end(): Blob {
		this.#zip.end();
		return new Blob(this.#parts, { type: 'application/zip' });
	}
}

/** A file in a zip, as the directory at the zip's end describes it. */
interface Entry {
	/** How it is packed: 0 as it is, 8 deflated. */
	readonly method: number;
	readonly encrypted: boolean;
	readonly crc: number;
	/** Bytes in the zip, and unpacked. */
	readonly packed: number;
	readonly size: number;
	/** Where its header begins. */
	readonly offset: number;
}

/** The files in a zip by their names, or why it cannot be read, as a sentence. */
export type Opened =
	{ readonly kind: 'opened'; readonly zip: ZipReader } | { readonly kind: 'damaged'; readonly reason: string };
/** A file out of a zip; `missing`: there is none of this name. */
export type Unpacked =
	| { readonly kind: 'unpacked'; readonly content: Blob }
	| { readonly kind: 'missing' }
	| { readonly kind: 'damaged'; readonly reason: string };

/** Whether a file is a zip, by its first bytes. */
export async function isZip(file: Blob): Promise<boolean> {
	const start = await viewOf(file.slice(0, 4));
	if (start.byteLength < 4) return false;
	const signature = start.getUint32(0, true);
	return signature === SIGNATURES.file || signature === SIGNATURES.end;
}

/**
 * Reads a zip by the directory at its end, as https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT describes it, and
 * each file by itself. (fflate reads a zip either whole, in memory, or from its beginning, where an uncompressed file's end
 * is anybody's guess.)
 */
export class ZipReader {
	readonly #zip: Blob;
	readonly #entries: ReadonlyMap<string, Entry>;

	private constructor(zip: Blob, entries: ReadonlyMap<string, Entry>) {
		this.#zip = zip;
		this.#entries = entries;
	}

	/** Read the directory. Rejects when the browser cannot read the file. */
	static async open(zip: Blob): Promise<Opened> {
		const damaged = (reason: string) => ({ kind: 'damaged', reason }) as const;
		// The end may be followed by a comment, whose length takes two bytes.
		const tail = await viewOf(zip.slice(-(END_LENGTH + 0xffff)));
		let end = tail.byteLength - END_LENGTH;
		while (end >= 0 && tail.getUint32(end, true) !== SIGNATURES.end) end--;
		if (end < 0) return damaged('The zip is cut off: its end is missing.');
		const [count, length, start] = [
			tail.getUint16(end + 10, true),
			tail.getUint32(end + 12, true),
			tail.getUint32(end + 16, true),
		];
		if (count === ZIP_LIMITS.files || start === ZIP_LIMITS.bytes)
			return damaged('The zip is in the Zip64 format, which this page does not read.');
		const entries = entriesIn(await viewOf(zip.slice(start, start + length)), count);
		if (!entries) return damaged('The zip is damaged: its list of files cannot be read.');
		return { kind: 'opened', zip: new ZipReader(zip, entries) };
	}

	get names(): readonly string[] {
		return [...this.#entries.keys()];
	}

	/** The length of a file in bytes once it is unpacked, as the zip says; 0 when there is none. */
	sizeOf(name: string): number {
		return this.#entries.get(name)?.size ?? 0;
	}

	/** Unpack a file, and compare it with its checksum. Rejects when `onbytes` throws, or the browser cannot read the zip. */
	async unpack(name: string, onbytes: OnBytes): Promise<Unpacked> {
		const entry = this.#entries.get(name);
		if (!entry) return { kind: 'missing' };
		const damaged = { kind: 'damaged', reason: `The zip is damaged: ${name} in it cannot be read.` } as const;
		if (entry.encrypted || ![0, 8].includes(entry.method))
			return {
				kind: 'damaged',
				reason: `${name} in the zip is encrypted, or packed in a way this page does not read.`,
			};
		const header = await viewOf(this.#zip.slice(entry.offset, entry.offset + HEADER_LENGTH));
		if (header.byteLength < HEADER_LENGTH || header.getUint32(0, true) !== SIGNATURES.file) return damaged;
		const start = entry.offset + HEADER_LENGTH + header.getUint16(26, true) + header.getUint16(28, true);
		const packed = this.#zip.slice(start, start + entry.packed);
		const content = entry.method === 0 ? packed : await inflated(packed, entry.size);
		if (content?.size !== entry.size || (await crcOf(content, onbytes)) !== entry.crc) return damaged;
		return { kind: 'unpacked', content };
	}
}

/** What the parts of a zip begin with, and how long they are without what varies. */
const SIGNATURES = { file: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 } as const;
const HEADER_LENGTH = 30;
const ENTRY_LENGTH = 46;
const END_LENGTH = 22;

/** The files that a directory lists; null when it is none. */
function entriesIn(directory: DataView, count: number): ReadonlyMap<string, Entry> | null {
	const entries = new Map<string, Entry>();
	let at = 0;
	for (let index = 0; index < count; index++) {
		if (at + ENTRY_LENGTH > directory.byteLength || directory.getUint32(at, true) !== SIGNATURES.entry) return null;
		const [name, extra, comment] = [28, 30, 32].map((offset) => directory.getUint16(at + offset, true)) as [
			number,
			number,
			number,
		]; // as many as there were offsets
		const from = at + ENTRY_LENGTH;
		if (from + name > directory.byteLength) return null;
		entries.set(new TextDecoder().decode(new Uint8Array(directory.buffer, from, name)), {
			encrypted: (directory.getUint16(at + 8, true) & 1) === 1,
			method: directory.getUint16(at + 10, true),
			crc: directory.getUint32(at + 16, true),
			packed: directory.getUint32(at + 20, true),
			size: directory.getUint32(at + 24, true),
			offset: directory.getUint32(at + 42, true),
		});
		at = from + name + extra + comment;
	}
	return entries;
}

/** Inflate; null when that fails, or gives more than the `size` it should, which a zip made to fill the disk does. */
async function inflated(packed: Blob, size: number): Promise<Blob | null> {
	let length = 0;
	const limit = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
		transform(piece, stream) {
			length += piece.length;
			if (length > size) stream.error(new TypeError('It is longer than it says.'));
			else stream.enqueue(piece);
		},
	});
	try {
		const pieces = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).pipeThrough(limit);
		return await new Response(pieces).blob();
	} catch (error) {
		// This is how a stream says that its data is wrong.
		if (error instanceof TypeError) return null;
		throw error;
	}
}

/** The CRC-32 of ISO 3309, by which a zip knows its files. */
async function crcOf(content: Blob, onbytes: OnBytes): Promise<number> {
	const table = Uint32Array.from({ length: 256 }, (_, byte) => {
		let crc = byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
		return crc;
	});
	let crc = 0xffffffff;
	for await (const piece of piecesOf(content)) {
		onbytes(piece.length);
		for (const byte of piece) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!; // the table has 256 places
	}
	return ~crc >>> 0;
}

/** The bytes of a blob as they come from the disk. (Not every browser lets `for await` ask a stream itself.) */
async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const reader = blob.stream().getReader();
	for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

async function viewOf(blob: Blob): Promise<DataView<ArrayBuffer>> {
	return new DataView(await blob.arrayBuffer());
}
