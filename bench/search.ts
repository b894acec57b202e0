import { fold, wordsIn } from '../src/model/search';
import { wordsOf } from '../src/model/words';
import { putWords, Store } from '../src/store/store';
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
				records.put(`conversation/${conversation.id}`, conversation);
				putWords(records, conversation);
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

function searchFor(what: string, query: string): Bench {
	return {
		what: `search 10,000 conversations for ${what}`,
		floor: 'includes over the same strings',
		limit: { ratio: 5 },
		async prepare() {
			const all = await fill();
			const { app, field } = await openSearch();
			return async () => {
				await search(app, field, query.slice(0, -1));
				const measured = await timed(() => search(app, field, query, query.length - 1));
				return { measured, floor: await timed(() => scan(all, query)) };
			};
		},
	};
}

export const searchRare = searchFor('a rare word', RARE);
export const searchCommon = searchFor('a word in all', COMMON);
export const searchTitle = searchFor('part of a title', 'conversation 99');
export const searchTwo = searchFor('two words', `${COMMON} ${RARE}`);

/** How long the page stands still while one types, letter by letter. */
export const searchTyping: Bench = {
	what: 'type a search: longest standstill',
	floor: 'a page that does nothing',
	limit: { milliseconds: 50 },
	async prepare() {
		await fill();
		const { app, field } = await openSearch();
		const type = async (query: string) => {
			for (let length = 1; length <= query.length; length++)
				await search(app, field, query.slice(0, length), length - 1);
		};
		return async () => ({
			measured: await longestStandstill(async () => {
				for (const query of [COMMON, 'conversation', RARE]) await type(query);
			}),
			floor: await longestStandstill(() => new Promise((resolve) => setTimeout(resolve, 300))),
		});
	},
};

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
