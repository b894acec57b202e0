import { describe, expect, test } from 'vitest';
import {
	base64LengthOf,
	fitWithin,
	IMAGE_TIERS,
	imagesIn,
	imageTokens,
	type ImageTier,
} from '../../../src/model/image';
import { problemsOfImage } from '../../../src/model/image-limits';
import { writeBytes } from '../../../src/model/measures';
import { readImage, recognise } from '../../../src/model/image-bytes';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
const be16 = (value: number) => [value >> 8, value & 0xff];
const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)];
const le16 = (value: number) => be16(value).reverse();
const le24 = (value: number) => [value & 0xff, (value >> 8) & 0xff, value >> 16];
const bytes = (...parts: number[][]) => new Uint8Array(parts.flat());

const segment = (marker: number, body: number[]) => [0xff, marker, ...be16(body.length + 2), ...body];
const frame = (marker: number, width: number, height: number) =>
	segment(marker, [8, ...be16(height), ...be16(width), 3]);
const jpeg = (...segments: number[][]) => bytes([0xff, 0xd8], ...segments);
const exif = (orientation: number) =>
	segment(0xe1, [
		...ascii('Exif\0\0MM\0*'),
		...be32(8),
		...be16(1),
		...be16(0x112),
		...be16(3),
		...be32(1),
		...be16(orientation),
		0,
		0,
	]);
const png = (width: number, height: number, chunk = 'IHDR') =>
	bytes([0x89], ascii('PNG\r\n\x1A\n'), be32(13), ascii(chunk), be32(width), be32(height), [8, 6, 0, 0, 0]);
const gif = (version: string, width: number, height: number) =>
	bytes(ascii(version), le16(width), le16(height), [0, 0, 0]);
const webp = (chunk: string, body: number[]) =>
	bytes(ascii('RIFF'), be32(0), ascii('WEBP'), ascii(chunk), be32(0), body);
const lossy = (width: number, height: number) =>
	webp('VP8 ', [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height)]);
const lossless = (width: number, height: number) => {
	const bits = ((width - 1) | ((height - 1) << 14)) >>> 0;
	return webp('VP8L', [0x2f, ...be32(bits).reverse()]);
};
const extended = (width: number, height: number) =>
	webp('VP8X', [0x10, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]);
const baseMedia = (...brands: string[]) =>
	bytes(
		be32(8 + 4 * (brands.length + 1)),
		ascii('ftyp'),
		ascii(brands[0] ?? ''),
		be32(0),
		ascii(brands.slice(1).join('')),
		ascii('....avif'),
	);

