import type { RunHead } from '../src/model/saved';
import { indexedDatabase } from '../src/store/database';
import { Store } from '../src/store/store';
import { appDatabase, clear, conversationOf, openApp, requestOf } from './app';
import { timed, type Bench } from './bench';

const CONVERSATIONS = 10_000;
/** Every so many conversations one has a run. */
const RUN_EVERY = 20;

/** Fill the library, and give the store that keeps it. */
async function fill(): Promise<Store> {
	await clear();
	const database = appDatabase();
	const text = requestOf(11, 250);
	await database.write((records) => {
		for (let at = 0; at < CONVERSATIONS; at++) {
			const id = `c${at}`;
			records.put(`conversation/${id}`, conversationOf(id, `Conversation ${at}`, text));
			if (at % RUN_EVERY === 0) {
				records.put(`run/${id}/r`, runOf(id, text));
				records.put(`chunks/${id}/r`, { version: 1, chunks: [] });
			}
		}
	});
	const store = new Store(database);
	// The first reading writes the summaries.
	await store.listSummaries();
	return store;
}

function runOf(conversation: string, text: string): RunHead {
	return {
		version: 1,
		id: 'r',
		conversation,
		target: { kind: 'simulated' },
		startedAt: new Date().toISOString(),
		request: { method: 'POST', url: 'https://api.anthropic.com/v1/messages', headers: [], text, bytes: text.length },
		response: null,
		ending: { kind: 'stopped' },
		duration: 0,
	};
}

/** Open the library: from the start of the page's script to the first rows on the screen. */
export const openLibrary: Bench = {
	what: 'open a library of 10,000 conversations',
	floor: 'getAll of 10,000 summaries',
	limit: { ratio: 0.5 },
	async prepare() {
		const summaries = await (await fill()).listSummaries();
		const name = 'bench summaries';
		await indexedDatabase(name).write((records) => summaries.forEach((each) => records.put(each.id, each)));
		await visit();
		return async () => {
			const app = await openApp();
			await app.find('[aria-label="Saved conversations"] li');
			// It is found as a frame begins, the one that paints it: waiting for another to begin would count one too many, and
			// so would waiting behind what the page goes on with.
			await scheduler.postTask(() => undefined, { priority: 'user-blocking' });
			const shown = performance.timeOrigin + performance.now();
			const [script] = app.view.performance
				.getEntriesByType('resource')
				.filter((entry) => (entry as PerformanceResourceTiming).initiatorType === 'script');
			// Its last byte is here a moment before it starts, which counts against the page.
			const began = app.view.performance.timeOrigin + (script as PerformanceResourceTiming).responseEnd;
			app.close();
			return { measured: shown - began, floor: await timed(() => readAll(name)) };
		};
	},
};

/** Visit the page once, until it has taken note of how much it keeps: nobody has a library without having been here. */
async function visit(): Promise<void> {
	const app = await openApp();
	const noted = () => app.view.localStorage.getItem(`${appDatabase().name}/conversations`) === String(CONVERSATIONS);
	while (!noted()) await new Promise(requestAnimationFrame);
	app.close();
}

/** Every record of a database, as its own bare page would read them. */
function readAll(name: string): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name);
		opening.onerror = () => reject(opening.error!); // there is one when it failed
		opening.onsuccess = () => {
			const reading = opening.result.transaction('records').objectStore('records').getAll();
			reading.onsuccess = () => {
				opening.result.close();
				resolve(reading.result);
			};
		};
	});
}

/** Edits saved in a round. */
const EDITS = 20;

/** Save one edit: read what is there, compare, write it and its summary. */
export const saveEdit: Bench = {
	what: 'save an edit among 10,000 conversations',
	floor: 'put of the same record',
	limit: { ratio: 2 },
	async prepare() {
		const store = await fill();
		const bare = indexedDatabase('bench put');
		const conversation = conversationOf('c5000', 'Conversation 5000', requestOf(11, 250));
		let revision = 1;
		return async () => {
			let [measured, floor] = [0, 0];
			// One by itself takes now half and now ten times as long.
			for (let edits = 0; edits < EDITS; edits++) {
				measured += await timed(() => store.saveConversation(conversation, revision++));
				floor += await timed(() => bare.write((records) => records.put('c5000', conversation)));
			}
			return { measured: measured / EDITS, floor: floor / EDITS };
		};
	},
};
