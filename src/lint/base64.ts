import { fromBase64 } from '../model/attachment';
import { base64LengthOf, IMAGE_TYPES, type ImageFacts } from '../model/image';
import { readImage } from '../model/image-bytes';
import { readPdf, type PdfFacts } from '../model/pdf';
import type { Context } from './rule';

/** Characters that nearly always hold an image's size: only pictures wrapped in much metadata need more. */
const HEAD = 65_536;

/** What `data` stands for, as far as it can be told. */
export interface Payload {
	/** The number of base64 characters. */
	readonly length: number;
	/** Null when it is not base64, or not of an image the API reads. */
	image(): ImageFacts | null;
	/** Null when it is not base64, or not of a PDF. */
	pdf(): PdfFacts | null;
}

/** What the characters `data` are, or those that a reference in their place stands for; null when nothing is known of those. */
export function payloadOf(data: string, { attachments }: Pick<Context, 'attachments'>): Payload | null {
	const [, sha256] = /^attachment:sha256-([0-9a-f]{64})$/.exec(data) ?? [];
	if (sha256 === undefined) return { length: data.length, image: () => imageIn(data), pdf: () => pdfIn(data) };
	const facts = attachments?.get(sha256);
	if (!facts) return null;
	const { width, height } = facts;
	const mediaType = IMAGE_TYPES.find((type) => type === facts.mediaType);
	return {
		length: base64LengthOf(facts.bytes),
		image: () => (mediaType && width !== null && height !== null ? { mediaType, width, height } : null),
		pdf: () => facts.pdf ?? null,
	};
}

/** What the image in `data` is; null when it is not base64, or not of an image the API reads. */
export function imageIn(data: string): ImageFacts | null {
	return (data.length > HEAD ? read(data.slice(0, HEAD)) : null) ?? read(data);
}

/** What the PDF in `data` is; null when it is not base64, or not of a PDF. */
export function pdfIn(data: string): PdfFacts | null {
	const bytes = bytesIn(data);
	return bytes && readPdf(bytes);
}

function read(data: string): ImageFacts | null {
	const bytes = bytesIn(data);
	return bytes && readImage(bytes);
}

/**
 * The bytes of `data`, but for one or two at its end; null when it is not base64. Lenient about line breaks, padding and the
 * alphabet of URLs: whether the API minds those is unknown.
 */
function bytesIn(data: string): Uint8Array | null {
	const digits = data
		.replace(/[\s=]+/g, '')
		.replaceAll('-', '+')
		.replaceAll('_', '/');
	// Whole groups of four only: what is looked for is never in the last bytes.
	return fromBase64(digits.slice(0, digits.length - (digits.length % 4)));
}
