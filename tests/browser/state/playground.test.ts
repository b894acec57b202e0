import { describe, expect, test } from 'vitest';
import type { Send } from '../../../src/api/send';
import { Attachments } from '../../../src/state/attachments.svelte';
import { Disk } from '../../../src/state/disk.svelte';
import { KeyRing } from '../../../src/state/key-ring.svelte';
import { Library } from '../../../src/state/library.svelte';
import { Playground } from '../../../src/state/playground.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { memoryDatabase } from '../../../src/store/database';
import { Store } from '../../../src/store/store';

/** A page whose idle moments come when `idle` is called. */
function page(send: Send = () => Promise.resolve({ kind: 'stopped' })) {
	const store = new Store(memoryDatabase('findings'));
	const channel = () => new BroadcastChannel(crypto.randomUUID());
	const newId = () => crypto.randomUUID();
	const waiting: (() => void)[] = [];
	const playground = new Playground({
		library: new Library({ store, channel: channel(), now: () => 0, newId, after: () => () => {} }),
		attachments: new Attachments({ store, shipped: [], fetch: () => Promise.reject(new Error('Nothing to fetch.')) }),
		keyRing: new KeyRing({ store, channel: channel(), now: () => 0, after: () => () => {} }),
		settings: new Settings({ store }),
		send,
		examples: [],
		loadTransfer: () => Promise.reject(new Error('Nothing goes in or out.')),
		loadHousekeeping: () => Promise.reject(new Error('Nothing is tidied.')),
		disk: new Disk({ name: 'findings', storage: undefined, notes: null }),
		simulatedToday: '2026-11-22',
		loadScenarios: () => Promise.resolve([]),
		now: () => 0,
		newId,
		frame: (callback) => callback(),
		idle: (callback) => waiting.push(callback),
		after: () => () => {},
	});
	const idle = () => waiting.splice(0).forEach((callback) => callback());
	return { playground, idle };
}

const messages = [{ role: 'user', content: 'Hi' }];
const plain = JSON.stringify({ model: 'claude-nope', max_tokens: 1, messages });
/** Most rules are loaded for this one, so what they say of it comes late. */
const other = JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1, messages, bogus: 1 });
const rulesOf = ({ review }: Playground) => review.findings?.map(({ rule }) => rule);

/** When the rules are there, and all that waited for them has gone on. */
async function rulesLoaded(): Promise<void> {
	await import('../../../src/lint/every-rule');
	await new Promise(requestAnimationFrame);
}

describe('the findings of a playground', () => {
	test('are those of the text as it is now, however late others come', async () => {
		const { playground, idle } = page();
		playground.document.replace(other);
		idle();
		playground.document.replace(plain);
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['model-gone']);
		await rulesLoaded();
		expect(rulesOf(playground)).toEqual(['model-gone']);
	});

	test('are not shown when the text has changed, even before it is looked at again', async () => {
		const { playground, idle } = page();
		playground.document.replace(other);
		idle();
		playground.document.replace(plain);
		await rulesLoaded();
		expect(rulesOf(playground)).toEqual([]);
	});

	test('come from all the rules where the request needs them', async () => {
		const { playground, idle } = page();
		playground.document.replace(other);
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['unknown-keys']);
	});

	test('do not stay when another conversation is opened', async () => {
		const { playground, idle } = page();
		playground.document.replace(plain);
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['model-gone']);
		playground.create();
		expect(rulesOf(playground)).toEqual([]);
	});

	test('are none while the text does not parse', async () => {
		const { playground, idle } = page();
		playground.document.replace(plain);
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['model-gone']);
		playground.document.replace(`${plain}}`);
		idle();
		expect(rulesOf(playground)).toEqual([]);
	});
});

/** Refuses what it is sent in these words, until it is told to let it pass. */
function refusing(message: string) {
	const api = { refuses: true };
	const send: Send = ({ text }, record) => {
		const request = {
			method: 'POST' as const,
			url: 'https://api.anthropic.com/v1/messages',
			headers: [],
			text,
			bytes: 2,
		};
		record({ kind: 'request', request });
		const headers = [['content-type', 'application/json']] as const;
		record({ kind: 'response', response: { at: 5, status: api.refuses ? 400 : 200, statusText: '', headers } });
		const body = api.refuses
			? { type: 'error', error: { type: 'invalid_request_error', message } }
			: { type: 'message', content: [] };
		record({ kind: 'chunk', chunk: { at: 6, bytes: new TextEncoder().encode(JSON.stringify(body)) } });
		return Promise.resolve({ kind: 'complete' });
	};
	return { api, send };
}

describe('what the API refused', () => {
	const fine = JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1, messages });

	test('is marked at its place when no rule foresaw it, until the request or the answer is another', async () => {
		const { api, send } = refusing('messages.0.content: not today');
		const { playground } = page(send);
		playground.document.replace(fine);
		await playground.run();
		await expect
			.poll(() => playground.review.marks)
			.toMatchObject([{ path: ['messages', 0, 'content'], severity: 'rejected' }]);
		playground.document.replace(plain);
		expect(playground.review.marks).toEqual([]);
		playground.document.replace(fine);
		expect(playground.review.marks).toHaveLength(1);
		api.refuses = false;
		await playground.run();
		expect(playground.review.marks).toEqual([]);
	});

	test('is explained by the rule that foresees it, of the request as it was sent', async () => {
		const { playground } = page(refusing('model: claude-nope').send);
		playground.document.replace(plain);
		await playground.run();
		playground.document.replace(fine);
		await expect.poll(() => playground.review.refused?.finding?.rule).toBe('model-gone');
		expect(playground.review.refused?.place).toEqual(['model']);
	});

	test('elsewhere is marked as long as the text stays as it is', () => {
		const { playground } = page();
		playground.document.replace(fine);
		playground.review.recorded = { text: fine, remark: 'Not today.', place: ['system'], finding: null };
		expect(playground.review.marks).toEqual([{ path: ['system'], severity: 'rejected', message: 'Not today.' }]);
		playground.document.replace(plain);
		expect(playground.review.marks).toEqual([]);
	});
});
