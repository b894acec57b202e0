import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Locator, type Page, type Request } from '@playwright/test';

/** A request as the local API got it. */
export interface Received {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** A server on this machine that stands for the API: it keeps what it gets, and answers as it is told. */
export interface LocalApi {
	readonly url: string;
	/** The requests that were no preflights, in their order. */
	readonly received: Received[];
	/** How the next requests are answered; a message that says "Hello from here" until told otherwise. */
	answer: (response: ServerResponse, request: Received) => void;
}

export const message = (text: string) => ({
	id: 'msg_local',
	type: 'message',
	role: 'assistant',
	model: 'claude-sonnet-4-5',
	content: [{ type: 'text', text }],
	stop_reason: 'end_turn',
	stop_sequence: null,
	usage: { input_tokens: 12, output_tokens: 6 },
});

export const event = (name: string, data: object) =>
	`event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`;

/** The beginning of a stream, up to and including its first words. */
export const streamStart = (words: string) =>
	event('message_start', { message: { ...message(''), content: [], stop_reason: null } }) +
	event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
	event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: words } });

/** What lets a page of another origin read an answer: https://fetch.spec.whatwg.org/#http-cors-protocol */
export const cors = {
	'access-control-allow-origin': '*',
	'access-control-allow-headers':
		'x-api-key, anthropic-version, anthropic-beta, content-type, anthropic-dangerous-direct-browser-access, x-lesson',
	'access-control-expose-headers': '*',
};

