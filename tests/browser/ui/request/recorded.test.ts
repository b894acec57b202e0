import { cleanup, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { isJsonArray, isJsonObject, type JsonValue } from '../../../../src/model/json';
import { turnsOf } from '../../../../src/model/turns';
import { formOf } from './form-of';

declare module 'vitest/browser' {
	interface BrowserCommands {
		recordedRequests: () => Promise<string[]>;
	}
}

/** The words of the text blocks of a request's messages. */
function wordsOf(messages: JsonValue | undefined): string[] {
	if (!isJsonArray(messages)) return [];
	return messages.flatMap((message) => {
		const content = isJsonObject(message) ? message.content : undefined;
		if (typeof content === 'string') return [content];
		if (!isJsonArray(content)) return [];
		return content.flatMap((block) =>
			isJsonObject(block) && block.type === 'text' && typeof block.text === 'string' ? [block.text] : [],
		);
	});
}

/** A text area has one way to break a line: https://html.spec.whatwg.org/#concept-textarea-api-value */
const asShown = (text: string) => text.replace(/\r\n?/g, '\n');

test('every shape of recorded request is shown in the form, whole and unchanged', async () => {
	const requests = await commands.recordedRequests();
	if (requests.length === 0)
		return expect(requests, 'There is no recorded traffic beside this working copy.').toEqual([]);
	expect(requests.length).toBeGreaterThan(100);
	for (const text of requests) {
		const document = formOf(text);
		const before = document.text;
		const { request } = document;
		const turns = turnsOf(request);
		await screen.findByRole('group', { name: 'Parameters' });
		const blocks = turns.flatMap((turn) => (turn.shape === 'blocks' ? turn.blocks : []));
		if (blocks.length > 0)
			await expect.poll(() => window.document.querySelectorAll('.turns .block').length).toBe(blocks.length);
		const shown = [...window.document.querySelectorAll('[role=group][aria-label^="Turn "]')];
		expect(shown.map((turn) => turn.getAttribute('aria-label'))).toEqual(
			turns.map(({ index, role }) => `Turn ${index + 1}: ${role || 'no role'}`),
		);
		const areas = [...window.document.querySelectorAll<HTMLTextAreaElement>('.turns textarea[aria-label="Text"]')];
		expect(areas.map(({ value }) => value)).toEqual(wordsOf(request.messages).map(asShown));
		const parameters = [...window.document.querySelectorAll('.parameter code')].map(({ textContent }) => textContent);
		const placed = ['model', 'max_tokens', 'messages', 'system', 'stream'];
		expect(parameters.toSorted()).toEqual(
			Object.keys(request)
				.filter((key) => !placed.includes(key))
				.toSorted(),
		);
		await document.settled;
		// But for base64 that was moved out, which is another test's.
		if (!before.includes('base64')) expect(document.text).toBe(before);
		cleanup();
	}
	// Hundreds of forms are drawn: this is when to give up, not how quick it should be.
}, 300_000);
