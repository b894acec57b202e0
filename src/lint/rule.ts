import type { AttachmentFacts } from '../model/attachment';
import type { JsonObject, JsonPath, JsonValue } from '../model/json';
import type { Model } from '../model/models';
import type { Header } from '../model/run';
import type { ApiVersion } from '../model/target';

/** What a rule foresees: the API refuses the request, takes it but reads it differently, or does something unexpected. */
export type Severity = 'rejected' | 'changed' | 'surprising';

/** What a rule looks at: a request, and the circumstances under which it would be sent. */
export interface Context {
	readonly request: JsonObject;
	readonly apiVersion: ApiVersion;
	/** Headers the user adds, `anthropic-beta` among them. */
	readonly headers: readonly Header[];
	/** The model the request names; null when it is unknown, and nothing can be said of what it takes. */
	readonly model: Model | null;
	/** The models to choose another from; those of this page's own table when absent. */
	readonly models?: readonly Model[];
	/** What is known of the attachments that it refers to, by their SHA-256: null where that is nothing. */
	readonly attachments?: ReadonlyMap<string, AttachmentFacts | null>;
	/** The places whose name is written more than once in its object; absent where only the values are known. */
	readonly duplicates?: readonly JsonPath[];
	/** About how many tokens its prompt is; absent where nobody has estimated it. */
	readonly tokens?: number;
	/** The length of the body as it would be sent; absent where that is unknown. */
	readonly bytes?: number;
	/** The day it is sent, as YYYY-MM-DD: models come and go. */
	readonly today: string;
}

/** One step of a fix, as data, so that a finding can cross to and from a worker. */
export type Change =
	| { readonly kind: 'set'; readonly path: JsonPath; readonly value: JsonValue }
	| { readonly kind: 'remove'; readonly path: JsonPath }
	/** The item `from` of a list becomes its item `to`. */
	| { readonly kind: 'move'; readonly path: JsonPath; readonly from: number; readonly to: number }
	/** Of properties of one name only the last stays. */
	| { readonly kind: 'keep-last'; readonly path: JsonPath };

/** A way out that can be applied to the text: see `editsOf`. */
export interface Fix {
	/** What a button that applies it says. */
	readonly label: string;
	readonly changes: readonly Change[];
}

/** One place in a request of which a rule has something to say. */
export interface Fault {
	/** The place in the document; the root is empty. */
	readonly path: JsonPath;
	/** Plain words for a person. */
	readonly message: string;
	/** The API's own text; absent where none was ever seen. */
	readonly apiMessage?: string;
	/** The HTTP status of the refusal; 400 when absent. */
	readonly status?: 404 | 413;
	/** The rule's own severity when absent. */
	readonly severity?: Severity;
	readonly fixes?: readonly Fix[];
}

/** One thing the API does, from a source, as of a day. */
export interface Rule {
	readonly id: string;
	readonly severity: Severity;
	readonly title: string;
	/** What is behind it, in a sentence or two. */
	readonly why: string;
	/** The page of the documentation that says so, or comes nearest. */
	readonly link: string;
	/** The day the facts were checked. */
	readonly checked: string;
	/** The first and the last day, as YYYY-MM-DD, on which the API is known to do so; without them, all its days. */
	readonly since?: string;
	readonly until?: string;
	/** The faults in the order in which the API would meet them. What is malformed is the business of the rule about its form. */
	check(context: Context): Fault[];
}

/** A fault, and the rule that found it. */
export interface Finding extends Fault {
	/** The rule's id: `ruleOf` gives the rest. */
	readonly rule: string;
	readonly severity: Severity;
}

/** The day the facts of the rules were last checked against the documentation, the SDK's types and recorded answers. */
export const CHECKED = '2026-11-22';

/** The address of a page of the API's documentation. */
export function docs(page: string): string {
	return `https://platform.claude.com/docs/en/${page}`;
}