async function startApi(): Promise<{ api: LocalApi; server: Server }> {
	const received: Received[] = [];
	const api: LocalApi = {
		url: '',
		received,
		answer: (response) => {
			response.writeHead(200, { ...cors, 'content-type': 'application/json', 'request-id': 'req_local' });
			response.end(JSON.stringify(message('Hello from here')));
		},
	};
	const server = createServer((request, response) => {
		if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const { method = '', url: path = '', headers } = request;
			const got = { method, path, headers, body: Buffer.concat(parts).toString('utf8') };
			received.push(got);
			api.answer(response, got);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo; // a TCP server's address has this form
	return { api: Object.assign(api, { url: `http://127.0.0.1:${port}` }), server };
}

/** The page, by the names it promises. */
export class Playground {
	readonly library: Locator;
	readonly request: Locator;
	readonly response: Locator;
	readonly status: Locator;

	constructor(readonly page: Page) {
		this.library = page.getByRole('navigation', { name: 'Library' });
		this.request = page.getByRole('region', { name: 'Request', exact: true });
		this.response = page.getByRole('region', { name: 'Response', exact: true });
		this.status = page.getByRole('status');
	}

	/** Open the page for the first time, and wait until the first example has been run. */
	async visit(): Promise<void> {
		await this.page.goto('./');
		await expect(this.status).toHaveText(/^Finished/);
	}

	async open(example: string): Promise<void> {
		await this.library
			.getByRole('list', { name: 'Examples' })
			.getByRole('button', { name: example, exact: true })
			.click();
	}

	/** Run the request, and wait until it has ended: the page says so, whatever the ending. */
	async run(): Promise<void> {
		await this.request.getByRole('button', { name: 'Run', exact: true }).click();
		await this.ended();
	}

	async ended(): Promise<void> {
		await expect(this.request.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
	}

	async show(view: 'Form' | 'JSON' | 'Code'): Promise<void> {
		await this.request.getByRole('tab', { name: view, exact: true }).click();
	}

	async read(view: 'Read' | 'JSON' | 'Stream' | 'Headers'): Promise<void> {
		await this.response.getByRole('tab', { name: view, exact: true }).click();
	}

	/** Type a number over the one that is there, as a person would. */
	async enter(field: Locator, number: string): Promise<void> {
		await field.press('ControlOrMeta+a');
		await field.pressSequentially(number);
	}

	turn(name: string): Locator {
		return this.request.getByRole('group', { name, exact: true });
	}

	/** Drop a picture on a turn: 500 × 500 pixels drawn at random, about 750 kB. Gives the base64 of its file. */
	async dropPicture(turn: string): Promise<string> {
		const carried = await this.page.evaluateHandle(async () => {
			const canvas = new OffscreenCanvas(500, 500);
			const context = canvas.getContext('2d')!; // there is no other yet
			const { data } = context.createImageData(500, 500);
			for (let start = 0; start < data.length; start += 65_536)
				crypto.getRandomValues(data.subarray(start, start + 65_536));
			for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
			context.putImageData(new ImageData(data, 500), 0, 0);
			const transfer = new DataTransfer();
			transfer.items.add(new File([await canvas.convertToBlob()], 'noise.png', { type: 'image/png' }));
			return transfer;
		});
		await this.turn(turn).dispatchEvent('drop', { dataTransfer: carried });
		return carried.evaluate(async (transfer) => {
			const bytes = new Uint8Array(await transfer.files[0]!.arrayBuffer()); // put in above
			return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
		});
	}

	async sendTo(baseUrl: string): Promise<void> {
		await this.page.getByRole('combobox', { name: 'API', exact: true }).selectOption('Custom');
		await this.page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
	}

	/** All that the page shows, and its address: also what is typed in its fields. */
	async shown(): Promise<string> {
		const fields = await this.page
			.locator('input, textarea')
			.evaluateAll((fields: (HTMLInputElement | HTMLTextAreaElement)[]) => fields.map(({ value }) => value));
		return [this.page.url(), await this.page.content(), ...fields].join('\n');
	}

	/** The file that "Export everything" gives. */
	async exportEverything(): Promise<string> {
		const downloading = this.page.waitForEvent('download');
		await this.library.getByRole('button', { name: 'Export everything' }).click();
		return readFile(await (await downloading).path(), 'utf8');
	}

	/** The keys of all records, of whatever database, that hold `text`. */
	recordsWith(text: string): Promise<string[]> {
		return this.page.evaluate(async (text) => {
			const found: string[] = [];
			for (const { name } of await indexedDB.databases()) {
				const database = await new Promise<IDBDatabase>((resolve, reject) => {
					const opening = indexedDB.open(name ?? '');
					opening.onsuccess = () => resolve(opening.result);
					opening.onerror = () => reject(new Error('The database does not open.'));
				});
				for (const storeName of database.objectStoreNames) {
					const store = database.transaction(storeName).objectStore(storeName);
					const done = <T>(request: IDBRequest<T>) =>
						new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
					const [keys, values] = await Promise.all([
						done(store.getAllKeys()),
						done(store.getAll() as IDBRequest<unknown[]>),
					]);
					values.forEach((value, index) => {
						const bytes = (_name: string, inner: unknown) =>
							inner instanceof Uint8Array ? new TextDecoder().decode(inner) : inner;
						if (JSON.stringify(value, bytes).includes(text)) found.push(keys[index] as string); // every key we write is one
					});
				}
				database.close();
			}
			return found;
		}, text);
	}

	async giveKey(key: string, place = 'In this tab only', passphrase = ''): Promise<void> {
		await this.page.getByRole('button', { name: 'API key' }).click();
		const dialog = this.page.getByRole('dialog', { name: 'API key' });
		await dialog.getByRole('textbox', { name: 'API key' }).fill(key);
		await dialog.getByRole('radio', { name: place, exact: true }).check();
		for (const field of await dialog.getByLabel(/^Passphrase/).all()) await field.fill(passphrase);
		await dialog.getByRole('button', { name: 'Save' }).click();
		await expect(dialog).toBeHidden();
	}
}

/** What has left the page for anyone but the local API: requests with their headers and bodies, and words in the console. */
export type Leaks = () => Promise<string>;

interface Fixtures {
	readonly playground: Playground;
	readonly leaks: Leaks;
	readonly api: LocalApi;
	/** What a journey expects the browser to complain about; anything else fails it. */
	readonly expectedErrors: RegExp[];
}

export const test = base.extend<Fixtures>({
	expectedErrors: async ({}, use) => use([]), // eslint-disable-line no-empty-pattern -- Playwright reads the fixtures from the pattern
	// eslint-disable-next-line no-empty-pattern -- as above
	api: async ({}, use) => {
		const { api, server } = await startApi();
		await use(api);
		server.closeAllConnections();
		server.close();
	},
	leaks: async ({ page, api }, use) => {
		const said: string[] = [];
		const requests: Request[] = [];
		page.on('console', (message) => said.push(message.text()));
		page.on('pageerror', (error) => said.push(String(error.stack)));
		page.on('request', (request) => !request.url().startsWith(api.url) && requests.push(request));
		await use(async () => {
			const sent = requests.map(async (request) => {
				// Those of workers and of pages that are gone have no more headers than these.
				const headers = await request.allHeaders().catch(() => request.headers());
				return JSON.stringify([request.url(), headers, request.postData()]);
			});
			return [...said, ...(await Promise.all(sent))].join('\n');
		});
	},
	/** Every journey also asserts that nothing was blocked or broke, and that no request left for anywhere else. */
	playground: async ({ page, expectedErrors, baseURL }, use) => {
		const problems: string[] = [];
		const foreign: string[] = [];
		const local = ['127.0.0.1', 'localhost', 'api.anthropic.com', new URL(baseURL!).hostname]; // the configuration has it
		const note = (text: string) => {
			if (!expectedErrors.some((expected) => expected.test(text))) problems.push(text);
		};
		page.on('console', (said) => said.type() === 'error' && note(said.text()));
		// Firefox says here, too, what it blocked.
		page.on('pageerror', (error) => note(error.message));
		page.on('request', (request) => {
			const { protocol, hostname } = new URL(request.url());
			if (!local.includes(hostname) && protocol !== 'data:' && protocol !== 'blob:') foreign.push(request.url());
		});
		await use(new Playground(page));
		expect(problems).toEqual([]);
		expect(foreign).toEqual([]);
	},
});

export { expect };
