import {
	base64LengthOf,
	fitWithin,
	IMAGE_TIERS,
	IMAGE_TYPES,
	type ImageFacts,
	type ImageTier,
	type Size,
} from '../model/image';
import { IMAGE_LIMITS, problemsOfImage, TAKEN_TYPES } from '../model/image-limits';
import { writeSize } from '../model/measures';
import { readImage, recognise, type FileKind } from '../model/image-bytes';

/** A picture the API takes as it is. */
export interface Picture extends ImageFacts {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** How many characters it is as base64. */
	readonly base64Length: number;
}

/** What became of a file that was to be a picture. Reasons are sentences that follow the file's name: "It is …". */
export type Taken =
	| ({ readonly kind: 'ready' } & Picture)
	/** The API would refuse it, but this browser can make it into one that is taken: `action` says how. */
	| { readonly kind: 'offer'; readonly reason: string; readonly action: string; convert(): Promise<Taken> }
	| { readonly kind: 'refused'; readonly reason: string };

/** What decides how large a picture may be. */
export interface PictureNeeds {
	/** How large an image the model looks at: a picture that is scaled down is scaled to that. */
	readonly tier: ImageTier;
	/** Images the request will hold, this one counted. */
	readonly imageCount: number;
}

/** Read a file as a picture, by its bytes alone: ready to be sent, with an offer to make it so, or refused with the reason. */
export async function takePicture(file: Blob, needs: PictureNeeds): Promise<Taken> {
	const bytes = await bytesOf(file);
	if (!bytes) return refused('It could not be read.');
	const kind = recognise(bytes);
	const facts = readImage(bytes);
	const whole = kind && (await decode(bytes, kind));
	if (!kind || !whole) return refused(reasonNotToDecode(kind));

	const pixels: Size = { width: whole.width, height: whole.height };
	whole.close();
	const base64Length = base64LengthOf(bytes.length);
	const size = fitWithin(pixels, limitsFor(needs));
	const convert = async (type: string): Promise<Taken> => {
		const converted = await encode(bytes, kind, size, type);
		return converted ? takePicture(converted, needs) : refused('This browser could not convert it.');
	};

	if (!facts) {
		const type = isPhotograph(kind) ? 'image/jpeg' : 'image/png';
		const scaled = size.width < pixels.width ? `, ${writeSize(size)}` : '';
		return {
			kind: 'offer',
			reason: `It is ${kind.name}; the API takes ${TAKEN_TYPES}.`,
			action: `Convert to ${nameOf(type)}${scaled}`,
			convert: () => convert(type),
		};
	}
	const problems = problemsOfImage({ ...facts, base64Length }, needs);
	if (problems.length === 0) return { kind: 'ready', ...facts, bytes, base64Length };
	const smaller = size.width < pixels.width || size.height < pixels.height;
	const type = smaller && !isPhotograph(kind) ? 'image/png' : 'image/jpeg';
	return {
		kind: 'offer',
		reason: problems.map(({ message }) => message).join(' '),
		action: smaller ? `Scale down to ${writeSize(size)}` : 'Compress as JPEG',
		convert: () => convert(type),
	};
}

/** Make a small copy of an image for the page to show, as a blob of at most `side` pixels a side. Null when it cannot be decoded. */
export async function thumbnailOf(image: Blob, side: number): Promise<Blob | null> {
	const bytes = await bytesOf(image);
	const kind = bytes && recognise(bytes);
	const whole = kind && (await decode(bytes, kind));
	if (!whole) return null;
	const size = fitWithin(whole, { maxSide: side, maxTokens: Infinity });
	whole.close();
	return encode(bytes, kind, size, 'image/png');
}

/** The bytes of a file, or null when the browser cannot read it: it is a folder, or has gone from the disk. */
export function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
	return unlessImpossible(async () => new Uint8Array(await file.arrayBuffer()));
}

function refused(reason: string): Taken {
	return { kind: 'refused', reason };
}

function reasonNotToDecode(kind: FileKind | null): string {
	if (!kind) return `It is not an image; the API takes ${TAKEN_TYPES}.`;
	if (IMAGE_TYPES.some((type) => type === kind.mediaType))
		return `It begins as ${kind.name} but is damaged: it cannot be decoded. The API takes ${TAKEN_TYPES} that are whole.`;
	if (!kind.mediaType.startsWith('image/')) return `It is ${kind.name}; for an image the API takes ${TAKEN_TYPES}.`;
	return `It is ${kind.name}, which this browser cannot convert; the API takes ${TAKEN_TYPES}.`;
}

function limitsFor({ tier, imageCount }: PictureNeeds): { maxSide: number; maxTokens: number } {
	const { maxSide, maxTokens } = IMAGE_TIERS[tier];
	const many = imageCount > IMAGE_LIMITS.fewImages;
	return { maxSide: many ? Math.min(maxSide, IMAGE_LIMITS.sideOfMany) : maxSide, maxTokens };
}

/** Whether a kind of file is made by cameras: it has no transparency to lose, and PNG would only make it large. */
function isPhotograph({ name }: FileKind): boolean {
	return name === 'JPEG' || name === 'HEIC';
}

function nameOf(type: string): string {
	return type === 'image/png' ? 'PNG' : 'JPEG';
}

/** Decode an image, scaled to `size` when one is given. Null when this browser cannot. */
async function decode(bytes: Uint8Array<ArrayBuffer>, kind: FileKind, size?: Size): Promise<ImageBitmap | null> {
	const options: ImageBitmapOptions = size
		? { resizeWidth: size.width, resizeHeight: size.height, resizeQuality: 'high' }
		: {};
	const blob = new Blob([bytes], { type: kind.mediaType });
	// A drawing is only decoded by an element, where it runs no script and fetches nothing.
	return unlessImpossible(() =>
		kind.name === 'SVG'
			? withImage(blob, (image) => createImageBitmap(image, options))
			: createImageBitmap(blob, options),
	);
}

async function withImage<T>(blob: Blob, use: (image: HTMLImageElement) => Promise<T>): Promise<T> {
	const image = new Image();
	image.src = URL.createObjectURL(blob);
	try {
		await image.decode();
		return await use(image);
	} finally {
		URL.revokeObjectURL(image.src);
	}
}

async function encode(bytes: Uint8Array<ArrayBuffer>, kind: FileKind, size: Size, type: string): Promise<Blob | null> {
	const bitmap = await decode(bytes, kind, size);
	if (!bitmap) return null;
	const encoded = await unlessImpossible(async () => {
		const written = await write(bitmap, type);
		// Noise does not compress without loss: better a picture without transparency than none.
		const tooLarge = base64LengthOf(written.size) > IMAGE_LIMITS.base64Length;
		return tooLarge && type !== 'image/jpeg' ? write(bitmap, 'image/jpeg') : written;
	});
	bitmap.close();
	return encoded;
}

async function write(bitmap: ImageBitmap, type: string): Promise<Blob> {
	const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
	const context = canvas.getContext('2d');
	if (!context) throw new DOMException('This browser draws no pictures.', 'NotSupportedError');
	if (type === 'image/jpeg') {
		// JPEG has no transparency; what shows through is paper, not black.
		context.fillStyle = 'white';
		context.fillRect(0, 0, bitmap.width, bitmap.height);
	}
	context.drawImage(bitmap, 0, 0);
	return canvas.convertToBlob({ type, quality: 0.92 });
}

/** Browsers say by a DOMException that they cannot read, decode or draw something: null. Any other error is a defect of ours. */
async function unlessImpossible<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof DOMException) return null;
		throw error;
	}
}
