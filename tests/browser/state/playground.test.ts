import { describe, expect, test, vi } from 'vitest';
import type { Send } from '../../../src/api/send';
import { mentionsIn, referenceTo } from '../../../src/model/attachment';
import { removeBlock } from '../../../src/model/turn-blocks';
import type { News, RunHead } from '../../../src/model/saved';
import { Attachments } from '../../../src/state/attachments.svelte';
import { Disk } from '../../../src/state/disk.svelte';
import { KeyRing } from '../../../src/state/key-ring.svelte';
import { Library } from '../../../src/state/library.svelte';
import { Playground } from '../../../src/state/playground.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { memoryDatabase } from '../../../src/store/memory-database';
import { deleteConversation, restore } from '../../../src/store/deletion';
import { Store } from '../../../src/store/store';
import { sweep } from '../../../src/store/sweep';
import { runWith } from '../../fixtures/runs';

/** A page whose idle moments come when `idle` is called. */
function page(send: Send = () => Promise.resolve({ kind: 'stopped' }), storage?: StorageManager) {
	const store = new Store(memoryDatabase('findings'));
	const channel = () => new BroadcastChannel(crypto.randomUUID());
	const shared = channel();
	const otherTab = new BroadcastChannel(shared.name);
	const newId = () => crypto.randomUUID();
	const waiting: (() => void)[] = [];
	const playground = new Playground({
		library: new Library({ store, channel: shared, now: () => 0, newId, after: () => () => {} }),
		attachments: new Attachments({ store, shipped: [], fetch: () => Promise.reject(new Error('Nothing to fetch.')) }),
		keyRing: new KeyRing({ store, channel: channel(), now: () => 0, after: () => () => {} }),
		settings: new Settings({ store }),
		send,
		examples: [],
		loadTransfer: () => Promise.reject(new Error('Nothing goes in or out.')),
		loadRecordings: () => Promise.reject(new Error('Nothing is recorded.')),
		loadCatalogue: () => Promise.reject(new Error('No API is asked.')),
		loadHousekeeping: () => Promise.reject(new Error('Nothing is tidied.')),
		disk: new Disk({ name: 'findings', storage, notes: null }),
		simulatedToday: '2026-11-22',
		loadScenarios: () => Promise.resolve([]),
		now: () => 0,
		newId,
		frame: (callback) => callback(),
		idle: (callback) => waiting.push(callback),
		after: () => () => {},
	});
	const idle = () => waiting.splice(0).forEach((callback) => callback());
	return { playground, idle, store, tell: (news: readonly News[]) => otherTab.postMessage(news) };
}

const nobody = 'f'.repeat(64);
const messages = [{ role: 'user', content: 'Hi' }];
const plain = JSON.stringify({ model: 'claude-nope', max_tokens: 1, messages });
const fine = JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1, messages });
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

	test('know what is in a PDF that the request refers to', async () => {
		const { playground, idle } = page();
		const counted = '2 0 obj\n<</Type/Pages/Count 601>>\nendobj\ntrailer\n<</Root 1 0 R>>\n';
		const pdf = `%PDF-1.4\n${' '.repeat(2000)}\n1 0 obj\n<</Pages 2 0 R>>\nendobj\n${counted}`;
		const data = await playground.attachments.dataOf(new TextEncoder().encode(pdf));
		const source = { type: 'base64', media_type: 'application/pdf', data };
		const content = [
			{ type: 'document', source },
			{ type: 'text', text: 'Hi' },
		];
		playground.document.replace(
			JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 1, messages: [{ role: 'user', content }] }),
		);
		idle();
		// So many pages are too many tokens, too.
		await expect.poll(() => (idle(), rulesOf(playground))).toEqual(['pdf-pages', 'prompt-too-long']);
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

