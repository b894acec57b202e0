import type { Conversation } from '../src/model/conversation';
import { databaseName, indexedDatabase, type Database } from '../src/store/database';

/** Where the built page stands, as the driver serves it. */
const address = new URL('../', location.href);

/** The database of the built page, which is of the same origin. */
export function appDatabase(): Database {
	return indexedDatabase(databaseName(address.pathname));
}

/** The built page, in a frame of its own. */
export interface App {
	readonly view: Window;
	/** The first element that `selector` finds, as soon as there is one. */
	find(selector: string): Promise<HTMLElement>;
	close(): void;
}

/** Open the built page in a frame as large as a screen. */
export async function openApp(): Promise<App> {
	const frame = document.createElement('iframe');
	frame.width = '1440';
	frame.height = '900';
	frame.src = address.href;
	document.body.append(frame);
	await new Promise((resolve) => frame.addEventListener('load', resolve));
	const view = frame.contentWindow!; // it has been loaded
	return {
		view,
		async find(selector) {
			for (;;) {
				const found = view.document.querySelector<HTMLElement>(selector);
				if (found) return found;
				await new Promise(requestAnimationFrame);
			}
		},
		close: () => frame.remove(),
	};
}

/** A saved conversation. */
export function conversationOf(id: string, title: string, text: string): Conversation {
	const at = new Date().toISOString();
	return {
		version: 1,
		id,
		revision: 1,
		title,
		named: true,
		pinned: false,
		createdAt: at,
		changedAt: at,
		text,
		apiVersion: '2023-06-01',
		headers: [],
		target: { kind: 'simulated' },
	};
}

/** A request of `count` turns of about `length` characters each, in which no rule finds anything. */
export function requestOf(count: number, length: number): string {
	const words = 'The quick brown fox jumps over the lazy dog and goes on. ';
	const content = words.repeat(Math.ceil(length / words.length)).slice(0, length - 1) + '.';
	const messages = Array.from({ length: count }, (_, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
	// It ends with the user's.
	if (count % 2 === 0) messages.pop();
	return JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1024, messages }, null, 2);
}

/** Throw away all that the built page has kept. */
export async function clear(): Promise<void> {
	const database = appDatabase();
	await database.write(async (records) => (await records.keys('')).forEach((key) => records.delete(key)));
}
