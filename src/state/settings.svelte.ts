import { isJsonObject } from '../model/json';
import { API_VERSIONS } from '../model/target';
import type { Store } from '../store/store';
import type { CheckFor } from './check-for';

/** What the page remembers of how it was left. */
export interface SettingValues {
	readonly theme: 'system' | 'light' | 'dark';
	readonly requestView: 'form' | 'json' | 'code';
	readonly responseView: 'read' | 'json' | 'stream' | 'headers';
	/** Whether answers are shown with their markdown drawn. */
	readonly markdown: boolean;
	readonly libraryOpen: boolean;
	/** The pane that is folded away to leave its room to the other. */
	readonly folded: 'none' | 'request' | 'response';
	/** Sizes of the panes that were resized, by the name of the pane. */
	readonly paneWidths: Readonly<Record<string, number>>;
	/** The id of the conversation to open after a reload. */
	readonly openConversation: string | null;
	readonly exportTarget: string;
	/** Whether code reads images from files or holds them. */
	readonly exportImages: 'file' | 'inline';
	/** How many runs of a conversation are kept, beside the pinned ones. */
	readonly runsKept: number;
	/** The id of the way in which the simulated API behaves. */
	readonly scenario: string;
	/** What the simulated API's choices start from: the same seed, the same answers. */
	readonly seed: number;
	/** What the findings hold for, where it is not the request as it is sent. */
	readonly checkFor: CheckFor;
}

const defaults: SettingValues = {
	theme: 'system',
	requestView: 'form',
	responseView: 'read',
	markdown: false,
	libraryOpen: true,
	folded: 'none',
	paneWidths: {},
	openConversation: null,
	exportTarget: 'curl',
	exportImages: 'file',
	runsKept: 50,
	scenario: 'ordinary',
	seed: 1,
	checkFor: { model: null, apiVersion: null },
};

/** Which saved values are taken; any other falls back to the default. */
const checks: { readonly [Name in keyof SettingValues]: (value: unknown) => value is SettingValues[Name] } = {
	theme: oneOf('system', 'light', 'dark'),
	requestView: oneOf('form', 'json', 'code'),
	responseView: oneOf('read', 'json', 'stream', 'headers'),
	markdown: isBoolean,
	libraryOpen: isBoolean,
	folded: oneOf('none', 'request', 'response'),
	paneWidths: (value): value is Record<string, number> =>
		typeof value === 'object' && value !== null && Object.values(value).every((width) => width > 0 && width < Infinity),
	openConversation: (value): value is string | null => value === null || typeof value === 'string',
	exportTarget: (value): value is string => typeof value === 'string',
	exportImages: oneOf('file', 'inline'),
	runsKept: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 1,
	scenario: (value): value is string => typeof value === 'string',
	seed: (value): value is number => Number.isSafeInteger(value),
	checkFor: (value): value is CheckFor =>
		isJsonObject(value) &&
		(value.model === null || typeof value.model === 'string') &&
		(value.apiVersion === null || API_VERSIONS.some((version) => version === value.apiVersion)),
};

/** The settings, kept from one visit to the next. */
export class Settings {
	#values = $state.raw(defaults);
	/** As they were last read. */
	#known = defaults;
	readonly #store: Store;

	constructor({ store }: { readonly store: Store }) {
		this.#store = store;
	}

	get values(): SettingValues {
		return this.#values;
	}

	/** Take over what was saved. Rejects when the database cannot be read; the defaults stand then. */
	async load(): Promise<void> {
		this.#values = this.#known = await this.#read();
	}

	/** Take over what another tab has set of that which holds for all of them; how a tab was left is its own. */
	async follow(): Promise<void> {
		const before = this.#known;
		this.#known = await this.#read().catch(() => before);
		// What could not be remembered holds on this page all the same.
		for (const name of ['theme', 'runsKept'] as const)
			if (this.#known[name] !== before[name]) this.#values = { ...this.#values, [name]: this.#known[name] };
	}

	async #read(): Promise<SettingValues> {
		const saved = await this.#store.settings();
		const good = [...saved].filter(([name, value]) => isName(name) && checks[name](value));
		return { ...defaults, ...Object.fromEntries(good) };
	}

	/** Change some values. Gives whether they will be remembered; on this page they hold either way. */
	async set(change: Partial<SettingValues>): Promise<boolean> {
		this.#values = { ...this.#values, ...change };
		const writes = Object.entries(change).map(([name, value]) => this.#store.setSetting(name, value));
		return (await Promise.all(writes)).every(({ kind }) => kind === 'saved');
	}
}

function isName(name: string): name is keyof SettingValues {
	return Object.hasOwn(defaults, name);
}

function isBoolean(value: unknown): value is boolean {
	return typeof value === 'boolean';
}

function oneOf<const T extends string>(...values: readonly T[]): (value: unknown) => value is T {
	return (value): value is T => values.some((known) => known === value);
}