describe('a conversation that is deleted while somebody types into it', () => {
	test('takes no word with it, even of those typed before another is shown', async () => {
		const { playground, store } = page();
		playground.document.replace(plain);
		playground.create();
		playground.document.replace(fine);
		const { id } = playground.conversation;
		const stop = playground.library.listen(({ kind }) => kind === 'gone' && playground.document.replace(other));
		await playground.library.remove(id);
		stop();
		await playground.library.flush();
		await store.listSummaries();
		expect(playground.document.text).toBe(other);
		expect(playground.saved).toBe(true);
		expect(await store.loadConversation(playground.conversation.id)).toMatchObject({ value: { text: other } });
		playground.document.replace(plain);
		await playground.library.flush();
		expect(await store.loadConversation(playground.conversation.id)).toMatchObject({ value: { text: plain } });
	});

	test('leaves its run with what was deleted, so that undo finds all in its place', async () => {
		const { playground, store } = page(() => Promise.resolve({ kind: 'complete' }));
		playground.document.replace(fine);
		await playground.run();
		await expect.poll(() => playground.runs.list.length).toBe(1);
		const { id } = playground.conversation;
		const stop = playground.library.listen(({ kind }) => kind === 'gone' && playground.document.replace(other));
		await playground.library.remove(id);
		stop();
		await playground.library.flush();
		expect(playground.library.unsavedTexts).toEqual([]);
		await playground.library.undo();
		await playground.library.flush();
		// All is well, and in memory here.
		expect(playground.library.saving).toBe('not kept');
		expect(await store.runsOf(id)).toHaveLength(1);
	});

	test('makes room for the newest of the others when nobody does', async () => {
		const { playground } = page();
		playground.document.replace(plain);
		const { id: newest } = playground.conversation;
		playground.create();
		playground.document.replace(fine);
		await playground.library.remove(playground.conversation.id);
		await expect.poll(() => playground.conversation.id).toBe(newest);
		expect([playground.document.text, playground.saved]).toEqual([plain, true]);
	});
});

describe('a file for a turn that is gone', () => {
	test('stays out, and a notice says why', async () => {
		const { playground } = page();
		playground.document.replace('{"messages": [{"role": "user", "content": ""}]}');
		const taken = playground.intake.take([new File(['Ants'], 'ants.md')], { turn: 0, replacing: null });
		playground.document.replace('{"messages": []}');
		await taken;
		expect(playground.document.text).toBe('{"messages": []}');
		expect(playground.intake.notices).toMatchObject([{ name: 'ants.md', action: null }]);
	});
});

describe('an image that undo brings back', () => {
	test('is on the disk again, although a sweep has taken it from there', async () => {
		const { playground, store } = page();
		const bytes = new Uint8Array(2000).fill(1);
		const data = await playground.attachments.dataOf(bytes);
		const [sha256] = mentionsIn(data);
		const source = { type: 'base64', media_type: 'image/png', data };
		const content = [
			{ type: 'image', source },
			{ type: 'text', text: 'Hi' },
		];
		playground.document.replace(JSON.stringify({ messages: [{ role: 'user', content }] }));
		playground.document.edit(removeBlock(playground.document.text, 0, 0));
		await playground.library.flush();
		expect(await sweep(store.database, { now: 0, grace: 0 })).toBe(1);
		playground.document.undo();
		await playground.library.flush();
		// dataOf mentions one
		await expect.poll(async () => (await store.loadAttachment(sha256!))?.size).toBe(bytes.length);
	});

	test('is on the disk again, also when nobody looked at it before it was taken out', async () => {
		const { playground, store, idle } = page();
		const text = JSON.stringify({ messages: [{ role: 'user', content: referenceTo(nobody) }] });
		await store.keepAttachment(nobody, new Blob(['ant']));
		const { id } = playground.library.create({ ...playground.conversation, text });
		await playground.library.flush();
		await playground.open(id);
		idle();
		playground.document.replace(fine);
		await playground.library.flush();
		expect(await sweep(store.database, { now: 0, grace: 0 })).toBe(1);
		playground.document.undo();
		await expect.poll(async () => (await store.loadAttachment(nobody))?.text()).toBe('ant');
	});

	test('stays on the disk when a sweep is about to take it as it is brought back', async () => {
		const { playground, store } = page();
		const [sha256] = mentionsIn(await playground.attachments.dataOf(new Uint8Array(2000)));
		playground.document.replace(JSON.stringify({ messages: [{ role: 'user', content: referenceTo(sha256!) }] })); // dataOf mentions one
		playground.document.replace(fine);
		await playground.library.flush();
		const settle = async () => {
			playground.document.undo();
			// Its mark is gone before the words are saved that name it.
			await expect
				.poll(() => store.database.read((records) => records.get('unnamed')))
				.toEqual({ version: 1, since: {} });
		};
		expect(await sweep(store.database, { now: 0, grace: 0, settle })).toBe(0);
	});
});

