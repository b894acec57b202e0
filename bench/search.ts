import { fold, wordsIn } from '../src/model/search';
import { wordsOf } from '../src/model/words';
import { Store } from '../src/store/store';
import { appDatabase, clear, conversationOf, openApp, type App } from './app';
import { longestStandstill, painted, timed, type Bench } from './bench';

const CONVERSATIONS = 10_000;
/** In every one, and … */
const COMMON = 'the';
/** … in one of so many. */
const RARE = 'needle';
const RARE_EVERY = 1000;
/** Makes 3 kB of each. */
const WORDS = 430;

/** What is searched of a conversation, folded. */
interface Folded {
	readonly title: string;
	readonly text: string;
}

/** Fill the library with conversations that say different things, and give what is searched of them. */
async function fill(): Promise<readonly Folded[]> {
	await clear();
	const random = generator(1);
	const vocabulary = Array.from({ length: 5000 }, () => wordOf(random));
	const all: Folded[] = [];
	const write = async (from: number) =>
		appDatabase().write((records) => {
			for (let at = from; at < from + CONVERSATIONS / 10; at++) {
				const words = Array.from({ length: WORDS }, () => vocabulary[random() % vocabulary.length]!); // within it
				words[random() % 40] = COMMON;
				if (at % RARE_EVERY === 0) words[WORDS / 2] = RARE;
				const text = JSON.stringify({ messages: [{ role: 'user', content: words.join(' ') }] });
				const conversation = conversationOf(crypto.randomUUID(), `Conversation ${at}`, text);
				const { id, changedAt } = conversation;
				records.put(`conversation/${id}`, conversation);
				records.put(`words/${id}`, { version: 1, changedAt, words: wordsOf(text) });
				all.push({ title: fold(conversation.title), text: fold(wordsOf(text)) });
			}
		});
	for (let from = 0; from < CONVERSATIONS; from += CONVERSATIONS / 10) await write(from);
	// The first reading writes the summaries.
	await new Store(appDatabase()).listSummaries();
	return all;
}

/** Gives numbers that look drawn by lot and are the same in every run. */
function generator(seed: number): () => number {
	let state = seed;
	return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8;
}

function wordOf(random: () => number): string {
	const syllables = ['ba', 'co', 'di', 'fe', 'gu', 'ka', 'lo', 'mi', 'nu', 'pe', 'ra', 'so', 'ti', 'vu', 'ze', 'en'];
	return Array.from({ length: 2 + (random() % 3) }, () => syllables[random() % syllables.length]).join('');
}

/** How many hold all words of `query`: the least a search could do. */
function scan(all: readonly Folded[], query: string): number {
	const words = wordsIn(query);
	let found = 0;
	for (const { title, text } of all) if (words.every((word) => title.includes(word) || text.includes(word))) found++;
	return found;
}

/** The built page with the search field in use, after its first search: the words have been read. */
async function openSearch(): Promise<{ readonly app: App; readonly field: HTMLInputElement }> {
	const app = await openApp();
	const field = (await app.find('[type=search]')) as HTMLInputElement; // by its type
	await searchAll(app, field);
	return { app, field };
}

/** Search for the rare word until nothing more is found. */
async function searchAll(app: App, field: HTMLInputElement): Promise<void> {
	await search(app, field, RARE);
	const told = app.view.document.querySelector('nav [aria-live]')!; // beside what has been found
	while (told.textContent !== `${CONVERSATIONS / RARE_EVERY} conversations found`) await painted();
}

/** Enter `text` as if it had been typed over what the field holds from `from` on, and wait for what it finds to be painted. */
async function search({ view }: App, field: HTMLInputElement, query: string, from = 0): Promise<void> {
	const last = wordsIn(query).at(-1);
	const shown = () =>
		[...view.document.querySelectorAll('nav mark')].some(({ textContent }) => fold(textContent) === last);
	field.focus();
	field.setSelectionRange(from, field.value.length);
	const found = new Promise<void>((resolve) => {
		const observer = new (view as typeof window).MutationObserver(() => {
			if (!shown()) return;
			observer.disconnect();
			resolve();
		});
		observer.observe(view.document.querySelector('nav')!, { subtree: true, childList: true, characterData: true });
	});
	// Obsolete, and the only way to type from within a page.
	view.document.execCommand('insertText', false, query.slice(from));
	await found;
	await painted();
}

