import type { Imported } from '../export/import/call';
import { recognise, withoutKeysIn } from '../export/import/recognise';
import { writeValue } from '../export/import/value';
import { problemOfBaseUrl } from '../model/base-url';
import { readDraft } from '../model/draft';
import { isJsonObject, parsed } from '../model/json';
import { lastFour } from '../model/key';
import { ANTHROPIC_ORIGIN } from '../model/target';
import type { Content } from './library.svelte';

interface Needs {
	/** How the open conversation is sent, which stays where the import does not say otherwise. */
	readonly sending: () => Omit<Content, 'text'>;
	/** Origins beside Anthropic's and the local machine's that this build may talk to. */
	readonly origins: () => readonly string[];
}

/** A file that was given: its text, or the `problem` why there is none, as a sentence. */
export interface GivenFile {
	readonly name: string;
	readonly text: string;
	readonly problem: string;
}

/** A file as it was understood: the requests in it, and what it is, or why it is not taken, as a sentence. */
interface ReadFile extends GivenFile {
	readonly requests: readonly FoundRequest[];
	readonly what: string;
}

type FoundRequest = Imported & { readonly file?: string };

/** What was pasted, dropped or picked: one text or several files, the requests in it, and what is filled in for their holes. */
export class Pasted {
	/** Not in reactive state, from where they could find their way into the page. */
	#keys: readonly string[] = [];
	#keyEnds = $state.raw<readonly string[]>([]);
	#source = $state.raw('');
	#files = $state.raw<readonly GivenFile[]>([]);
	#chosen = $state(0);
	#filled = $state.raw<ReadonlyMap<string, string>>(new Map());
	readonly #needs: Needs;

	/** What the text is; null while there is none. */
	readonly understood = $derived.by(() => (this.#source.trim() === '' ? null : recognise(this.#source)));
	/** Whether it is an export of this page, which is for the library to take in. */
	readonly isExport = $derived.by(() => this.understood?.kind === 'unknown' && isExport(this.#source));
	/** Several files that were given at once, each read by itself; none where there is one text. */
	readonly files = $derived.by<readonly ReadFile[]>(() => this.#files.map(understoodFile));
	/** Every request that was found. */
	readonly requests = $derived.by<readonly FoundRequest[]>(() =>
		this.understood?.kind === 'requests' ? this.understood.requests : this.files.flatMap((file) => file.requests),
	);
	/** The one that is looked at. */
	readonly request = $derived.by(() => this.requests[this.#chosen] ?? this.requests[0]);
	/** The names of its holes. */
	readonly holes = $derived.by(() => [...new Set(this.request?.holes.map(({ name }) => name))]);
	/** What it is as a conversation, with what has been filled in. */
	readonly content = $derived.by<Content>(() =>
		this.request ? this.#contentOf(this.request) : { ...this.#needs.sending(), text: '' },
	);
	/** What its address is not taken for, as a sentence; null where it is. */
	readonly problem = $derived.by(() => {
		const { baseUrl } = this.request ?? {};
		return baseUrl ? problemOfBaseUrl(baseUrl, this.#needs.origins()) : null;
	});
	/** Whether every request is one by now: a whole one may be still to be filled in. */
	readonly complete = $derived.by(() => this.contents.every(({ text }) => readDraft(text).kind === 'valid'));

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	get source(): string {
		return this.#source;
	}
	/** Which request is looked at. */
	get chosen(): number {
		return this.#chosen;
	}
	/** What has been filled in, by the names of holes. */
	get filled(): ReadonlyMap<string, string> {
		return this.#filled;
	}
	/** The last four characters of each key that was found. */
	get keyEnds(): readonly string[] {
		return this.#keyEnds;
	}
	/** Every request as a conversation. */
	get contents(): readonly Content[] {
		return this.requests.map((request) => this.#contentOf(request));
	}

	/** The key that ends with `keyEnds[index]`. */
	keyAt(index: number): string | undefined {
		return this.#keys[index];
	}

	/** Give a text without the keys in it, which are kept here. */
	withoutKey(text: string): string {
		const taken = withoutKeysIn(text);
		this.#keys = [...new Set([...this.#keys, ...taken.keys])];
		this.#keyEnds = this.#keys.map(lastFour);
		return taken.text;
	}

	/** Read a text, in which keys that were not taken out before stay. */
	read(text: string): void {
		this.#source = text;
		this.#files = [];
		this.#chosen = 0;
		this.#filled = new Map();
	}

	/** Read files: one like a text, several each by itself. */
	readFiles(files: readonly GivenFile[]): void {
		const [first, ...more] = files;
		this.read(first && more.length === 0 && !first.problem ? first.text : '');
		if (this.#source === '') this.#files = files;
	}

	choose(index: number): void {
		this.#chosen = index;
	}

	/** Fill in a hole. */
	fill(name: string, value: string): void {
		this.#filled = new Map(this.#filled).set(name, value);
	}

	#contentOf({ body, apiVersion, headers, baseUrl }: Imported): Content {
		const sending = this.#needs.sending();
		// The simulated API stands for Anthropic's own; which of the two is asked stays the user's choice.
		const stays = !baseUrl || baseUrl === ANTHROPIC_ORIGIN || problemOfBaseUrl(baseUrl, this.#needs.origins()) !== null;
		return {
			text: writeValue(body, (name) => this.#filled.get(name) || undefined),
			apiVersion: apiVersion ?? sending.apiVersion,
			headers: headers ?? sending.headers,
			target: stays ? sending.target : { kind: 'custom', baseUrl },
		};
	}
}

/** Whether `text` says so itself, in whatever order its fields stand. */
function isExport(text: string): boolean {
	const value = parsed(text);
	return isJsonObject(value) && value.format === 'messages-playground';
}

function understoodFile(file: GivenFile): ReadFile {
	const refused = (why: string) => ({ ...file, requests: [], what: `It was not taken. ${why}` });
	if (file.problem) return refused(file.problem);
	const read = recognise(file.text);
	if (read.kind === 'unknown') return refused(`Line ${read.line}, column ${read.column}: ${read.reason}`);
	if (read.kind === 'error') return refused('It is an error of the API, and nothing to import.');
	return { ...file, requests: read.requests.map((request) => ({ ...request, file: file.name })), what: read.what };
}