describe('a run whose image is taken out of the request, and swept away, before it has ended', () => {
	test('is kept with it', async () => {
		const { promise, resolve } = Promise.withResolvers<void>();
		const { playground, store } = page(async () => {
			await promise;
			return { kind: 'stopped' };
		});
		const [sha256] = mentionsIn(await playground.attachments.dataOf(new Uint8Array(2000)));
		playground.document.replace(JSON.stringify({ messages: [{ role: 'user', content: referenceTo(sha256!) }] })); // dataOf mentions one
		const running = playground.run();
		await expect.poll(() => playground.exchange.run).not.toBeNull();
		playground.document.replace(fine);
		await playground.library.flush();
		expect(await sweep(store.database, { now: 0, grace: 0 })).toBe(1);
		resolve();
		await running;
		await expect.poll(() => playground.runs.list.length).toBe(1);
		expect(await store.loadAttachment(sha256!)).not.toBeNull();
	});
});

describe('what the findings hold for', () => {
	const sampled = JSON.stringify({ model: 'claude-haiku-4-5', max_tokens: 1, messages, temperature: 0.5 });

	test('is the request as it is sent, until another model or version is chosen', async () => {
		const { playground, idle } = page();
		playground.document.replace(sampled);
		idle();
		await rulesLoaded();
		expect(rulesOf(playground)).toEqual([]);
		playground.checkFor({ apiVersion: '2026-10-21' });
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['sampling-removed']);
		playground.checkFor({ apiVersion: null, model: 'claude-opus-5-5' });
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['sampling-model']);
		expect(playground.document.text).toBe(sampled);
		expect(playground.conversation.apiVersion).toBe('2023-06-01');
		playground.checkFor({ model: null });
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual([]);
	});

	test('leaves the request its own model: no way out puts another in its place', async () => {
		const { playground, idle } = page();
		const prefilled = {
			model: 'claude-haiku-4-5',
			max_tokens: 1,
			messages: [...messages, { role: 'assistant', content: 'Ho' }],
		};
		playground.document.replace(JSON.stringify(prefilled));
		playground.checkFor({ model: 'claude-opus-5-5' });
		idle();
		await expect.poll(() => rulesOf(playground)).toEqual(['prefill-model']);
		expect(playground.review.findings?.[0]?.fixes?.map(({ label }) => label)).toEqual(['Remove the prefill']);
	});
});

describe('a run', () => {
	/** A page whose request is still being put together, as one is whose image is read from a slow disk. */
	function slowly() {
		const sent: string[] = [];
		const made = page(({ body }) => {
			sent.push(body);
			return Promise.resolve({ kind: 'complete' });
		});
		let read = () => {};
		const reading = new Promise<string>((resolve) => (read = () => resolve('AAAA')));
		made.playground.attachments.base64 = () => reading;
		made.playground.document.replace(JSON.stringify({ messages, data: referenceTo('0'.repeat(64)) }));
		return { ...made, sent, read };
	}

	test('is under way from the click on, while its request is put together, until it has ended', async () => {
		const { playground, sent, read } = slowly();
		const run = playground.run();
		expect(playground.busy).toBe(true);
		read();
		await run;
		expect(sent).toEqual([JSON.stringify({ messages, data: 'AAAA' })]);
		expect(playground.busy).toBe(false);
	});

	test.each([
		[{ kind: 'anthropic' }, 'key-locked'],
		[{ kind: 'custom', baseUrl: 'http://localhost:8080' }, 'key-locked'],
		[{ kind: 'simulated' }, undefined],
	] as const)('to %j asks for a locked key before it goes without it', async (target, cause) => {
		const obstacles: (string | undefined)[] = [];
		const { playground } = page(({ obstacle }) => {
			obstacles.push(obstacle?.cause);
			return Promise.resolve({ kind: 'stopped' });
		});
		await playground.keyRing.save('sk-ant-api03-canary-0123456789', {
			place: 'locked',
			passphrase: 'four random words',
		});
		playground.keyRing.lock();
		playground.change({ target });
		await playground.run();
		expect(obstacles).toEqual([cause]);
	});

	test('is not sent when it is stopped before its request is together', async () => {
		const { playground, sent, read } = slowly();
		const run = playground.run();
		playground.stop();
		expect(playground.busy).toBe(false);
		read();
		await run;
		expect(sent).toEqual([]);
	});

	test('is not sent when another conversation is opened before its request is together', async () => {
		const { playground, sent, read } = slowly();
		const run = playground.run();
		playground.create();
		expect(playground.busy).toBe(false);
		read();
		await run;
		expect(sent).toEqual([]);
	});
});

