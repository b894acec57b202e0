import type { ImageFacts, ImageType, Size } from './image';

/** Read an image's type and pixels from its bytes, whatever its name says. Null when it is none the API takes, or is cut short before them. */
export function readImage(bytes: Uint8Array): ImageFacts | null {
	const reader = readers.find(({ starts }) => starts(bytes));
	// Past the end a DataView throws; asking for its length first would be a check before every read.
	const size = reader ? sizeOrNull(() => reader.size(viewOf(bytes))) : null;
	return reader && size && size.width > 0 && size.height > 0 ? { mediaType: reader.mediaType, ...size } : null;
}

/** A kind of file told by its first bytes: the name a person knows it by. */
export interface FileKind {
	readonly name: string;
	readonly mediaType: string;
}

/** Tell a kind of file by its bytes: what the API takes, and what people often drop although it does not. Null when it is neither. */
export function recognise(bytes: Uint8Array): FileKind | null {
	const kind = kinds.find(({ starts }) => starts(bytes));
	return kind ? { name: kind.name, mediaType: kind.mediaType } : null;
}

type Starts = (bytes: Uint8Array) => boolean;

/** Whether the bytes hold these ASCII characters (`?` for any) from `at`. */
function has(pattern: string, at = 0): Starts {
	return (bytes) =>
		bytes.length >= at + pattern.length &&
		[...pattern].every((character, index) => character === '?' || bytes[at + index] === character.charCodeAt(0));
}

/** Whether an ISO base media file names one of these brands, its own or one it is compatible with: HEIC and AVIF share `mif1`. */
function hasBrand(...brands: string[]): Starts {
	return (bytes) => {
		if (!isBaseMedia(bytes)) return false;
		const listed = new TextDecoder('latin1').decode(bytes.subarray(8, Math.min(viewOf(bytes).getUint32(0), 256)));
		return brands.some((brand) => listed.includes(brand));
	};
}

const isBaseMedia = has('ftyp', 4);
const isJpeg = has('\xFF\xD8\xFF');
const isPng = has('\x89PNG\r\n\x1A\n');
const isGif: Starts = (bytes) => has('GIF87a')(bytes) || has('GIF89a')(bytes);
const isWebp = has('RIFF????WEBP');

const kinds: readonly (FileKind & { readonly starts: Starts })[] = [
	{ name: 'JPEG', mediaType: 'image/jpeg', starts: isJpeg },
	{ name: 'PNG', mediaType: 'image/png', starts: isPng },
	{ name: 'GIF', mediaType: 'image/gif', starts: isGif },
	{ name: 'WebP', mediaType: 'image/webp', starts: isWebp },
	{ name: 'AVIF', mediaType: 'image/avif', starts: hasBrand('avif', 'avis') },
	{ name: 'HEIC', mediaType: 'image/heic', starts: hasBrand('heic', 'heix', 'hevc', 'mif1', 'msf1') },
	{ name: 'TIFF', mediaType: 'image/tiff', starts: (bytes) => has('II*\0')(bytes) || has('MM\0*')(bytes) },
	// The two letters alone begin many a text; the four reserved bytes after the length are zero in practice.
	{ name: 'BMP', mediaType: 'image/bmp', starts: has('BM????\0\0\0\0') },
	{ name: 'SVG', mediaType: 'image/svg+xml', starts: isSvg },
	{ name: 'ICO', mediaType: 'image/x-icon', starts: has('\0\0\x01\0') },
	{ name: 'JPEG XL', mediaType: 'image/jxl', starts: (bytes) => has('\xFF\x0A')(bytes) || has('JXL ', 4)(bytes) },
	{ name: 'JPEG 2000', mediaType: 'image/jp2', starts: has('jP  ', 4) },
	{ name: 'Photoshop', mediaType: 'image/vnd.adobe.photoshop', starts: has('8BPS') },
	{ name: 'PDF', mediaType: 'application/pdf', starts: has('%PDF-') },
	{ name: 'ZIP (as Word and Excel files are)', mediaType: 'application/zip', starts: has('PK\x03\x04') },
	{ name: 'MP4 video', mediaType: 'video/mp4', starts: isBaseMedia },
];

/** Whether it is text whose first element, after declarations and comments, is `<svg`. */
function isSvg(bytes: Uint8Array): boolean {
	const start = new TextDecoder().decode(bytes.subarray(0, 4096));
	// A comment ends at its first `-->`: a lazy `[^]*?` could end it in many ways, and a hostile file would make it try them all.
	return /^\s*(<\?[^>]*>\s*|<!--((?!-->)[^])*-->\s*|<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>\s*)*<svg[\s>]/i.test(start);
}

const readers: readonly { mediaType: ImageType; starts: Starts; size: (view: DataView) => Size | null }[] = [
	{ mediaType: 'image/jpeg', starts: isJpeg, size: sizeOfJpeg },
	{ mediaType: 'image/png', starts: isPng, size: sizeOfPng },
	{ mediaType: 'image/gif', starts: isGif, size: sizeOfGif },
	{ mediaType: 'image/webp', starts: isWebp, size: sizeOfWebp },
];

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sizeOrNull(read: () => Size | null): Size | null {
	try {
		return read();
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/** ITU-T T.81, annex B: segments follow one another until the frame header (SOF), however long what comes before is. */
function sizeOfJpeg(view: DataView): Size | null {
	for (let at = 2; ;) {
		if (view.getUint8(at) !== 0xff) return null;
		const marker = view.getUint8(at + 1);
		const bare = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
		if (bare) {
			// A fill byte is one byte before the marker; TEM and RST have no length.
			at += marker === 0xff ? 1 : 2;
			continue;
		}
		// 0xC4, 0xC8 and 0xCC lie in the range of frame headers but are tables and an extension.
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
			return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		// The scan begins or the file ends, and no frame header has come.
		if (marker === 0xda || marker === 0xd9) return null;
		at += 2 + view.getUint16(at + 2);
	}
}

function sizeOfPng(view: DataView): Size | null {
	// Apple's own variant puts another chunk before IHDR; nobody else decodes it.
	if (view.getUint32(12) !== 0x49484452) return null;
	return { width: view.getUint32(16), height: view.getUint32(20) };
}

function sizeOfGif(view: DataView): Size {
	return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** https://developers.google.com/speed/webp/docs/riff_container: lossy, lossless, or extended with a canvas. */
function sizeOfWebp(view: DataView): Size | null {
	const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
	switch (view.getUint32(12)) {
		case 0x56503820: // 'VP8 '
			// Only a key frame, which begins with these three bytes, holds the size; the top two bits are a scaling hint.
			if (uint24(23) !== 0x2a019d) return null;
			return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
		case 0x5650384c: {
			// 'VP8L'
			if (view.getUint8(20) !== 0x2f) return null;
			const bits = view.getUint32(21, true);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		case 0x56503858: // 'VP8X'
			return { width: uint24(24) + 1, height: uint24(27) + 1 };
		default:
			return null;
	}
}
