import { BetaMessageStream } from '@anthropic-ai/sdk/lib/BetaMessageStream';
import { MessageStream } from '@anthropic-ai/sdk/lib/MessageStream';
import { Stream } from '@anthropic-ai/sdk/streaming';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../src/model/json';
import { applyEvent, emptyReply, messageOfReply } from '../../src/model/message';
import { eventsOf, type StreamEvent } from '../../src/model/server-sent-events';
import { rowsOf, type Section } from './section';
import { exchangesIn, STREAM_FILES } from './traffic';

const encoder = new TextEncoder();

/** What only the SDK's beta stream accumulates; the other one passes over it. */
const BETA =
	/"(?:context_management|input_transformations|iterations|fallback_credit)"|"type": ?"(?:mcp_tool_use|compaction|fallback)"/;

export const streamsRebuild: Section = {
	name: 'streams rebuild the same message as the official SDK',
	run: (folder) =>
		rowsOf(exchangesIn(folder, STREAM_FILES), async ({ id, response_sse }) => {
			if (!response_sse) return null;
			const bytes = encoder.encode(response_sse);
			const ours = settled(messageFrom(eventsOf([{ at: 0, bytes }])));
			const theirs = settled(await messageFromSdk(bytes, BETA.test(response_sse)));
			return { name: id, difference: isDeepStrictEqual(ours, theirs) ? null : firstDifference(ours, theirs) };
		}),
};

export const streamsCut: Section = {
	name: 'streams cut at awkward sizes give the same message',
	run: (folder) =>
		rowsOf(exchangesIn(folder, STREAM_FILES), ({ id, response_sse }) => {
			if (!response_sse) return null;
			const bytes = encoder.encode(response_sse);
			const whole = eventsOf([{ at: 0, bytes }]);
			const bad = [1, 7, 64].filter((size) => {
				const events = eventsOf(cut(bytes, size));
				return !isDeepStrictEqual(events, whole) || !isDeepStrictEqual(messageFrom(events), messageFrom(whole));
			});
			return { name: id, difference: bad.length === 0 ? null : `differs when cut every ${bad.join(', ')} bytes` };
		}),
};

function messageFrom(events: readonly StreamEvent[]): JsonObject | null {
	return messageOfReply(events.reduce(applyEvent, emptyReply));
}

/** What the SDK's own stream ends with, or had when the stream broke off. */
async function messageFromSdk(bytes: Uint8Array<ArrayBuffer>, beta: boolean): Promise<unknown> {
	const readable = Stream.fromSSEResponse(new Response(bytes), new AbortController()).toReadableStream();
	let latest: unknown = null;
	const keep = (_event: unknown, snapshot: unknown) => {
		latest = snapshot;
	};
	try {
		if (beta) await BetaMessageStream.fromReadableStream(readable).on('streamEvent', keep).done();
		else await MessageStream.fromReadableStream(readable).on('streamEvent', keep).done();
	} catch {
		// It gives up at an error event, where the stream is cut inside of its JSON, and at the second answer in one recording:
		// what it has by then is what there is to compare.
	}
	return latest;
}

/** As JSON, without nulls: the SDK leaves out what `message_delta` does not name, where we keep the null of `message_start`. */
function settled(message: unknown): unknown {
	return JSON.parse(
		JSON.stringify(message, (key, value: unknown) =>
			// There may be no message at all.
			key !== '' && (value === null || key === 'parsed_output') ? undefined : value,
		),
	);
}

function cut(bytes: Uint8Array<ArrayBuffer>, size: number) {
	return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => ({
		at: 0,
		bytes: bytes.slice(index * size, (index + 1) * size),
	}));
}

function firstDifference(ours: unknown, theirs: unknown, path = ''): string {
	const [a, b] = [ours, theirs] as [Record<string, unknown>, Record<string, unknown>];
	if (typeof a === 'object' && typeof b === 'object' && a && b)
		for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
			if (!isDeepStrictEqual(a[key], b[key])) return firstDifference(a[key], b[key], path ? `${path}.${key}` : key);
	return `${path}: ${JSON.stringify(ours)?.slice(0, 60)} here, ${JSON.stringify(theirs)?.slice(0, 60)} in the SDK`;
}
