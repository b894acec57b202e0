import { referenceTo, sha256Hex } from '../src/model/attachment';
import { Store } from '../src/store/store';
import { appDatabase, clear, conversationOf, openApp, requestOf, type App } from './app';
import { painted, timed, type Bench, type Round } from './bench';

const IMAGES = 20;
/** Pixels of noise on each side: about 1.5 MB as PNG, and 30 MB in all. */
const SIDE = 720;

/** A picture that cannot be made smaller. */
async function noise(): Promise<Uint8Array<ArrayBuffer>> {
	const canvas = new OffscreenCanvas(SIDE, SIDE);
	const context = canvas.getContext('2d')!; // a canvas that has no other has this one
	const pixels = context.createImageData(SIDE, SIDE);
	for (let at = 0; at < pixels.data.length; at += 0x10000)
		crypto.getRandomValues(pixels.data.subarray(at, at + 0x10000));
	for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
	context.putImageData(pixels, 0, 0);
	return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

/** Keep a small conversation and one with the images, and give the names of the images. */
async function fill(): Promise<readonly string[]> {
	await clear();
	const store = new Store(appDatabase());
	const names: string[] = [];
	for (let at = 0; at < IMAGES; at++) {
		const bytes = await noise();
		const sha256 = await sha256Hex(bytes);
		await store.keepAttachment(sha256, new Blob([bytes]));
		names.push(sha256);
	}
	const content = names.map((sha256) => ({
		type: 'image',
		source: { type: 'base64', media_type: 'image/png', data: referenceTo(sha256) },
	}));
	const text = JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1024, messages: [{ role: 'user', content }] });
	await store.saveConversation(conversationOf('images', 'Images', text), 0);
	await store.saveConversation({ ...conversationOf('small', 'Small', requestOf(1, 100)), pinned: true }, 0);
	return names;
}

/** From the click on the conversation to what `shown` waits for, against reading the bytes of its images. */
async function open(names: readonly string[], shown: (app: App) => Promise<unknown>): Promise<Round> {
	// The page opens what was open last; that must be the other one.
	await appDatabase().write((records) => records.delete('setting/openConversation'));
	const app = await openApp();
	const list = await app.find('[aria-label="Saved conversations"]');
	await app.find('[aria-label="Saved conversations"] li:nth-child(2)');
	// Everything the page loads when it is idle is there before the click.
	await new Promise((resolve) => setTimeout(resolve, 1000));
	const measured = await timed(async () => {
		list.querySelector<HTMLElement>('li:nth-child(2) [aria-describedby]')!.click(); // the row has just been found
		await shown(app);
		await painted();
	});
	app.close();
	const store = new Store(appDatabase());
	const floor = await timed(async () => {
		for (const sha256 of names) await (await store.loadAttachment(sha256))?.arrayBuffer();
	});
	return { measured, floor };
}

/** Until the conversation can be read and edited. */
export const openImages: Bench = {
	what: 'open a conversation with 30 MB of images',
	floor: 'reading their bytes',
	limit: { ratio: 2 },
	async prepare() {
		const names = await fill();
		return () => open(names, (app) => app.find(`.turn:has([aria-label="Replace image"])`));
	},
};

/** Until each of its images is drawn, too, which includes decoding them all. */
export const drawImages: Bench = {
	what: '… until all 20 are drawn',
	floor: 'reading their bytes',
	limit: null,
	async prepare() {
		const names = await fill();
		return () =>
			open(names, async (app) => {
				while (app.view.document.querySelectorAll('.turn img').length < IMAGES)
					await new Promise(requestAnimationFrame);
			});
	},
};
