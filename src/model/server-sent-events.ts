import { parsed, type JsonValue } from './json';
import type { Chunk } from './run';

/** One event of a stream, as it came. */
export interface StreamEvent {
	/** Its place in the stream, from 0. */
	readonly index: number;
	/** What its `event:` line says; empty without one. Anthropic's clients pass over an event without a name. */
	readonly name: string;
	/** Its `data:` lines, joined by line feeds. */
	readonly data: string;
	/** The data read as JSON; undefined when it is none. */
	readonly json: JsonValue | undefined;
	/** Its text to the letter: comments, unknown fields, padding, and the line ends before and after. */
	readonly raw: string;
	/** When the chunk that completed it arrived, in milliseconds since the request was sent. */
	readonly at: number;
}

export interface EventReader {
	/** Read on, and give the events this chunk completed. */
	push(chunk: Chunk): StreamEvent[];
	/** The stream is over: give the event that was left without its closing blank line, if there is one. */
	end(): StreamEvent[];
}

// A lone CR at the end of what has come may be the first half of a CRLF: `completed` waits for the next character.
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r(?!\n))/g;
const LINE_END = /\r\n|\n|\r/;

/**
 * A reader of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) for bytes cut
 * anywhere. It goes beyond the standard where evidence would get lost: comments and events without data are given
 * too, as is an unfinished last one. The `raw` of all events, put together, is the stream's text but for blank lines at
 * its very end.
 */
export function createEventReader(): EventReader {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	let text = '';
	let endsInCr = false;
	let searched = 0;
	let arrived = 0;
	let index = 0;

	function completed(ended: boolean): StreamEvent[] {
		const events: StreamEvent[] = [];
		let start = 0;
		for (;;) {
			// Blank lines ahead of an event belong to it: they end nothing.
			const first = start + text.slice(start).search(/[^\r\n]/);
			if (first < start) break;
			BLANK_LINE.lastIndex = Math.max(first, searched);
			const blank = BLANK_LINE.exec(text);
			if (!blank) break;
			const end = blank.index + blank[0].length;
			if (!ended && end === text.length && blank[0].endsWith('\r')) break;
			events.push(eventOf(text.slice(start, end), index++, arrived));
			start = end;
		}
		text = text.slice(start);
		// A blank line is at most four characters: three of them may already be here.
		searched = Math.max(0, text.length - 3);
		return events;
	}

	return {
		push(chunk) {
			arrived = chunk.at;
			const piece = decoder.decode(chunk.bytes, { stream: true });
			text += piece;
			// Searching joins all pieces of a text into one: it waits until there is a line end to be found.
			if (!endsInCr && !/[\r\n]/.test(piece)) return [];
			endsInCr = piece === '' ? endsInCr : piece.endsWith('\r');
			return completed(false);
		},
		end() {
			text += decoder.decode();
			const events = completed(true);
			if (/[^\r\n]/.test(text)) events.push(eventOf(text, index++, arrived));
			text = '';
			return events;
		},
	};
}

/** All events of a stream that is over. */
export function eventsOf(chunks: readonly Chunk[]): StreamEvent[] {
	const reader = createEventReader();
	return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

function eventOf(raw: string, index: number, at: number): StreamEvent {
	let name = '';
	const data: string[] = [];
	for (const line of raw.replace(/^\uFEFF/, '').split(LINE_END)) {
		const colon = line.indexOf(':');
		const field = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
		if (field === 'event') name = value;
		else if (field === 'data') data.push(value);
	}
	const joined = data.join('\n');
	return { index, name, data: joined, json: parsed(joined), raw, at };
}