describe('what is loaded when something else is wanted already', () => {
	/** A saved conversation with two runs, of which one is read only when it is let go; a third is answered when the test says so. */
	async function withRuns() {
		let answered = Promise.resolve();
		const made = page(() => answered.then(() => ({ kind: 'complete' })));
		const { playground } = made;
		playground.document.replace(plain);
		await playground.run();
		playground.document.replace(fine);
		await playground.run();
		await expect.poll(() => playground.runs.list.length).toBe(2);
		const [newer, older] = playground.runs.list as [RunHead, RunHead]; // two, as just seen
		const load = playground.library.loadRun.bind(playground.library);
		const held = Promise.withResolvers<void>();
		const third = Promise.withResolvers<void>();
		answered = third.promise;
		playground.library.loadRun = async (conversation, id) => {
			if (id === older.id) await held.promise;
			return load(conversation, id);
		};
		return { ...made, newer, older, letGo: held.resolve, answer: third.resolve };
	}

	test('a run does not take the place of one that was chosen after it', async () => {
		const { playground, newer, older, letGo } = await withRuns();
		const late = playground.runs.show(older.id);
		await playground.runs.show(newer.id);
		letGo();
		await late;
		expect(playground.exchange.run?.id).toBe(newer.id);
	});

	test('a run neither stops nor hides one that was begun after it was chosen', async () => {
		const { playground, older, letGo, answer } = await withRuns();
		const late = playground.runs.show(older.id);
		const run = playground.run();
		letGo();
		await late;
		expect(playground.busy).toBe(true);
		answer();
		await run;
		expect(playground.exchange.run?.id).not.toBe(older.id);
	});

	test('the run below a deleted one does not stop one that was begun meanwhile', async () => {
		const { playground, newer, letGo, answer } = await withRuns();
		letGo();
		const removal = playground.runs.remove(newer.id);
		const run = playground.run();
		await removal;
		expect(playground.busy).toBe(true);
		answer();
		await run;
	});

	test('a run does not appear in another conversation', async () => {
		const { playground, older, letGo } = await withRuns();
		const late = playground.runs.show(older.id);
		playground.create();
		letGo();
		await late;
		expect(playground.exchange.run).toBeNull();
	});

	test("a run's request does not take the place of another conversation's", async () => {
		const { playground, older, letGo } = await withRuns();
		const late = playground.runs.restore(older.id);
		playground.create();
		const { text } = playground.document;
		letGo();
		await late;
		expect(playground.document.text).toBe(text);
	});
});