describe('readImage', () => {
	const frames = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
	test.each(frames)('reads the size from JPEG frame header 0x%s', (marker) => {
		expect(readImage(jpeg(frame(marker, 812, 640)))).toEqual({ mediaType: 'image/jpeg', width: 812, height: 640 });
	});

	test('finds the frame header behind large metadata, tables, fill bytes and restart markers', () => {
		const metadata = segment(0xe1, new Array<number>(60_000).fill(0xc0));
		const table = segment(0xc4, [1, 2, 3]);
		const image = jpeg(
			metadata,
			metadata,
			table,
			segment(0xc8, [0]),
			segment(0xcc, [0]),
			[0xff, 0xd0],
			[0xff, 0xff],
			frame(0xc2, 3, 2),
		);
		expect(readImage(image)).toEqual({ mediaType: 'image/jpeg', width: 3, height: 2 });
	});

	test('gives the pixels as stored, whatever the EXIF orientation', () => {
		expect(readImage(jpeg(exif(6), frame(0xc0, 4000, 3000)))).toMatchObject({ width: 4000, height: 3000 });
	});

	test.each([
		['PNG', png(812, 640), 'image/png'],
		['GIF87a', gif('GIF87a', 812, 640), 'image/gif'],
		['GIF89a', gif('GIF89a', 812, 640), 'image/gif'],
		['lossy WebP', lossy(812, 640), 'image/webp'],
		['lossless WebP', lossless(812, 640), 'image/webp'],
		['extended WebP', extended(812, 640), 'image/webp'],
	])('reads %s', (_name, image, mediaType) => {
		expect(readImage(image)).toEqual({ mediaType, width: 812, height: 640 });
	});

	test('reads the largest sizes the formats can say', () => {
		expect(readImage(lossless(16_384, 16_384))).toMatchObject({ width: 16_384, height: 16_384 });
		expect(readImage(extended(16_777_216, 1))).toMatchObject({ width: 16_777_216, height: 1 });
		expect(readImage(png(2 ** 31, 1))).toMatchObject({ width: 2 ** 31, height: 1 });
	});

	test('ignores the scaling hint in the upper bits of a lossy WebP size', () => {
		expect(readImage(lossy(812 | 0x4000, 640 | 0xc000))).toMatchObject({ width: 812, height: 640 });
	});

	test('reads bytes that lie somewhere inside a larger buffer', () => {
		const image = png(5, 7);
		const buffer = new Uint8Array(image.length + 20);
		buffer.set(image, 10);
		expect(readImage(buffer.subarray(10, 10 + image.length))).toMatchObject({ width: 5, height: 7 });
	});

	test.each([
		['nothing', bytes()],
		['text', bytes(ascii('Hello, Claude'))],
		['a PNG without its header chunk', png(1, 1, 'CgBI')],
		['a JPEG whose scan begins before its frame', jpeg(segment(0xda, [0]), frame(0xc0, 1, 1))],
		['a JPEG that ends before its frame', jpeg([0xff, 0xd9], frame(0xc0, 1, 1))],
		['a JPEG with something else between its segments', jpeg(segment(0xe0, [0]), [0], frame(0xc0, 1, 1))],
		['a JPEG without lines', jpeg(frame(0xc0, 1, 0))],
		['a GIF without width', gif('GIF89a', 0, 1)],
		['a WebP of an unknown kind', webp('VP9 ', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
		['a WebP that begins between key frames', webp('VP8 ', [0x11, 0, 0, 0, 0, 0, 1, 0, 1, 0])],
		['a HEIC', baseMedia('heic')],
	])('gives null for %s', (_name, file) => {
		expect(readImage(file)).toBeNull();
	});

	test.each([
		jpeg(exif(1), frame(0xc0, 9, 9)),
		png(9, 9),
		gif('GIF89a', 9, 9),
		lossy(9, 9),
		lossless(9, 9),
		extended(9, 9),
	])('gives null, and does not throw, while the size has not come (%#)', (image) => {
		const whole = readImage(image);
		expect(whole).toMatchObject({ width: 9, height: 9 });
		const cut = Array.from(image, (_, length) => readImage(image.subarray(0, length)));
		expect(cut.slice(0, 9).every((read) => read === null)).toBe(true);
		for (const read of cut) expect([null, whole]).toContainEqual(read);
	});
});

describe('recognise', () => {
	test.each([
		['JPEG', jpeg(frame(0xc0, 1, 1))],
		['PNG', png(1, 1)],
		['GIF', gif('GIF89a', 1, 1)],
		['WebP', lossy(1, 1)],
		['HEIC', baseMedia('heic', 'mif1', 'heic')],
		['HEIC', baseMedia('mif1', 'heic')],
		['AVIF', baseMedia('mif1', 'avif')],
		['AVIF', baseMedia('avif', 'mif1', 'miaf')],
		['MP4 video', baseMedia('isom', 'mp41')],
		['BMP', bytes(ascii('BM'), be32(70), be32(0), be32(54))],
		['TIFF', bytes(ascii('II*\0'))],
		['TIFF', bytes(ascii('MM\0*'))],
		['PDF', bytes(ascii('%PDF-1.7'))],
		['ZIP (as Word and Excel files are)', bytes(ascii('PK\x03\x04'))],
	])('knows %s by its bytes', (name, file) => {
		expect(recognise(file)?.name).toBe(name);
	});

	test.each([
		'<svg xmlns="http://www.w3.org/2000/svg"/>',
		'\uFEFF<?xml version="1.0"?>\n<!-- drawn <by> hand --><!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>',
	])('knows SVG by its first element: %s', (text) => {
		expect(recognise(new TextEncoder().encode(text))?.name).toBe('SVG');
	});

	test.each(['<html><svg>', 'BMW makes cars', 'About <svg>', '', '<!-- -->'.repeat(500)])(
		'does not take %j for a kind it knows',
		(text) => {
			expect(recognise(new TextEncoder().encode(text))).toBeNull();
		},
	);
});

describe('fitWithin and imageTokens', () => {
	// The table of https://platform.claude.com/docs/en/build-with-claude/vision.
	test.each<[number, number, ImageTier, number, number, number]>([
		[200, 200, 'standard', 200, 200, 64],
		[200, 200, 'high', 200, 200, 64],
		[1000, 1000, 'standard', 1000, 1000, 1296],
		[1000, 1000, 'high', 1000, 1000, 1296],
		[1092, 1092, 'standard', 1092, 1092, 1521],
		[1920, 1080, 'standard', 1456, 819, 1560],
		[1920, 1080, 'high', 1920, 1080, 2691],
		[2000, 1500, 'standard', 1269, 952, 1564],
		[2000, 1500, 'high', 2000, 1500, 3888],
		[3840, 2160, 'standard', 1456, 819, 1560],
		[3840, 2160, 'high', 2576, 1449, 4784],
	])('%i × %i on the %s tier becomes %i × %i, %i tokens', (width, height, tier, fitWidth, fitHeight, tokens) => {
		expect(fitWithin({ width, height }, IMAGE_TIERS[tier])).toEqual({ width: fitWidth, height: fitHeight });
		expect(imageTokens({ width, height }, tier)).toBe(tokens);
		expect(imageTokens({ width: height, height: width }, tier)).toBe(tokens);
	});

	test('keeps at least one pixel of a strip', () => {
		expect(fitWithin({ width: 8000, height: 1 }, IMAGE_TIERS.standard)).toEqual({ width: 1568, height: 1 });
	});
});

describe('problemsOfImage', () => {
	const fine = { mediaType: 'image/png', width: 8000, height: 8000, base64Length: 10_485_760 };

	test('finds none at the limits', () => {
		expect(problemsOfImage(fine, { imageCount: 20 })).toEqual([]);
		expect(problemsOfImage({ ...fine, width: 2000, height: 2000 }, { imageCount: 21 })).toEqual([]);
	});

	test.each([
		[{ ...fine, mediaType: 'image/heic' }, 1, 'type', /image\/heic.*the API takes JPEG, PNG, GIF and WebP/],
		[{ ...fine, base64Length: 10_485_764 }, 1, 'bytes', /10,485,764 characters.*the API takes 10,485,760/],
		[{ ...fine, width: 8001 }, 1, 'pixels', /8001 × 8000 pixels; the API takes 8,000 a side\./],
		[
			{ ...fine, width: 100, height: 2001 },
			21,
			'pixels',
			/the API takes 2,000 a side when a request holds more than 20 images/,
		],
	])('says what the API takes (%#)', (image, imageCount, kind, message) => {
		expect(problemsOfImage(image, { imageCount })).toEqual([
			{ kind, message: expect.stringMatching(message) as string },
		]);
	});
});

test('base64LengthOf counts the padding', () => {
	expect([0, 1, 2, 3, 4].map(base64LengthOf)).toEqual([0, 4, 4, 4, 8]);
	expect(base64LengthOf(100)).toBe(btoa('.'.repeat(100)).length);
});

test.each([
	[0, '0 B'],
	[999, '999 B'],
	[1000, '1 kB'],
	[214_300, '214 kB'],
	[999_499, '999 kB'],
	[999_500, '1.0 MB'],
	[7_864_320, '7.9 MB'],
	[999_949_999, '999.9 MB'],
	[999_950_000, '1.0 GB'],
	[10_737_418_240, '10.7 GB'],
])('writeBytes writes %i as %s', (length, written) => {
	expect(writeBytes(length)).toBe(written);
});

describe('imagesIn', () => {
	test('counts those of every turn, in tool results too, and nothing that only looks like one', () => {
		const image = { type: 'image', source: { type: 'url', url: 'https://example.com/ant.png' } };
		expect(
			imagesIn([
				{ role: 'user', content: [image, { type: 'text', text: '"type": "image"' }] },
				{ role: 'assistant', content: 'image' },
				{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [image, image] }, null] },
			]),
		).toBe(3);
		expect(imagesIn(undefined)).toBe(0);
	});
});
