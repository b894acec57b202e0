import type { Conversation } from './conversation';
import { newRequest } from './new-request';

/** The id of a new conversation that is not saved yet. What is saved has an id without a colon. */
export const NEW = 'new:';

/** The request of a new conversation: one empty user turn. */
export const BLANK = newRequest('[\n    {"role": "user", "content": ""}\n  ]');

/** A conversation that is not in the library. Its id says what to open again after a reload. */
export function unsaved(id: string, text: string): Conversation {
	return {
		version: 1,
		id,
		revision: 0,
		title: '',
		named: false,
		pinned: false,
		createdAt: '',
		changedAt: '',
		text,
		apiVersion: '2023-06-01',
		headers: [],
		target: { kind: 'simulated' },
	};
}

/** The id of the conversation that an example is until it is saved. */
export function exampleId(id: string): string {
	return `example:${id}`;
}

/** Whether a conversation with this id is, or was, in the library. */
export function isSavedId(id: string): boolean {
	return !id.includes(':');
}
