import { STARTING_MODEL } from './models';

/** A request to start from, around the JSON text of its `messages`. */
export function newRequest(messages: string): string {
	return `{
  "model": "${STARTING_MODEL}",
  "max_tokens": 1024,
  "messages": ${messages}
}`;
}
