import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/model/json';
import { Intake, type Place } from '../../../src/state/intake.svelte';
import { bitmapFile, draw, heicFile } from '../../fixtures/pictures';

const place: Place = { turn: 2, replacing: null };
const file = (content: BlobPart, name: string) => new File([content], name);

/** An intake into a request of `imageCount` images, and what it put there. Data is written as its length. */
function setUp({ imageCount = 0, held = null as string | null, gone = false } = {}) {
	const inserted: { blocks: readonly JsonObject[]; place: Place }[] = [];
	const intake = new Intake({
		attachments: { dataOf: (bytes) => Promise.resolve(`${bytes.length} bytes`) },
		keyRing: { read: () => held },
		tier: () => 'high',
		imageCount: () => imageCount,
		insert: (blocks, where) => Promise.resolve(!gone && inserted.push({ blocks, place: where }) > 0),
	});
	return { intake, inserted };
}

describe('Intake', () => {
	test('puts several files into the turn at once, in their order', async () => {
		const { intake, inserted } = setUp();
		const png = await draw('image/png', 3, 2);
		const jpeg = await draw('image/jpeg', 3, 2);
		const files = [file(png, 'a.jpg'), file('%PDF-1.7', 'b'), file(jpeg, 'c.png'), file('Zwölf Ameisen', 'd.md')];
		await intake.take(files, place);
		expect(inserted).toEqual([
			{
				place,
				blocks: [
					{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: `${png.length} bytes` } },
					{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: '8 bytes' } },
					{ type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: `${jpeg.length} bytes` } },
					{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Zwölf Ameisen' } },
				],
			},
		]);
		expect(intake.notices).toEqual([]);
	});

	test('puts in what is fine and says why the rest is not', async () => {
		const { intake, inserted } = setUp();
		const png = await draw('image/png', 3, 2);
		await intake.take([file(heicFile(), 'ant.heic'), file(png, 'ant.png'), file(bitmapFile(3, 2), 'ant.bmp')], place);
		expect(inserted).toHaveLength(1);
		expect(inserted[0]?.blocks).toHaveLength(1);
		expect(intake.notices).toMatchObject([
			{ name: 'ant.heic', place, action: null, reason: expect.stringContaining('It is HEIC') as string },
			{ name: 'ant.bmp', place, action: 'Convert to PNG', busy: false },
		]);
	});

	test('converts when the offer is accepted, and puts the picture where the file was meant to go', async () => {
		const { intake, inserted } = setUp();
		await intake.take([file(bitmapFile(3, 2), 'ant.bmp')], place);
		const [notice] = intake.notices;
		const accepted = intake.accept(notice!.id);
		expect(intake.notices).toMatchObject([{ busy: true }]);
		await Promise.all([accepted, intake.accept(notice!.id)]);
		expect(inserted).toMatchObject([
			{ place, blocks: [{ type: 'image', source: { type: 'base64', media_type: 'image/png' } }] },
		]);
		expect(intake.notices).toEqual([]);
	});

	test('puts nothing in when the notice is dismissed, before or while it is converted', async () => {
		const { intake, inserted } = setUp();
		await intake.take([file(bitmapFile(3, 2), 'a.bmp'), file(bitmapFile(3, 2), 'b.bmp')], place);
		const [first, second] = intake.notices;
		intake.dismiss(first!.id);
		await intake.accept(first!.id);
		const accepted = intake.accept(second!.id);
		intake.dismiss(second!.id);
		await accepted;
		expect(inserted).toEqual([]);
		expect(intake.notices).toEqual([]);
	});

	test('says of each file that its turn is gone, also when an offer is accepted too late', async () => {
		const { intake } = setUp({ gone: true });
		await intake.take([file('Ants', 'a.md'), file('Bees', 'b.md'), file(bitmapFile(3, 2), 'c.bmp')], place);
		await intake.accept(intake.notices.find(({ name }) => name === 'c.bmp')!.id);
		const reason = expect.stringContaining('is gone') as string;
		expect(intake.notices).toMatchObject(['a.md', 'b.md', 'c.bmp'].map((name) => ({ name, reason, action: null })));
	});

	test('brings nothing into a request that is opened meanwhile', async () => {
		const { intake, inserted } = setUp();
		const png = file(await draw('image/png', 3, 2), 'b.png');
		await intake.take([file(bitmapFile(3, 2), 'a.bmp')], place);
		const [notice] = intake.notices;
		const late = [intake.accept(notice!.id), intake.take([png, file('', 'c')], place)];
		intake.clear();
		await Promise.all(late);
		expect(inserted).toEqual([]);
		expect(intake.notices).toEqual([]);
	});

	test('counts the images that are there and those that come with it, by their bytes', async () => {
		const large = file(await draw('image/png', 2001, 4), 'a.png');
		const small = file(await draw('image/png', 4, 4), 'b');
		const words = new File(['words'], 'c.png', { type: 'image/png' });
		const full = setUp({ imageCount: 19 });
		await full.intake.take([large, words], place);
		expect(full.inserted[0]?.blocks).toHaveLength(2);
		await full.intake.take([large, small], place);
		expect(full.intake.notices).toMatchObject([{ reason: expect.stringContaining('more than 20 images') as string }]);
	});

	test('takes only images in place of an image, and counts none more', async () => {
		const { intake, inserted } = setUp({ imageCount: 20 });
		const replacing = { turn: 0, replacing: 1 };
		await intake.take([file(await draw('image/png', 2001, 4), 'a.png')], replacing);
		expect(inserted).toMatchObject([{ place: replacing, blocks: [{ type: 'image' }] }]);
		await intake.take([file('%PDF-1.7', 'b.pdf'), file('words', 'c.txt')], replacing);
		expect(inserted).toHaveLength(1);
		expect(intake.notices).toMatchObject([
			{ name: 'b.pdf', reason: 'It is PDF; for an image the API takes JPEG, PNG, GIF and WebP.' },
			{ name: 'c.txt', reason: 'It is not an image; the API takes JPEG, PNG, GIF and WebP.' },
		]);
	});

	test.each([
		[
			'{ "format": "messages-playground", "version": 1 }',
			'It is an export of this page: drop it on the library, or choose Import there.',
		],
		['', 'It is empty.'],
		[
			new Uint8Array([1, 0, 2]),
			/^It is of an unknown kind; the API takes JPEG, PNG, GIF and WebP images, PDF and text\.$/,
		],
		[new Uint8Array([0xff, 0xfe, 0x41]), /^It is of an unknown kind/],
		['PK\x03\x04', /^It is ZIP \(as Word and Excel files are\); the API takes/],
		[new Uint8Array(33_554_433), 'It is 33.6 MB; the API takes requests of 32 MB.'],
	])('refuses what is no document (%#)', async (content, reason) => {
		const { intake, inserted } = setUp();
		await intake.take([file(content, 'file')], place);
		expect(inserted).toEqual([]);
		expect(intake.notices).toMatchObject([
			{ action: null, reason: typeof reason === 'string' ? reason : (expect.stringMatching(reason) as string) },
		]);
	});

	test.each([
		['looks like one', 'sk-ant-api03-canary0canary1canary2-Zq9w', null, 'sk-ant-…Zq9w'],
		['is the user’s own', 'of-some-proxy-canary-Zq9w', 'of-some-proxy-canary-Zq9w', '…Zq9w'],
	])('asks before it takes a text with a key in it that %s, and takes it without', async (_, key, held, masked) => {
		const { intake, inserted } = setUp({ held });
		await intake.take([file(`API_KEY=${key}\n`, '.env')], place);
		expect(inserted).toEqual([]);
		const [notice] = intake.notices;
		expect(notice).toMatchObject({ name: '.env', action: 'Add it without the key' });
		expect(notice?.reason).toContain('…Zq9w');
		expect(JSON.stringify(notice)).not.toContain('canary');
		await intake.accept(notice!.id);
		const source = { type: 'text', media_type: 'text/plain', data: `API_KEY=${masked}\n` };
		expect(inserted).toEqual([{ place, blocks: [{ type: 'document', source }] }]);
		expect(intake.notices).toEqual([]);
	});

	test('says so when a file cannot be read', async () => {
		const gone = new File(['words'], 'folder');
		const unreadable = () => Promise.reject(new DOMException('It has gone.', 'NotFoundError'));
		Object.assign(gone, { arrayBuffer: unreadable });
		const { intake } = setUp();
		await intake.take([gone], place);
		expect(intake.notices).toMatchObject([{ name: 'folder', reason: 'It could not be read.', action: null }]);
	});
});
