import type { Header } from './run';
import type { ApiVersion, Target } from './target';

/** One saved conversation: the request being edited and where and how it is sent. Its runs are kept beside it. */
export interface Conversation {
	readonly version: 1;
	readonly id: string;
	/** Raised by every write; a write that was based on an older one has lost the race. */
	readonly revision: number;
	readonly title: string;
	/** Whether the user chose the title; until then it follows the first words. */
	readonly named: boolean;
	readonly pinned: boolean;
	/** RFC 3339, UTC. */
	readonly createdAt: string;
	readonly changedAt: string;
	/** The request document, attachments as references. */
	readonly text: string;
	readonly apiVersion: ApiVersion;
	/** Headers the user adds to each request, `anthropic-beta` among them. */
	readonly headers: readonly Header[];
	readonly target: Target;
	/** Where it was forked: the conversation, and how many of its turns it began with. */
	readonly origin?: Origin;
}

export interface Origin {
	readonly conversation: string;
	readonly turn: number;
}

/** What the list shows of a conversation. */
export interface Summary {
	readonly id: string;
	readonly title: string;
	readonly pinned: boolean;
	readonly changedAt: string;
	readonly runs: number;
	readonly origin?: Origin;
}
