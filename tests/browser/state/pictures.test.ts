import { describe, expect, test } from 'vitest';
import { readImage } from '../../../src/model/image-bytes';
import { takePicture, thumbnailOf, type Taken } from '../../../src/state/pictures';
import { bitmapFile, colourAt, draw, drawNoise, heicFile } from '../../fixtures/pictures';

const needs = { tier: 'standard', imageCount: 1 } as const;
const file = (bytes: BlobPart, name = 'picture') => new File([bytes], name);

/** Take the picture, follow its one offer, and give what came of it. */
async function converted(taken: Taken) {
	if (taken.kind !== 'offer') throw new Error(`There was no offer but: ${JSON.stringify(taken)}`);
	const after = await taken.convert();
	if (after.kind !== 'ready') throw new Error(`The offer did not help: ${JSON.stringify(after)}`);
	return after;
}

describe('takePicture', () => {
	test.each(['image/png', 'image/jpeg', 'image/webp'] as const)('takes %s as it is', async (mediaType) => {
		const bytes = await draw(mediaType, 812, 640);
		const base64Length = btoa(String.fromCharCode(...bytes)).length;
		expect(await takePicture(file(bytes), needs)).toEqual({
			kind: 'ready',
			mediaType,
			width: 812,
			height: 640,
			bytes,
			base64Length,
		});
	});

	test('believes the bytes, not the name or the type the file claims', async () => {
		const png = await draw('image/png', 3, 2);
		const lying = new File([png], 'ant.jpg', { type: 'image/jpeg' });
		expect(await takePicture(lying, needs)).toMatchObject({ kind: 'ready', mediaType: 'image/png' });
	});

	test('offers to convert a kind the API does not take', async () => {
		const taken = await takePicture(file(bitmapFile(30, 20)), needs);
		expect(taken).toMatchObject({
			kind: 'offer',
			reason: 'It is BMP; the API takes JPEG, PNG, GIF and WebP.',
			action: 'Convert to PNG',
		});
		const { bytes, mediaType } = await converted(taken);
		expect(readImage(bytes)).toEqual({ mediaType, width: 30, height: 20 });
		expect(await colourAt(bytes, 29, 19)).toEqual([255, 255, 255, 255]);
	});

	test('draws an SVG as PNG and keeps it transparent', async () => {
		const svg =
			'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect x="20" width="20" height="30" fill="#f00"/></svg>';
		const taken = await takePicture(file(svg), needs);
		expect(taken).toMatchObject({ kind: 'offer', reason: expect.stringContaining('SVG') as string });
		const { bytes, mediaType } = await converted(taken);
		expect(readImage(bytes)).toEqual({ mediaType, width: 40, height: 30 });
		expect(mediaType).toBe('image/png');
		expect(await colourAt(bytes, 5, 5)).toEqual([0, 0, 0, 0]);
		expect(await colourAt(bytes, 30, 5)).toEqual([255, 0, 0, 255]);
	});

	test('converts and scales down at once', async () => {
		const taken = await takePicture(file(bitmapFile(9000, 100)), needs);
		expect(taken).toMatchObject({ action: 'Convert to PNG, 1568 × 17' });
		expect(await converted(taken)).toMatchObject({ width: 1568, height: 17 });
	});

	test('offers to scale down what has too many pixels, to what the model looks at', async () => {
		const wide = file(await draw('image/png', 8001, 4000));
		const taken = await takePicture(wide, needs);
		expect(taken).toMatchObject({
			kind: 'offer',
			reason: 'It is 8001 × 4000 pixels; the API takes 8,000 a side.',
			action: 'Scale down to 1568 × 784',
		});
		expect(await converted(taken)).toMatchObject({ mediaType: 'image/png', width: 1568, height: 784 });
		expect(await takePicture(wide, { ...needs, tier: 'high' })).toMatchObject({ action: 'Scale down to 2576 × 1288' });
	});

	test('keeps to the smaller limit of a request with many images', async () => {
		const wide = file(await draw('image/jpeg', 2100, 300));
		expect(await takePicture(wide, { tier: 'high', imageCount: 20 })).toMatchObject({ kind: 'ready' });
		const taken = await takePicture(wide, { tier: 'high', imageCount: 21 });
		expect(taken).toMatchObject({ kind: 'offer', action: 'Scale down to 2000 × 286' });
		expect(await converted(taken)).toMatchObject({ mediaType: 'image/jpeg', width: 2000, height: 286 });
	});

	test('offers to compress what has few pixels but too many bytes', async () => {
		const taken = await takePicture(file(await drawNoise('image/png', 1700, 1700)), { ...needs, tier: 'high' });
		expect(taken).toMatchObject({
			kind: 'offer',
			reason: expect.stringMatching(/^It is [\d,]+ characters as base64; the API takes 10,485,760/) as string,
			action: 'Compress as JPEG',
		});
		const { bytes, ...picture } = await converted(taken);
		expect(picture).toMatchObject({ mediaType: 'image/jpeg', width: 1700, height: 1700 });
		expect(await colourAt(bytes, 2, 2), 'what shows through is white, not black').toEqual([255, 255, 255, 255]);
	});

	test('falls back to JPEG when a scaled PNG is still too large', async () => {
		const taken = await takePicture(file(await drawNoise('image/png', 2600, 1800)), { ...needs, tier: 'high' });
		expect(taken).toMatchObject({ action: 'Scale down to 2306 × 1596' });
		expect(await converted(taken)).toMatchObject({ mediaType: 'image/jpeg', width: 2306, height: 1596 });
	});

	test.each([
		['a HEIC', heicFile(), /^It is HEIC, which this browser cannot convert; the API takes JPEG, PNG, GIF and WebP\.$/],
		['words', 'Hello, Claude', /^It is not an image; the API takes JPEG/],
		['a PDF', '%PDF-1.7', /^It is PDF; for an image the API takes JPEG/],
		['nothing', '', /^It is not an image/],
	])('refuses %s and says what the API takes', async (_name, content, reason) => {
		expect(await takePicture(file(content), needs)).toEqual({
			kind: 'refused',
			reason: expect.stringMatching(reason) as string,
		});
	});

	test('refuses a picture whose header is whole but whose pixels are not', async () => {
		const png = await draw('image/png', 20, 20);
		expect(await takePicture(file(png.slice(0, 40)), needs)).toEqual({
			kind: 'refused',
			reason:
				'It begins as PNG but is damaged: it cannot be decoded. The API takes JPEG, PNG, GIF and WebP that are whole.',
		});
	});
});

describe('thumbnailOf', () => {
	test('makes a small picture of a large one, whatever its kind', async () => {
		const thumbnail = await thumbnailOf(new Blob([await draw('image/webp', 800, 600)]), 80);
		const bytes = new Uint8Array(await thumbnail!.arrayBuffer());
		expect(readImage(bytes)).toEqual({ mediaType: 'image/png', width: 80, height: 60 });
	});

	test('gives null for what cannot be decoded', async () => {
		expect(await thumbnailOf(new Blob([heicFile()]), 80)).toBeNull();
	});
});