/** Queries of every kind, and what each is an example of. */
const queries = {
	'a rare word': RARE,
	'a word in all': COMMON,
	'part of a word in all': COMMON.slice(0, -1),
	'part of a title': 'conversation 99',
	'two words': `${COMMON} ${RARE}`,
};

function searchFor(what: string, sought: readonly string[], limit: Bench['limit'] = null): Bench {
	return {
		what: `search 10,000 conversations for ${what}`,
		floor: 'includes over the same strings',
		limit,
		async prepare() {
			const all = await fill();
			const { app, field } = await openSearch();
			return async () => {
				let [measured, floor] = [0, 0];
				for (const query of sought) {
					await search(app, field, query.slice(0, -1));
					measured += await timed(() => search(app, field, query, query.length - 1));
					floor += await timed(() => scan(all, query));
				}
				return { measured: measured / sought.length, floor: floor / sought.length };
			};
		},
	};
}

/**
 * From the key press that ends a query to the results on the screen. What all have is found at their beginnings: a scan of
 * 2 milliseconds, which nothing can show within 10, since the screen has a new frame only every 17 and the key press may
 * come at the beginning of one. So each may take one frame beyond five times the scan, and the mean of all may not.
 */
export const searches: readonly Bench[] = [
	searchFor('something', Object.values(queries), { ratio: 5 }),
	...Object.entries(queries).map(([what, query]) => searchFor(what, [query], { ratio: 5, frames: 1 })),
];

/** The least of what a search does that is not searching: a key, a word with a worker, a word on the screen. */
export const emptySearch: Bench = {
	what: 'a key press, a worker and a paint with no search',
	floor: 'a paint',
	limit: null,
	prepare() {
		const source = 'onmessage = () => postMessage(0);';
		const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
		const field = document.body.appendChild(document.createElement('input'));
		const told = document.body.appendChild(document.createElement('p'));
		const trip = async () => {
			field.focus();
			// As in a search.
			document.execCommand('insertText', false, 'a');
			await new Promise((resolve) => {
				worker.onmessage = resolve;
				worker.postMessage(0);
			});
			told.textContent = field.value;
			await painted();
		};
		return Promise.resolve(async () => {
			await painted();
			return { measured: await timed(trip), floor: await timed(painted) };
		});
	},
};

/** How long the page stands still while `work` goes on with a search of everything. */
function standstill(what: string, work: (app: App, field: HTMLInputElement) => Promise<void>): Bench {
	return {
		what: `${what}: longest standstill`,
		floor: 'a page that does nothing',
		limit: { milliseconds: 50 },
		async prepare() {
			await fill();
			const { app, field } = await openSearch();
			return async () => ({
				measured: await longestStandstill(() => work(app, field)),
				floor: await longestStandstill(async () => {
					for (let frame = 0; frame < 30; frame++) await painted();
				}),
			});
		},
	};
}

export const searchTyping = standstill('type a search', async (app, field) => {
	for (const query of [COMMON, 'conversation', RARE])
		for (let length = 1; length <= query.length; length++) await search(app, field, query.slice(0, length), length - 1);
});

export const searchScrolling = standstill('scroll through 10,000 results', async (app, field) => {
	// The same search again would change nothing that could be waited for.
	if (field.value !== COMMON) await search(app, field, COMMON);
	const scroller = app.view.document.querySelector('[aria-label="Saved conversations"]')!.parentElement!; // it has results
	for (let step = 1; step <= 30; step++) {
		scroller.scrollTop = (scroller.scrollHeight * step) / 31;
		await painted();
	}
});

/** The first search of a visit, for which all words are read; from the key press to all it finds. */
export const searchFirst: Bench = {
	what: 'search 10,000 conversations for the first time',
	floor: 'getAll of the same words',
	limit: null,
	async prepare() {
		await fill();
		return async () => {
			const app = await openApp();
			const field = (await app.find('[type=search]')) as HTMLInputElement; // by its type
			await app.find('[aria-label="Saved conversations"] li');
			const measured = await timed(() => searchAll(app, field));
			app.close();
			return { measured, floor: await timed(() => appDatabase().read((records) => records.range('words/'))) };
		};
	},
};
