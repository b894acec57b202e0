import { mount } from 'svelte';
import { createSend, type Send, type World } from './api/send';
import type { later } from './later';
import { examples, shippedPictures } from './lessons/examples';
import { recordingIn } from './model/recorded-scenario';
import type { Recording } from './model/recording';
import type { ReplayOf, Run } from './model/run';
import { findScenario } from './simulator/scenarios/find';
import { createSimulator, SIMULATED_TODAY } from './simulator/simulator';
import { Attachments } from './state/attachments.svelte';
import { createClock } from './state/clock';
import { Disk } from './state/disk.svelte';
import { KeyRing } from './state/key-ring.svelte';
import { Library } from './state/library.svelte';
import { Notes } from './state/notes';
import { Playground } from './state/playground.svelte';
import { Settings } from './state/settings.svelte';
import { databaseName } from './store/database';
import { openStore } from './store/store';
import App from './ui/App.svelte';
import './ui/tokens.css';
import './ui/base.css';

/** Origins beside Anthropic's and the local machine's that this build may talk to. */
declare const __API_ORIGINS__: readonly string[];

/** Milliseconds since the epoch, on a clock that never goes back; for measuring how long something takes. */
const now = () => performance.timeOrigin + performance.now();
/** 128 bits that nobody else has; `randomUUID` is missing on pages without https. */
const newId = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
/** The same for saying when something was, also after the computer has slept. */
const wallClock = createClock(now, () => Date.now());

/** Wait, or reject as soon as `signal` is aborted. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer);
			reject(signal.reason as Error); // what a browser's own fetch rejects with
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		}, milliseconds);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
}

/** Remember which addresses the page's own policy blocked: the failed fetch itself does not say. */
function watchPolicy(): (url: string) => boolean {
	const blocked = new Set<string>();
	document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
		if (effectiveDirective === 'connect-src' && URL.canParse(blockedURI)) blocked.add(new URL(blockedURI).origin);
	});
	return (url) => URL.canParse(url) && blocked.has(new URL(url).origin);
}

/** The real world and the simulated one: they differ in their `fetch` alone. */
function worlds(
	settings: Settings,
	findRecording: (id: string) => Promise<Recording | null>,
): { readonly real: World; readonly simulated: World } {
	const world = {
		now,
		framed: () => window.self !== window.top,
		online: () => navigator.onLine,
		policyBlocked: watchPolicy(),
	};
	const simulator = createSimulator({
		now,
		wait,
		settings: async () => ({ seed: settings.values.seed, scenario: await findScenario(settings.values.scenario) }),
		workers: () => import('./state/start-worker'),
	});
	/** What was replayed is told by the answers themselves, of which no header may speak. */
	const replayed = new WeakMap<Response, ReplayOf>();
	/** The simulated API, or the recording that is chosen in the place of its messages. */
	async function simulated(input: string | URL | Request, init?: RequestInit): Promise<Response> {
		const isMessage = typeof input === 'string' && input.endsWith('/v1/messages');
		const id = isMessage ? recordingIn(settings.values.scenario) : null;
		const recording = id === null ? null : await findRecording(id);
		if (!recording) return simulator(input, init);
		const { replay } = await import('./simulator/replay');
		const response = await replay(recording, { now, wait }, init?.signal ?? new AbortController().signal);
		const { name, recordedAt } = recording;
		replayed.set(response, { name, recordedAt });
		return response;
	}
	return {
		real: { ...world, fetch: (input, init) => fetch(input, init) },
		simulated: { ...world, fetch: simulated, replayOf: (response) => replayed.get(response) },
	};
}

/** Call back when the page has nothing better to do, or has been busy for half a second. */
function idle(callback: () => void): void {
	if ('requestIdleCallback' in window) requestIdleCallback(callback, { timeout: 500 });
	else setTimeout(callback);
}

/** Missing on pages without https. */
function storageManager(): StorageManager | undefined {
	return 'storage' in navigator ? navigator.storage : undefined;
}

/** Missing on pages without https. */
const locks = 'locks' in navigator ? navigator.locks : undefined;