describe('a conversation that another tab deletes', () => {
	/** A page on one of two conversations, which another tab has deleted. */
	async function deletedElsewhere() {
		const { playground, store, tell } = page();
		playground.document.replace(fine);
		playground.create();
		playground.document.replace(plain);
		await playground.library.flush();
		const { id, title } = playground.conversation;
		const deleted = await deleteConversation(store.database, id);
		tell([{ id, summary: null }]);
		await expect.poll(() => playground.saved).toBe(false);
		return { playground, store, tell, deleted, id, title };
	}

	test('stays on the screen, and the page says what becomes of it', async () => {
		const { playground, title } = await deletedElsewhere();
		expect(playground.document.text).toBe(plain);
		expect(playground.problem).toContain(`Another tab has deleted “${title}”`);
		expect(playground.library.summaries).toHaveLength(1);
	});

	test('is open again when it comes back, and nobody has typed', async () => {
		const { playground, store, tell, deleted, id } = await deletedElsewhere();
		if (deleted.kind !== 'deleted') throw new Error(deleted.kind);
		await restore(store.database, deleted.deleted);
		const [summary] = (await store.listSummaries()).filter((each) => each.id === id);
		tell([{ id, summary: summary! }]); // just put back
		await expect.poll(() => [playground.saved, playground.problem]).toEqual([true, null]);
		playground.document.replace(other);
		await playground.library.flush();
		expect(await store.loadConversation(id)).toMatchObject({ value: { text: other } });
	});

	test('takes no word with it, and none of those typed next goes into another', async () => {
		const { playground, store, id } = await deletedElsewhere();
		const [kept] = playground.library.summaries;
		playground.document.replace(other);
		await playground.library.flush();
		expect(playground.conversation.id).not.toBe(id);
		expect(await store.loadConversation(playground.conversation.id)).toMatchObject({ value: { text: other } });
		expect(await store.loadConversation(kept!.id)).toMatchObject({ value: { text: fine } }); // there is one
	});
});

describe('a run that is under way in another tab', () => {
	/** A page that shows a run as the other tab left it behind when it was hidden. */
	async function shownAsLeft() {
		const { playground, store } = page();
		playground.document.replace(plain);
		await playground.library.flush();
		const { conversation } = playground;
		const run = { ...runWith({ text: plain, body: '{}' }), conversation: conversation.id };
		await store.leaveRun({ ...run, chunks: [], ending: null }, conversation, { tab: 'tab' });
		await playground.open(conversation.id);
		expect(playground.exchange.run?.ending).toEqual({ kind: 'broken', reason: 'The page was closed.' });
		return { playground, store, run };
	}

	test('is shown whole once it has ended there', async () => {
		const { playground, store, run } = await shownAsLeft();
		await store.saveRun(run);
		await playground.runs.read();
		expect(playground.exchange.run).toEqual(run);
	});

	test.each([
		['another that is shown by then', (playground: Playground) => playground.runs.show('other')],
		['one that is begun by then', (playground: Playground) => playground.run()],
	])('does not take the place of %s', async (_, choose) => {
		const { playground, store, run } = await shownAsLeft();
		await store.saveRun({ ...run, id: 'other' });
		await store.saveRun(run);
		const reading = playground.runs.read();
		await Promise.all([choose(playground), reading]);
		expect(playground.exchange.run?.id).not.toBe(run.id);
	});
});

describe('a conversation that goes on as a copy, as another tab has changed it', () => {
	/** A page that waits for the answer to its second run, while another tab has written to the same conversation. */
	async function contested() {
		let answered = Promise.resolve();
		const { playground, store } = page(() => answered.then(() => ({ kind: 'complete' })));
		playground.document.replace(plain);
		await playground.run();
		await expect.poll(() => playground.runs.list.length).toBe(1);
		const [first] = playground.runs.list as [RunHead]; // as just seen
		const { id } = playground.conversation;
		const loaded = await store.loadConversation(id);
		if (loaded.kind !== 'found') throw new Error(loaded.kind);
		const { promise, resolve } = Promise.withResolvers<void>();
		answered = promise;
		const run = playground.run();
		await expect.poll(() => playground.exchange.busy).toBe(true);
		await store.saveConversation({ ...loaded.value, text: other }, loaded.value.revision);
		playground.document.replace(fine);
		const answer = async () => {
			resolve();
			await run;
			await expect.poll(() => playground.conversation.id).not.toBe(id);
			await expect.poll(async () => (await store.runsOf(playground.conversation.id)).length).toBe(1);
		};
		return { playground, store, id, first, answer };
	}

	test.each([
		['goes on', (playground: Playground) => playground.library.flush()],
		['ends', () => Promise.resolve()],
	])('takes the run with it that was under way, and no other, when that turns out as it %s', async (_, turnOut) => {
		const { playground, store, id, first, answer } = await contested();
		await turnOut(playground);
		await answer();
		await expect.poll(() => playground.runs.list.map((run) => run.id)).toEqual([playground.exchange.run?.id]);
		expect((await store.runsOf(id)).map((run) => run.id)).toEqual([first.id]);
	});

	test('lists none of the runs that stay with the other', async () => {
		const { playground } = await contested();
		await playground.library.flush();
		expect(playground.runs.list).toEqual([]);
	});
});

