import { fromBase64 } from '../model/attachment';
import { type ImageFacts } from '../model/image';
import { readImage } from '../model/image-bytes';

/** Characters that nearly always hold an image's size: only pictures wrapped in much metadata need more. */
const HEAD = 65_536;

/** Whether `data` is a reference to an attachment, which stands for bytes that were looked at when they came in. */
export function isReference(data: string): boolean {
	return /^attachment:sha256-[0-9a-f]{64}$/.test(data);
}

/** What the image in `data` is; null when it is not base64, or not of an image the API reads. */
export function imageIn(data: string): ImageFacts | null {
	return (data.length > HEAD ? read(data.slice(0, HEAD)) : null) ?? read(data);
}

function read(data: string): ImageFacts | null {
	const bytes = bytesIn(data);
	return bytes && readImage(bytes);
}

/**
 * The bytes of `data`, but for one or two at its end; null when it is not base64. Lenient about line breaks, padding and the
 * alphabet of URLs: whether the API minds those is unknown.
 */
export function bytesIn(data: string): Uint8Array | null {
	const digits = data
		.replace(/[\s=]+/g, '')
		.replaceAll('-', '+')
		.replaceAll('_', '/');
	// Whole groups of four only: what is looked for is never in the last bytes.
	return fromBase64(digits.slice(0, digits.length - (digits.length % 4)));
}