/** Null where the browser does not let the page use it, and throws already at the name. */
function findLocalStorage(): Storage | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}

/** Call back in this many milliseconds, unless what is given back is called first. */
function after(milliseconds: number, run: () => void): () => void {
	const timer = setTimeout(run, milliseconds);
	return () => clearTimeout(timer);
}

/** Build the page. Here and in `later.ts`, which goes on with it, every room is known. */
async function start(): Promise<void> {
	const name = databaseName(location.pathname);
	const local = findLocalStorage();
	const disk = new Disk({ name, storage: storageManager(), notes: local });
	// The list is among the first things painted: where there is one, what shows it comes while the database is opened.
	const loadSaved = () => import('./ui/library/Saved.svelte');
	// Whether it can be loaded is found out where it is needed.
	if (disk.expected > 0) void loadSaved().catch(() => undefined);
	const store = await openStore({ name });
	const channel = (name: string) => new BroadcastChannel(`${store.name}/${name}`);
	const settings = new Settings({ store });
	// By the clock on the wall: the other may stand still while the computer sleeps.
	const keyRing = new KeyRing({ store, channel: channel('key'), now: () => Date.now(), after });
	const attachments = new Attachments({ store, shipped: shippedPictures, fetch: (url) => fetch(url) });
	// Where nothing outlives the page, nothing is left behind.
	const notes = new Notes(store.kept ? local : null, name);
	const library = new Library({
		store,
		notes,
		...(locks && { locks }),
		channel: channel('library'),
		now: wallClock,
		newId,
		after,
	});
	const list = library.start().then(() => (library.summaries[0] ? loadSaved() : undefined));
	// What cannot be read is told by the page; it works with what there is.
	const [, , listed] = await Promise.allSettled([settings.load(), keyRing.load(), list]);
	let built: ReturnType<typeof later> | null = null;
	const build = async () => {
		const { later } = await import('./later');
		const { database } = store;
		const onmodels = () => playground.review.look();
		const running = (): Run | null => playground.exchange.catchUp();
		const world = { real, simulated, now, newId, after, onmodels };
		return (built ??= later({ database, library, attachments, keyRing, disk, notes, locks, running, ...world }));
	};
	const { real, simulated } = worlds(settings, async (id) => (await build()).recordings.toPlay(id));
	const sends = { real: createSend(real), simulated: createSend(simulated) };
	const send: Send = (outgoing, ...rest) =>
		sends[outgoing.target.kind === 'simulated' ? 'simulated' : 'real'](outgoing, ...rest);
	const playground = new Playground({
		library,
		attachments,
		keyRing,
		settings,
		send,
		examples,
		simulatedToday: SIMULATED_TODAY,
		loadScenarios: async () => (await import('./simulator/scenarios/every-scenario')).scenarios,
		now,
		newId,
		loadTransfer: async () => (await build()).transfer,
		loadHousekeeping: async () => (await build()).housekeeping,
		loadCatalogue: async () => (await build()).catalogue,
		loadRecordings: async () => (await build()).recordings,
		disk,
		frame: (callback) => requestAnimationFrame(callback),
		idle,
		after,
	});
	const opening = playground.start();
	const saved = listed.status === 'fulfilled' ? listed.value : undefined;
	mount(App, { target: document.querySelector('#app')!, props: { playground, origins: __API_ORIGINS__, saved } }); // in index.html
	await opening;
	await library.readAll();
	// In vain when the connection is gone: each part is asked for again when it is needed, or at another visit.
	idle(
		() =>
			void Promise.allSettled([
				playground.loadCatalogue(),
				import('./ui/preload').then(({ preload }) => preload()),
				build().then(({ housekeeping }) => housekeeping.begin()),
			]),
	);
}

/** Say why the page is empty, if it is. What goes wrong after it was built is the page's own to tell. */
function tell(error: unknown): never {
	const app = document.querySelector('#app')!; // in index.html
	if (!app.firstChild) app.textContent = `Messages Playground could not start in this browser. ${String(error)}`;
	throw error;
}

void start().catch(tell);