describe('the body of a run', () => {
	test('is told to be lost rather than shown with a reference that was never sent', async () => {
		const { playground } = page();
		const text = JSON.stringify({ messages, data: referenceTo(nobody) });
		await expect(playground.bodyAsSent(runWith({ text }))).rejects.toThrow(nobody);
	});
});

/** Refuses what it is sent in these words, with an answer of its own or in mid-stream, until it is told to let it pass. */
function refusing(message: string, where: 'at once' | 'mid-stream' = 'at once') {
	const api = { refuses: true };
	const isStream = where === 'mid-stream';
	const send: Send = ({ text }, record) => {
		const request = {
			method: 'POST' as const,
			url: 'https://api.anthropic.com/v1/messages',
			headers: [],
			text,
			bytes: 2,
		};
		record({ kind: 'request', request });
		const headers = [['content-type', isStream ? 'text/event-stream' : 'application/json']] as const;
		const status = api.refuses && !isStream ? 400 : 200;
		record({ kind: 'response', response: { at: 5, status, statusText: '', headers } });
		const body = api.refuses
			? { type: 'error', error: { type: 'invalid_request_error', message } }
			: { type: 'message', content: [] };
		const said = isStream ? `event: error\ndata: ${JSON.stringify(body)}\n\n` : JSON.stringify(body);
		record({ kind: 'chunk', chunk: { at: 6, bytes: new TextEncoder().encode(said) } });
		return Promise.resolve({ kind: 'complete' });
	};
	return { api, send };
}

describe('what the API refused', () => {
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

	test('is looked into as well when it comes in mid-stream', async () => {
		const { playground } = page(refusing('model: claude-nope', 'mid-stream').send);
		playground.document.replace(plain);
		await playground.run();
		expect(playground.exchange.outcome?.kind).toBe('error-event');
		await expect.poll(() => playground.review.refused?.finding?.rule).toBe('model-gone');
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

describe('what is kept', () => {
	test('is asked to be left by the browser once somebody edits or runs it, in this visit as in the first', async () => {
		const persist = vi.fn(() => Promise.resolve(true));
		const storage = { persist, persisted: () => Promise.resolve(false) } as unknown as StorageManager; // it is asked nothing else
		const uses: ((playground: Playground) => unknown)[] = [
			(playground) => playground.document.replace(other),
			(playground) => playground.run(),
		];
		for (const use of uses) {
			const { playground } = page(undefined, storage);
			const { text, apiVersion, headers, target } = playground.conversation;
			// As of an earlier visit.
			const { id } = playground.library.create({ text, apiVersion, headers, target });
			await playground.open(id);
			persist.mockClear();
			await use(playground);
			await use(playground);
			await expect.poll(() => persist.mock.calls).toHaveLength(1);
		}
	});
});

test('a way out that a rule offers mends the request it was offered for, and no other that has taken its place meanwhile', async () => {
	const { playground } = page();
	playground.document.load(plain);
	const fix = { label: 'Use another', changes: [{ kind: 'set', path: ['model'], value: 'claude-sonnet-5' }] } as const;
	const fixing = playground.fix(fix);
	playground.document.load(other);
	await fixing;
	expect(playground.document.text).toBe(other);
	playground.document.load(plain);
	await playground.fix(fix);
	expect(playground.document.text).toBe(fine);
});
