import { describe, expect, test } from 'vitest';
import { Attachments } from '../../../src/state/attachments.svelte';
import { KeyRing } from '../../../src/state/key-ring.svelte';
import { Library } from '../../../src/state/library.svelte';
import { Playground } from '../../../src/state/playground.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { memoryDatabase } from '../../../src/store/database';
import { Store } from '../../../src/store/store';

/** A page whose idle moments come when `idle` is called. */
function page() {
	const store = new Store(memoryDatabase('findings'));
	const channel = () => new BroadcastChannel(crypto.randomUUID());
	const newId = () => crypto.randomUUID();
	const waiting: (() => void)[] = [];
	const playground = new Playground({
		library: new Library({ store, channel: channel(), now: () => 0, newId, after: () => () => {} }),
		attachments: new Attachments({ store, shipped: [], fetch: () => Promise.reject(new Error('Nothing to fetch.')) }),
		keyRing: new KeyRing({ store, channel: channel() }),
		settings: new Settings({ store }),
		send: () => Promise.resolve({ kind: 'stopped' }),
		examples: [],
		simulatedToday: '2026-11-22',
		loadScenarios: () => Promise.resolve([]),
		now: () => 0,
		newId,
		frame: (callback) => callback(),
		idle: (callback) => waiting.push(callback),
	});
	const idle = () => waiting.splice(0).forEach((callback) => callback());
	return { playground, idle };
}

const messages = [{ role: 'user', content: 'Hi' }];
const plain = JSON.stringify({ model: 'claude-nope', max_tokens: 1, messages });
/** Most rules are loaded for this one, so what they say of it comes late. */
const other = JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1, messages, bogus: 1 });
const rulesOf = ({ findings }: Playground) => findings?.map(({ rule }) => rule);

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
