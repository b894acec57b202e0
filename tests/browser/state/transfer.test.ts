import { describe, expect, test, vi } from 'vitest';
import { referenceTo, sha256Hex, toBase64 } from '../../../src/model/attachment';
import { recordingOf, type Recording } from '../../../src/model/recording';
import type { Run } from '../../../src/model/run';
import type { News } from '../../../src/model/saved';
import { Attachments } from '../../../src/state/attachments.svelte';
import { writeExport } from '../../../src/state/export-writer';
import { readImportFiles } from '../../../src/state/import-reader';
import type { KeyState } from '../../../src/state/key-ring.svelte';
import { Library, type Content } from '../../../src/state/library.svelte';
import { Progress } from '../../../src/state/progress';
import { Transfer } from '../../../src/state/transfer.svelte';
import { ZipReader, ZipWriter } from '../../../src/state/zip';
import { databaseName, indexedDatabase, type Database } from '../../../src/store/database';
import { deleteConversation, deleteRun } from '../../../src/store/deletion';
import type { TakenIn } from '../../../src/store/import';
import { listRecordings, loadRecording, saveRecording } from '../../../src/store/recordings';
import { Store } from '../../../src/store/store';
import { sweep } from '../../../src/store/sweep';
import { runWith } from '../../fixtures/runs';
import { faultsBy, type JsonSchema } from '../../fixtures/json-schema';
import version1 from '../../fixtures/saved/export-1.json';
import run1 from '../../fixtures/saved/run-1.json';

const saying = (words: string): string => JSON.stringify({ messages: [{ role: 'user', content: words }] });
const content = (text: string): Content => ({
	text,
	apiVersion: '2023-06-01',
	headers: [],
	target: { kind: 'simulated' },
});
const answer = new TextEncoder().encode('{"type":"error"}');
const runOf = (conversation: string, id: string = run1.id): Run =>
	({ ...run1, id, conversation, chunks: [{ at: 13, bytes: answer }] }) as unknown as Run; // JSON widens its literals
const file = (content: unknown, name = 'in.json') =>
	new File([typeof content === 'string' ? content : JSON.stringify(content)], name);

/** What an export is looked at for. */
interface Export {
	readonly conversations: readonly { readonly id: string; readonly text: string; readonly runs: readonly unknown[] }[];
}

/** A browser of its own: a database, and a page over it. */
async function browser({
	wrap = (database: Database) => database,
	held = null as string | null,
	/** The last four characters of a key that is locked. */
	locked = null as string | null,
	startWorker = undefined as (() => Worker) | undefined,
} = {}) {
	const database = wrap(indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`)));
	const store = new Store(database);
	let now = Date.parse('2026-11-22T12:00:00Z');
	const library = new Library({
		store,
		channel: new BroadcastChannel(store.name),
		newId: () => crypto.randomUUID(),
		now: () => now++,
		after: () => () => {},
	});
	await library.start();
	const attachments = new Attachments({ store, shipped: [], fetch: () => Promise.reject(new TypeError('offline')) });
	const protect = vi.fn(() => Promise.resolve());
	const recount = vi.fn(() => Promise.resolve());
	const cleared: Promise<unknown>[] = [];
	const clear = async (only: readonly string[]) => {
		cleared.push(sweep(database, { now: 0, grace: 0, only, settle: () => library.flush() }));
		await cleared.at(-1);
	};
	const state: KeyState = locked === null ? { kind: 'none' } : { kind: 'locked', last4: locked };
	const transfer = new Transfer({
		...{ database, library, attachments, keyRing: { read: () => held, state } },
		...{
			disk: { protect },
			locks: navigator.locks,
			clear,
			recount,
			now: () => now,
			newId: () => crypto.randomUUID(),
		},
		...(startWorker && { startWorker }),
	});
	const keep = async (bytes: Uint8Array<ArrayBuffer>) => {
		const sha256 = await sha256Hex(bytes);
		await attachments.keep(sha256, bytes);
		return `{"messages": [{"role": "user", "content": "picture"}], "data": "${referenceTo(sha256)}"}`;
	};
	return { database, store, library, attachments, transfer, protect, recount, keep, cleared };
}

/** A worker that does what `script` says. */
const workerOf = (script: string) => new Worker(URL.createObjectURL(new Blob([script])));
/** Has the page do the work itself. */
const noWorker = () => {
	throw new DOMException('', 'SecurityError');
};

/** Every record, blobs as their base64. */
async function everything(database: Database): Promise<Record<string, unknown>> {
	const records = await database.read((all) => all.range(''));
	const readable = await Promise.all(
		records.map(async ([key, record]) => {
			const blob = (record as { blob?: unknown }).blob;
			return [key, blob instanceof Blob ? toBase64(new Uint8Array(await blob.arrayBuffer())) : record] as const;
		}),
	);
	return Object.fromEntries(readable);
}

const titles = (library: Library) => library.summaries.map(({ title }) => title).toSorted();
const messageOf = ({ phase }: Transfer) => (phase.kind === 'ended' ? phase.message : phase.kind);
/** What was exported, which surely was. */
const got = <T>(value: T | null): T => value ?? expect.fail('nothing was exported');

describe('an export', () => {
	test('brings everything over to another browser, to the byte', async () => {
		const here = await browser();
		const { id } = here.library.create(content(await here.keep(crypto.getRandomValues(new Uint8Array(3000)))));
		here.library.create(content('{"messages": [half typed'));
		await here.library.setPinned(id, true);
		await here.library.keepRun(runOf(id));
		const { name, blob } = got(await here.transfer.exportAll());
		expect(name).toBe('messages-playground-2026-11-22.json');
		expect(messageOf(here.transfer)).toBe('Exported 2 conversations.');

		const there = await browser();
		expect(await there.transfer.import([blob])).toHaveLength(2);
		expect(messageOf(there.transfer)).toBe('Imported 2 conversations.');
		expect(there.library.summaries).toEqual(here.library.summaries);
		const before = await everything(here.database);
		before[`conversation/${id}`] = { ...(before[`conversation/${id}`] as object), revision: 1 }; // pinning was its second write
		expect(await everything(there.database)).toEqual(before);
	});

	test('is told as one thing, made or taken in: what is done of it only grows', async () => {
		const { database, library, attachments, keep } = await browser();
		for (const words of ['ant', 'bee', 'wasp']) {
			library.create(content(saying(words)));
			library.create(content(await keep(crypto.getRandomValues(new Uint8Array(3000)))));
		}
		const watched = () => {
			const seen: number[] = [];
			return { seen, progress: new Progress(new AbortController().signal, (done, total) => seen.push(done / total)) };
		};
		const out = watched();
		const needs = {
			database,
			library,
			attachments,
			keyRing: { read: () => null, state: { kind: 'none' } as const },
			now: () => 0,
		};
		const { file } = await writeExport(needs, { only: null, name: 'all' }, out.progress);
		const back = watched();
		await readImportFiles({ files: [file.blob, file.blob], held: null, now: 0, ids: ['a', 'b'] }, back.progress);
		for (const { seen } of [out, back]) {
			expect(seen.length).toBeGreaterThan(4);
			expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
			expect([Math.min(...seen), Math.ceil(Math.max(...seen))]).toEqual([0, 1]);
		}
	});

	test('is as its schema says', async () => {
		const { library, transfer, keep } = await browser();
		const { id } = library.create({
			...content(await keep(crypto.getRandomValues(new Uint8Array(3000)))),
			headers: [['a', 'b']],
		});
		await library.keepRun(runOf(id));
		const schema = (await (await fetch('/export.schema.json')).json()) as JsonSchema;
		for (const { blob } of [got(await transfer.exportAll()), got(await transfer.exportOne(id))])
			expect(faultsBy(schema, JSON.parse(await blob.text()))).toEqual([]);
		const nothing = await browser();
		expect(faultsBy(schema, JSON.parse(await got(await nothing.transfer.exportAll()).blob.text()))).toEqual([]);
	});

	test('of one conversation holds that one and its attachments, under its title', async () => {
		const { library, transfer, keep } = await browser();
		library.create(content(await keep(crypto.getRandomValues(new Uint8Array(2000)))));
		const { id } = library.create(content(saying('What is Latin for “ant”?')));
		const { name, blob } = got(await transfer.exportOne(id));
		expect(name).toBe('What-is-Latin-for-ant.json');
		expect(JSON.parse(await blob.text())).toMatchObject({ conversations: [{ id }], attachments: {} });
	});

	test.each([
		['sk-ant-api03-canary-0123456789', 'What-is-sk-ant-6789-for.json'],
		['of-some-proxy-canary-6789', 'What-is-6789-for.json'],
	])('of one conversation has nothing of the key %s in its name', async (key, expected) => {
		const { library, transfer } = await browser({ held: 'of-some-proxy-canary-6789' });
		const { id } = library.create(content(saying(`What is ${key} for?`)));
		expect(got(await transfer.exportOne(id)).name).toBe(expected);
	});

	test('holds words that could not be saved, and the key of nobody', async () => {
		let full = false;
		const { library, store, transfer } = await browser({
			wrap: (database) => ({
				...database,
				write: (steps) => (full ? Promise.reject(new DOMException('', 'QuotaExceededError')) : database.write(steps)),
			}),
		});
		await store.writeKey({ version: 1, kind: 'plain', key: 'sk-ant-api03-canary-0123456789' });
		const { id } = library.create(content(saying('before')));
		await library.flush();
		full = true;
		library.edit(id, { text: saying('after') });
		library.create(content(saying('sk-ant-api03-canary-0123456789')));
		await library.flush();
		const text = await got(await transfer.exportAll()).blob.text();
		expect(JSON.parse(text)).toMatchObject({
			conversations: [{ text: saying('sk-ant-…6789') }, { text: saying('after') }],
		});
		expect(text).not.toContain('canary');
	});

	test('holds nothing of the user’s own key, whatever it looks like, also where an answer echoed it in pieces', async () => {
		const { library, transfer } = await browser({ held: 'of-some-proxy-canary-6789' });
		const { id } = library.create(content(saying('Is of-some-proxy-canary-6789 good?')));
		const chunks = ['{"error":"of-some-proxy-ca', 'nary-6789 is not"}'].map((text, at) => ({
			at,
			bytes: new TextEncoder().encode(text),
		}));
		await library.keepRun({ ...runOf(id), chunks });
		const text = await got(await transfer.exportAll()).blob.text();
		const [exported] = (JSON.parse(text) as Export).conversations;
		expect(exported).toMatchObject({
			text: saying('Is …6789 good?'),
			runs: [{ chunks: [{ text: `{"error":"${'*'.repeat(16)}` }, { text: '*****6789 is not"}' }] }],
		});
	});

	test('says that a locked key was not looked for', async () => {
		const { library, transfer } = await browser({ locked: '6789' });
		library.create(content(saying('Is of-some-proxy-canary-6789 good?')));
		await transfer.exportAll();
		expect(messageOf(transfer)).toMatch(/^Exported 1 conversation\. .*Your key is locked/);
	});

	test('of one that cannot be read is its record as it is, but for the user’s own key', async () => {
		const { database, library, transfer } = await browser({ held: 'of-some-proxy-canary-6789' });
		const record = { version: 99, words: 'of-some-proxy-canary-6789', picture: new Blob([new Uint8Array([3, 4])]) };
		await database.write((records) => records.put('conversation/bad', record));
		library.announce([
			{ id: 'bad', summary: { id: 'bad', title: 'Unreadable conversation', pinned: false, changedAt: '', runs: 0 } },
		]);
		const { name, blob } = got(await transfer.exportOne('bad'));
		expect(name).toBe('Unreadable-conversation.json');
		expect(JSON.parse(await blob.text())).toEqual({
			'conversation/bad': { version: 99, words: '…6789', picture: { type: '', base64: 'AwQ=' } },
		});
		expect(messageOf(transfer)).toBe('The conversation cannot be read: its record was exported as it is.');
	});

	test('says what it leaves out', async () => {
		const { database, library, transfer } = await browser();
		library.create(content(`"${referenceTo('0'.repeat(64))}"`));
		await library.flush();
		await database.write((records) => records.put('conversation/bad', { version: 99 }));
		library.announce([
			{ id: 'bad', summary: { id: 'bad', title: 'Unreadable conversation', pinned: false, changedAt: '', runs: 0 } },
		]);
		got(await transfer.exportAll());
		expect(messageOf(transfer)).toBe(
			'Exported 1 conversation. 1 record cannot be read and stayed out: see Settings. 1 attachment that they name could not be found.',
		);
	});

	test('can be taken in whatever else lies in the database, and says what stayed out', async () => {
		const { database, library, transfer } = await browser();
		const { id } = library.create(content(saying('a')));
		for (const run of ['good', 'odd', 'torn', 'bad']) await library.keepRun(runOf(id, run));
		const circle: Record<string, unknown> = {};
		circle.itself = circle;
		const recording = { ...recordingOf(runWith({}), 'bad', null), recordedAt: 'yesterday' };
		await database.write((records) => {
			records.put(`run/${id}/odd`, { ...runOf(id, 'odd'), request: { ...run1.request, circle, many: 1n } });
			records.put(`chunks/${id}/torn`, { version: 1, chunks: [{ at: Infinity, bytes: answer }] });
			records.put(`run/${id}/bad`, { ...runOf(id, 'bad'), response: { ...run1.response, at: NaN } });
			records.put('recording/bad', recording);
			records.put('recorded/bad', { version: 1, chunks: [] });
		});
		const { blob } = got(await transfer.exportAll());
		expect(messageOf(transfer)).toMatch(
			/^Exported 1 conversation\. 3 records cannot be read and stayed out: see Settings\./,
		);
		const schema = (await (await fetch('/export.schema.json')).json()) as JsonSchema;
		expect(faultsBy(schema, JSON.parse(await blob.text()))).toEqual([]);
		const there = await browser();
		expect(await there.transfer.import([blob])).toEqual([id]);
		expect((await there.store.runsOf(id)).map((run) => run.id).toSorted()).toEqual(['good', 'odd']);
	});

	test.each(Array.from({ length: 15 }, (_, place) => place + 1))(
		'holds each conversation whole or not at all, whatever another tab did before reading %i of it',
		async (nth) => {
			let countdown = Infinity;
			let change = () => Promise.resolve();
			const { store, library, transfer } = await browser({
				wrap: (database) => ({
					...database,
					read: async (steps) => {
						if (--countdown === 0) await change();
						return database.read(steps);
					},
				}),
			});
			const make = (words: string) => library.create(content(saying(words))).id;
			const [deleted, edited, untouched] = [make('deleted'), make('before'), make('untouched')];
			for (const id of [deleted, edited, untouched]) {
				await library.keepRun(runOf(id, `${id}-1`));
				await library.keepRun(runOf(id, `${id}-2`));
			}
			change = async () => {
				await deleteConversation(store.database, deleted);
				await deleteRun(store.database, untouched, `${untouched}-1`);
				const loaded = await store.loadConversation(edited);
				if (loaded.kind !== 'found') throw new Error(loaded.kind);
				const { value } = loaded;
				await store.saveConversation({ ...value, text: saying('after') }, value.revision);
				await store.saveConversation({ ...value, id: 'created' }, 0);
			};
			countdown = nth;
			const { blob } = got(await transfer.exportAll());
			const { conversations } = JSON.parse(await blob.text()) as Export;
			const runsOf = (id: string) => conversations.find((one) => one.id === id)?.runs.length;
			expect([undefined, 2]).toContain(runsOf(deleted));
			expect(runsOf(edited)).toBe(2);
			expect([1, 2]).toContain(runsOf(untouched));
			expect([saying('before'), saying('after')]).toContain(conversations.find(({ id }) => id === edited)?.text);
			expect(messageOf(transfer)).toBe(`Exported ${conversations.length} conversations.`);
		},
	);

	test('can be cancelled', async () => {
		const { library, transfer } = await browser();
		library.create(content(saying('a')));
		const exporting = transfer.exportAll();
		expect(transfer.phase).toMatchObject({ kind: 'busy', doing: 'Exporting' });
		transfer.cancel();
		expect(await exporting).toBeNull();
		expect(transfer.phase).toEqual({ kind: 'idle' });
	});
});

test('what is asked for while another file goes out or comes in waits for its turn', async () => {
	const { library, transfer } = await browser();
	const exporting = transfer.exportAll();
	const [first, second] = [transfer.import([file(saying('a'))]), transfer.import([file(saying('b'))])];
	expect(JSON.parse(await got(await exporting).blob.text())).toMatchObject({ conversations: [] });
	expect(await first).toHaveLength(1);
	expect(await second).toHaveLength(1);
	expect(titles(library)).toEqual(['a', 'b']);
	const [third, given, fourth] = [transfer.exportAll(), transfer.exportAll(), transfer.exportAll()];
	transfer.cancel();
	expect(await third).toBeNull();
	expect(await Promise.all([given, fourth])).toEqual([expect.anything(), expect.anything()]);
	expect(messageOf(transfer)).toBe('Exported 2 conversations.');
});

describe('recordings', () => {
	const recorded = (id: string, name = id, body = 'said'): Recording => ({
		...recordingOf(runWith({ body }), id, null)!, // it has an answer
		name,
	});
	const namesIn = async (database: Database) => (await listRecordings(database)).map(({ name }) => name);

	test('go out with everything, and come in once, to the byte', async () => {
		const [here, there] = [await browser(), await browser()];
		for (const one of [recorded('one'), recorded('two')]) await saveRecording(here.database, one);
		const { blob } = got(await here.transfer.exportAll());
		expect(messageOf(here.transfer)).toBe('Exported 0 conversations and 2 recordings.');
		await there.transfer.import([new File([blob], 'all.json')]);
		expect(messageOf(there.transfer)).toBe('Imported 2 recordings.');
		expect(await loadRecording(there.database, 'one')).toEqual(recorded('one'));
		await there.transfer.import([new File([blob], 'all.json')]);
		expect(messageOf(there.transfer)).toBe('2 recordings here already.');
		expect(await namesIn(there.database)).toEqual(['one', 'two']);
	});

	test('go out and come in as they were whatever came over the wire, and so do runs', async () => {
		const [here, there] = [await browser(), await browser()];
		const { id } = here.library.create(content(saying('Hello')));
		const response = {
			at: 12.5,
			status: 999,
			statusText: 'Request\u0002denied',
			headers: [['x-odd', 'a\u0001b']],
		} as const;
		const run: Run = { ...runOf(id), target: { kind: 'custom', baseUrl: 'http://localhost:1' }, response };
		await here.library.keepRun(run);
		await saveRecording(here.database, recordingOf(run, 'one', null)!); // it has an answer
		const { blob } = got(await here.transfer.exportAll());
		await there.transfer.import([blob]);
		expect(messageOf(there.transfer)).toBe('Imported 1 conversation; added 1 recording.');
		expect(await loadRecording(there.database, 'one')).toMatchObject({ response });
		expect(await everything(there.database)).toEqual(await everything(here.database));
	});

	test('of the same id and another answer are both kept', async () => {
		const [here, there] = [await browser(), await browser()];
		await saveRecording(here.database, recorded('one', 'mine', 'something else'));
		await saveRecording(there.database, recorded('one', 'theirs'));
		const { blob } = got(await there.transfer.exportAll());
		for (let time = 0; time < 2; time++) await here.transfer.import([new File([blob], 'all.json')]);
		expect(await namesIn(here.database)).toEqual(['mine', 'theirs']);
	});

	test('stay out of the export of one conversation', async () => {
		const here = await browser();
		const { id } = here.library.create(content(saying('Hello')));
		await saveRecording(here.database, recorded('one'));
		const { blob } = got(await here.transfer.exportOne(id));
		expect(JSON.parse(await blob.text())).toMatchObject({ recordings: [] });
	});
});

describe('an import', () => {
	test('reads the first version', async () => {
		const { database, transfer, library, protect } = await browser();
		await transfer.import([file(version1)]);
		expect(protect).toHaveBeenCalledOnce();
		const [{ id, text, runs }] = version1.conversations as [(typeof version1.conversations)[0]];
		expect(await library.read(id)).toMatchObject({ value: { text, revision: 1, pinned: true, origin: { turn: 2 } } });
		expect(await library.loadRun(id, runs[0]!.id)).toMatchObject({ value: { pinned: true, duration: 14 } }); // there is one
		const [attachment] = Object.entries(version1.attachments);
		expect(await everything(database)).toMatchObject({ [`attachment/${attachment?.[0]}`]: attachment?.[1].data });
	});

	test('has what is to be decided of earlier ones counted anew before it is told', async () => {
		const { transfer, recount } = await browser();
		recount.mockImplementation(() => {
			expect(transfer.phase.kind).toBe('busy');
			return Promise.resolve();
		});
		await transfer.import([file(version1)]);
		expect(recount).toHaveBeenCalledOnce();
		expect(messageOf(transfer)).toBe('Imported 1 conversation.');
	});

	test('of what is here already changes nothing, however often', async () => {
		const { database, library, transfer } = await browser();
		const { id } = library.create(content(saying('a')));
		await library.keepRun(runOf(id));
		const { blob } = got(await transfer.exportAll());
		await library.setPinned(id, true);
		const before = await everything(database);
		expect(await transfer.import([blob, blob])).toEqual([]);
		expect(messageOf(transfer)).toBe('2 conversations were here already.');
		expect(await everything(database)).toEqual(before);
	});

	test('brings an attachment back that was damaged here', async () => {
		const { database, store, library, transfer, keep } = await browser();
		const bytes = crypto.getRandomValues(new Uint8Array(2000));
		library.create(content(await keep(bytes)));
		const { blob } = got(await transfer.exportAll());
		const sha256 = await sha256Hex(bytes);
		const before = await everything(database);
		await database.write((records) => records.put(`attachment/${sha256}`, { version: 1, blob: 'torn' }));
		expect(await store.loadAttachment(sha256)).toBeNull();
		await transfer.import([blob]);
		expect(messageOf(transfer)).toBe('1 conversation was here already; added 1 attachment.');
		expect(await everything(database)).toEqual(before);
	});

	test('has whatever was missing looked at again, when it brings attachments', async () => {
		const there = await browser();
		there.library.create(content(await there.keep(crypto.getRandomValues(new Uint8Array(2000)))));
		const { blob } = got(await there.transfer.exportAll());
		const { transfer, attachments } = await browser();
		const lookAgain = vi.spyOn(attachments, 'lookAgain');
		await transfer.import([file({ ...(JSON.parse(await blob.text()) as object), attachments: {} })]);
		expect(lookAgain).not.toHaveBeenCalled();
		await transfer.import([blob]);
		expect(lookAgain).toHaveBeenCalledOnce();
	});

	test('of another version of what is here keeps both, the imported one as a copy, once', async () => {
		const { library, transfer } = await browser();
		const { id } = library.create(content(saying('a')));
		await library.keepRun(runOf(id));
		const { blob } = got(await transfer.exportAll());
		library.edit(id, { text: saying('b') });
		const [copy] = await transfer.import([blob]);
		expect(titles(library)).toEqual(['a (imported)', 'b']);
		expect(messageOf(transfer)).toBe('Imported 1 conversation; 1 of them beside another version that was here.');
		expect(await library.read(copy!)).toMatchObject({ value: { text: saying('a') } }); // there was one
		expect(await library.loadRun(copy!, run1.id)).toEqual({ kind: 'found', value: runOf(copy!) });
		expect(await transfer.import([blob])).toEqual([]);
		expect(titles(library)).toEqual(['a (imported)', 'b']);

		await library.load(copy!);
		library.edit(copy!, { text: saying('c') });
		expect(await transfer.import([blob])).toHaveLength(1);
		expect(await transfer.import([blob])).toHaveLength(0);
		expect(library.summaries).toHaveLength(3);
	});

	describe('of what was edited in two browsers', () => {
		/** Two browsers with one conversation that was edited in both, and was exported from the first to the second. */
		async function edited() {
			const [home, work] = [await browser(), await browser()];
			const { id } = home.library.create(content(saying('common')));
			await home.library.keepRun(runOf(id));
			const carry = async (from: typeof home, to: typeof home) => {
				await to.transfer.import([got(await from.transfer.exportAll()).blob]);
				return messageOf(to.transfer);
			};
			await carry(home, work);
			await work.library.load(id);
			home.library.edit(id, { text: saying('edited at home') });
			work.library.edit(id, { text: saying('edited at work') });
			await carry(home, work);
			expect(titles(work.library)).toEqual(['edited at home (imported)', 'edited at work']);
			return { home, work, id, carry };
		}

		test('brings no copy of one’s own version back, however often it goes to and fro', async () => {
			const { home, work, carry } = await edited();
			expect(await carry(work, home)).toBe(
				'Imported 1 conversation; 1 of them beside another version that was here; 1 conversation was here already.',
			);
			expect(titles(home.library)).toEqual(['edited at home', 'edited at work (imported)']);
			for (const [from, to] of [
				[home, work],
				[work, home],
			] as const)
				expect(await carry(from, to)).toBe('2 conversations were here already.');
		});

		test('brings the runs of the copy to one’s own version', async () => {
			const { home, work, id, carry } = await edited();
			const copy = work.library.summaries.find(({ title }) => title === 'edited at home (imported)')!; // as just seen
			await work.library.keepRun(runOf(copy.id, 'at-work'));
			expect(await carry(work, home)).toContain('added runs to 1 conversation');
			expect((await home.library.runs(id)).map((run) => run.id).toSorted()).toEqual([run1.id, 'at-work'].toSorted());
			expect(await home.library.loadRun(id, 'at-work')).toEqual({ kind: 'found', value: runOf(id, 'at-work') });
			expect(titles(home.library)).toEqual(['edited at home', 'edited at work (imported)']);
		});

		test('knows one’s own version also in the copy of a copy', async () => {
			const { home, work, carry } = await edited();
			const third = await browser();
			await carry(work, third);
			const copy = third.library.summaries.find(({ title }) => title === 'edited at home (imported)')!; // it came in
			await third.library.load(copy.id);
			third.library.edit(copy.id, { text: saying('edited elsewhere') });
			await carry(work, third);
			expect(titles(third.library)).toContain('edited at home (imported) (imported)');
			await carry(third, home);
			// What was edited elsewhere is called as it was, and another version; the other copy is one's own.
			expect(titles(home.library)).toEqual([
				'edited at home',
				'edited at home (imported)',
				'edited at work (imported)',
			]);
		});

		test('takes a copy in that was edited since', async () => {
			const { home, work, carry } = await edited();
			const copy = work.library.summaries.find(({ title }) => title === 'edited at home (imported)')!; // as just seen
			await work.library.load(copy.id);
			work.library.edit(copy.id, { text: saying('edited once more') });
			await carry(work, home);
			expect(home.library.summaries).toHaveLength(3);
		});
	});

	test('adds the runs that are not here to what is', async () => {
		const { library, transfer } = await browser();
		const { id } = library.create(content(saying('a')));
		await library.keepRun(runOf(id, 'run-1'));
		await library.keepRun(runOf(id, 'run-10'));
		const { blob } = got(await transfer.exportAll());
		await library.removeRun(id, 'run-1');
		const heard: string[] = [];
		library.listen(({ kind }) => heard.push(kind));
		expect(await transfer.import([blob])).toEqual([]);
		expect(messageOf(transfer)).toBe('Added runs to 1 conversation.');
		expect((await library.runs(id)).map((run) => run.id).toSorted()).toEqual(['run-1', 'run-10']);
		expect(library.summaries[0]?.runs).toBe(2);
		expect(heard).toContain('runs');
	});

	test('takes a bare request body in, its base64 as an attachment', async () => {
		const { library, transfer, attachments } = await browser();
		const bytes = crypto.getRandomValues(new Uint8Array(3000));
		const text = `{"messages": [{"role": "user", "content": "ant"}],  "data": "${toBase64(bytes)}"}`;
		const [id] = await transfer.import([file(text)]);
		const sha256 = await sha256Hex(bytes);
		expect(await library.read(id!)).toMatchObject({
			value: { title: 'ant', text: text.replace(toBase64(bytes), referenceTo(sha256)) },
		});
		expect(await attachments.base64(sha256)).toBe(toBase64(bytes));
	});

	test('calls a conversation without a title by its words, and knows it again', async () => {
		const [whole] = version1.conversations;
		const without = (id: string, text: string) => ({ ...whole, id, text, title: ' ', named: true });
		const conversations = [without('a', saying('What is Latin for “ant”?')), without('b', '{}')];
		const { transfer, library } = await browser();
		await transfer.import([file({ ...version1, conversations })]);
		expect(titles(library)).toEqual(['Imported request', 'What is Latin for “ant”?']);
		expect(await library.read('a')).toMatchObject({ value: { named: false } });
		await transfer.import([file({ ...version1, conversations })]);
		expect(messageOf(transfer)).toBe('2 conversations were here already.');
	});

	test('takes no key in with a request, and says so', async () => {
		const { database, transfer } = await browser();
		const [first] = await transfer.import([file(saying('Why does sk-ant-api03-canary-0123456789 not work?'))]);
		expect(messageOf(transfer)).toBe(
			'Imported 1 conversation. What looks like an API key in it was shortened to its last four characters.',
		);
		expect(JSON.stringify(await everything(database))).not.toContain('canary');
		expect(await database.read((records) => records.get(`conversation/${first}`))).toMatchObject({
			text: saying('Why does sk-ant-…6789 not work?'),
		});
	});

	test('says no key that is in the name of a file', async () => {
		const { transfer } = await browser({ held: 'of-some-proxy-canary-6789' });
		await transfer.import([new File(['words'], 'of-some-proxy-canary-6789 sk-ant-api03-canary-0123456789.json')]);
		expect(messageOf(transfer)).toContain('“…6789 sk-ant-…6789.json” was not imported.');
	});

	test('takes no key in with an export, and goes on knowing it for what is here', async () => {
		const { library, transfer } = await browser({ held: 'of-some-proxy-canary-6789' });
		const key = 'sk-proj-canary0canary1canary2-1234';
		const one = { ...version1.conversations[0], text: saying(`Is ${key} or of-some-proxy-canary-6789 good?`) };
		const whole = file({ ...version1, conversations: [one] });
		const [id] = await transfer.import([whole]);
		expect(messageOf(transfer)).toContain(
			'What looks like an API key in it was shortened to its last four characters.',
		);
		expect(await library.load(id!)).toMatchObject({ value: { text: saying('Is …1234 or …6789 good?') } });
		await transfer.import([whole]);
		expect(messageOf(transfer)).toContain('1 conversation was here already.');
	});

	test('takes several files in at once, or none of them', async () => {
		const { database, library, transfer } = await browser();
		const good = file(saying('a'));
		const before = await everything(database);
		expect(await transfer.import([good, file('{"messages": 1}', 'bad.json')])).toEqual([]);
		expect(transfer.phase).toMatchObject({ kind: 'ended', failed: true });
		expect(messageOf(transfer)).toMatch(/^“bad.json” was not imported. It is neither an export/);
		expect(await everything(database)).toEqual(before);
		expect(await transfer.import([good, file('[{"role": "user", "content": "b"}]')])).toHaveLength(2);
		expect(titles(library)).toEqual(['a', 'b']);
		transfer.dismiss();
		expect(transfer.phase).toEqual({ kind: 'idle' });
	});

	test.each([
		['other bytes than its SHA-256 says', toBase64(new Uint8Array(9))],
		['no base64', '!'],
	])('refuses an attachment with %s', async (_, data) => {
		const { database, transfer } = await browser();
		const [sha256] = Object.keys(version1.attachments);
		await transfer.import([file({ ...version1, attachments: { [sha256!]: { mediaType: '', data } } })]);
		expect(messageOf(transfer)).toBe(
			`“in.json” was not imported. attachments.${sha256}.data is not what its SHA-256 says.`,
		);
		expect(await everything(database)).toEqual({});
	});

	/** An export of three long conversations with a run each, and a way to act before the third is written. */
	async function interrupted(act: () => void | Promise<void>) {
		const there = await browser();
		for (const words of ['a', 'b', 'c']) {
			const text = saying(words).replace('}]', `, "more": "${'.'.repeat(500_000)}"}]`);
			await there.library.keepRun(runOf(there.library.create(content(text)).id));
		}
		const { blob } = got(await there.transfer.exportAll());
		let writes = -1;
		const here = await browser({
			wrap: (database) => ({
				...database,
				write: async (steps) => {
					if (writes >= 0 && ++writes === 3) await act();
					return database.write(steps);
				},
			}),
		});
		here.library.create(content(saying('mine')));
		await here.library.flush();
		const before = await everything(here.database);
		writes = 0;
		return { ...here, blob, before };
	}

	/** What is there of conversations and runs. A list without them may stand. */
	const kept = (records: Record<string, unknown>) =>
		Object.fromEntries(Object.entries(records).filter(([key]) => !/^(?:index|fresh)\//.test(key)));

	test('that is cancelled leaves nothing behind', async () => {
		const { database, transfer, library, blob, before } = await interrupted(() => transfer.cancel());
		const importing = transfer.import([blob]);
		expect(transfer.phase).toMatchObject({ kind: 'busy', doing: 'Importing' });
		expect(await importing).toEqual([]);
		expect(transfer.phase).toEqual({ kind: 'idle' });
		expect(kept(await everything(database))).toEqual(kept(before));
		expect(titles(library)).toEqual(['mine']);
		expect(await new Store(database).listSummaries()).toHaveLength(1);
	});

	test('that fails half way leaves nothing behind, and says why', async () => {
		const { database, transfer, blob, before } = await interrupted(() => {
			throw new DOMException('', 'QuotaExceededError');
		});
		expect(await transfer.import([blob])).toEqual([]);
		expect(messageOf(transfer)).toMatch(/no more room/);
		expect(kept(await everything(database))).toEqual(kept(before));
	});

	test.each([
		['and opened again', 3, 'Nothing was imported.', 0],
		['and stays closed', Infinity, 'What had come in by then could not be removed.', 50],
	])('whose database is closed by the browser %s says so, and why but once', async (_, times, what, left) => {
		let [writes, refused] = [0, times];
		const { database, transfer } = await browser({
			wrap: (database) => ({
				...database,
				write: (steps) =>
					++writes > 1 && refused-- > 0
						? Promise.reject(new DOMException('Connection is closing.', 'UnknownError'))
						: database.write(steps),
			}),
		});
		const conversations = Array.from({ length: 60 }, (_, place) => ({ ...version1.conversations[0], id: `c${place}` }));
		expect(await transfer.import([file({ ...version1, conversations })])).toEqual([]);
		expect(messageOf(transfer)).toBe(`${what} The browser could not save this: UnknownError: Connection is closing.`);
		expect(await database.read((records) => records.count('conversation/'))).toBe(left);
	});

	test('that fails removes the attachments it brought, but none that was here or that something names by then', async () => {
		const there = await browser();
		const pictures = [1, 2, 3, 4].map((fill) => new Uint8Array(2000).fill(fill));
		const [here, named, damaged] = await Promise.all(pictures.map((bytes) => sha256Hex(bytes)));
		// They come in from the newest to the oldest, the last of them apart.
		there.library.create(content(saying('the last of them')));
		there.library.create(content(saying('a'.repeat(500_000))));
		for (const bytes of pictures) there.library.create(content(await there.keep(bytes)));
		const { blob } = got(await there.transfer.exportAll());

		let last = () => Promise.resolve();
		const mine = await browser({
			wrap: (database) => ({
				...database,
				write: (steps) =>
					database.write(async (records) => {
						const value = await steps(records);
						const { taken = [] } = (value ?? {}) as { taken?: readonly TakenIn[] };
						if (taken.some(({ summary }) => summary.title === 'the last of them')) await last();
						return value;
					}),
			}),
		});
		await mine.attachments.keep(here!, pictures[0]!);
		mine.library.create(content(`"${referenceTo(damaged!)}"`));
		await mine.library.flush();
		await mine.database.write((records) => records.put(`attachment/${damaged}`, { version: 1 }));
		last = () => {
			mine.library.create(content(`"${referenceTo(named!)}"`));
			throw new DOMException('', 'QuotaExceededError');
		};
		expect(await mine.transfer.import([blob])).toEqual([]);
		await Promise.all(mine.cleared);
		const left = await mine.database.read((records) => records.keys('attachment/'));
		expect(left).toEqual([here, named, damaged].map((sha256) => `attachment/${sha256}`).toSorted());
		expect((await mine.store.loadAttachment(damaged!))?.size).toBe(2000);
	});

	test('that is cancelled leaves alone what was edited meanwhile', async () => {
		const { store, transfer, library, blob } = await interrupted(async () => {
			const first = (await store.listSummaries()).find(({ title }) => title === 'c');
			const loaded = await store.loadConversation(first!.id); // it is written first
			if (loaded.kind === 'found') await store.saveConversation({ ...loaded.value, text: saying('touched') }, 1);
			transfer.cancel();
		});
		await transfer.import([blob]);
		expect((await store.listSummaries()).map(({ title, runs }) => [title, runs]).toSorted()).toEqual([
			['c', 1],
			['mine', 0],
		]);
		expect(titles(library)).toEqual(['c', 'mine']);
	});

	test('refuses what no browser could read', async () => {
		const { transfer } = await browser();
		const piece = new Blob([' '.repeat(50_000_001)]);
		await transfer.import([new File(new Array<Blob>(10).fill(piece), 'long.json')]);
		expect(messageOf(transfer)).toMatch(/^“long.json” was not imported. The file is longer than the 500 MB/);
	});
});

describe('what is imported', () => {
	test.each([
		['where no worker can be started', noWorker],
		['where the worker cannot be loaded', () => new Worker('/there-is-none.js', { type: 'module' })],
		['where the worker fails', () => workerOf('onmessage = () => { throw new Error(); }')],
	])('is read by the page itself %s', async (_, startWorker) => {
		const { transfer, library } = await browser({ startWorker });
		expect(await transfer.import([file(saying('a')), file(version1)])).toHaveLength(1 + version1.conversations.length);
		expect(library.summaries).toHaveLength(1 + version1.conversations.length);
		await transfer.import([file('{"messages": 1}')]);
		expect(messageOf(transfer)).toMatch(/^“in.json” was not imported. It is neither an export/);
	});

	test('can be given up while it is still being read, and nothing of it comes', async () => {
		const workers: Worker[] = [];
		const startWorker = () => {
			const silent = workerOf('onmessage = () => {}');
			workers.push(silent);
			return silent;
		};
		const { database, transfer } = await browser({ startWorker });
		const importing = transfer.import([file(version1)]);
		await expect.poll(() => workers).toHaveLength(1);
		const ended = vi.spyOn(workers[0]!, 'terminate');
		expect(transfer.phase).toMatchObject({ kind: 'busy', doing: 'Importing' });
		transfer.cancel();
		expect(await importing).toEqual([]);
		expect(transfer.phase).toEqual({ kind: 'idle' });
		expect(ended).toHaveBeenCalled();
		expect(await everything(database)).toEqual({});
	});

	test('is taken back when its worker dies before all of it came', async () => {
		const part = JSON.stringify({ ...version1.conversations[0], runs: [] });
		const { database, transfer, library } = await browser({
			startWorker: () =>
				workerOf(`onmessage = ({ data }) => {
					if (data.kind === 'read') postMessage({ kind: 'understood', count: 2, recordings: [], notes: [] });
					else if (self.told) throw new Error();
					else postMessage({ kind: 'part', part: [{ conversation: ${part}, attachments: new Map(), mark: '' }] });
					self.told = data.kind === 'next';
				}`),
		});
		expect(await transfer.import([file(version1)])).toEqual([]);
		expect(messageOf(transfer)).toMatch(/What reads the file has stopped/);
		expect(Object.keys(await everything(database)).filter((key) => /^(?:conversation|run)/.test(key))).toEqual([]);
		expect(library.summaries).toEqual([]);
	});

	test('is listed at once, and told to other tabs in one message, however much it is', async () => {
		let transactions = 0;
		const { database, transfer, library } = await browser({
			wrap: (database) => ({
				...database,
				write: (steps) => {
					transactions++;
					return database.write(steps);
				},
			}),
		});
		const other = new BroadcastChannel(database.name);
		const told: (readonly News[])[] = [];
		other.onmessage = ({ data }: MessageEvent<readonly News[]>) => told.push(data);
		const lists = new Set<unknown>();
		library.listen(() => lists.add(library.summaries));
		const [one] = version1.conversations;
		const conversations = Array.from({ length: 500 }, (_, place) => ({ ...one, id: `c${place}`, runs: [] }));
		await transfer.import([file({ ...version1, attachments: {}, conversations })]);
		await expect.poll(() => told.length).toBeGreaterThan(0);
		expect(told.map((news) => news.length)).toEqual([500]);
		expect(lists.size).toBe(1);
		expect(transactions).toBeLessThan(20);
		other.close();
	});
});

describe('a long export', () => {
	const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array<number>(3000).fill(7)]);

	/** A browser with more pictures than one JSON file is made for, and what it exports. */
	async function longExport() {
		const here = await browser();
		const { id } = here.library.create(content(await here.keep(new Uint8Array(20_000_000).fill(1))));
		here.library.create(content(await here.keep(png)));
		await here.library.keepRun(runOf(id));
		return { ...here, exported: got(await here.transfer.exportAll()) };
	}

	/** A zip of these files, some of them squeezed. */
	async function zipOf(files: Readonly<Record<string, string | Blob>>, squeezed = true) {
		const writer = new ZipWriter();
		for (const [name, content] of Object.entries(files))
			await writer.add(name, new Blob([content]), squeezed, () => undefined);
		return new File([writer.end()], 'in.zip');
	}

	test('is a zip of the same file with the attachments beside it, and comes back to the byte', async () => {
		const here = await longExport();
		const { name, blob } = here.exported;
		expect([name, blob.type]).toEqual(['messages-playground-2026-11-22.zip', 'application/zip']);
		expect(messageOf(here.transfer)).toBe('Exported 2 conversations.');
		const opened = await ZipReader.open(blob);
		if (opened.kind !== 'opened') expect.fail(opened.reason);
		const picture = `attachments/${await sha256Hex(png)}.png`;
		expect(opened.zip.names).toHaveLength(3);
		expect(opened.zip.names).toEqual(expect.arrayContaining(['export.json', picture]));
		const unpacked = await opened.zip.unpack('export.json', () => undefined);
		if (unpacked.kind !== 'unpacked') expect.fail(unpacked.kind);
		const document: unknown = JSON.parse(await unpacked.content.text());
		const schema = (await (await fetch('/export.schema.json')).json()) as JsonSchema;
		expect(faultsBy(schema, document)).toEqual([]);
		expect(document).toMatchObject({
			attachments: { [await sha256Hex(png)]: { mediaType: 'image/png', file: picture } },
		});

		const there = await browser();
		expect(await there.transfer.import([new Blob([blob])])).toHaveLength(2);
		expect(await everything(there.database)).toEqual(await everything(here.database));
		expect(await there.transfer.import([blob])).toEqual([]);
		expect(messageOf(there.transfer)).toBe('2 conversations were here already.');
	});

	test('that is cancelled gives nothing, and leaves nothing behind when it comes in', async () => {
		const { attachments, transfer, exported } = await longExport();
		const picture = got(await attachments.blob(await sha256Hex(png)));
		picture.stream = () => {
			expect(transfer.phase).toMatchObject({ kind: 'busy', total: expect.closeTo(60_000_000, -5) as number });
			transfer.cancel();
			return new Blob([png]).stream();
		};
		expect(await transfer.exportAll()).toBeNull();
		expect(transfer.phase).toEqual({ kind: 'idle' });

		const there = await browser({ startWorker: noWorker });
		const incoming = new Blob([exported.blob]);
		let slices = 0;
		incoming.slice = (...range) => {
			// Its beginning, its end, its list, and two for each file.
			if (++slices === 6) there.transfer.cancel();
			return Blob.prototype.slice.apply(incoming, range);
		};
		expect(await there.transfer.import([incoming])).toEqual([]);
		expect(there.transfer.phase).toEqual({ kind: 'idle' });
		expect(await everything(there.database)).toEqual({});
	});

	test.each([
		['cut off', (zip: Blob) => Promise.resolve(zip.slice(0, zip.size - 30)), /cut off: its end is missing/],
		['with a byte changed in a file', (zip: Blob) => changed(zip, 'words'), /export.json in it cannot be read/],
		['with a damaged list', (zip: Blob) => changed(zip, 'PK\x01\x02'), /its list of files cannot be read/],
		['whose list leads nowhere', (zip: Blob) => changed(zip, 'PK\x01\x02', 42, 9), /export.json in it cannot be read/],
		['of the Zip64 kind', (zip: Blob) => changed(zip, 'PK\x05\x06', 10, 0xff, 0xff), /Zip64/],
		['that is encrypted', (zip: Blob) => changed(zip, 'PK\x01\x02', 8, 1), /export.json in the zip is encrypted/],
		['that was packed in an unknown way', (zip: Blob) => changed(zip, 'PK\x01\x02', 10, 12), /packed in a way/],
	])('%s is refused with the reason', async (_, damage, reason) => {
		const { database, transfer } = await browser();
		const zip = await zipOf({ 'export.json': saying('some words that nobody changes') }, false);
		await transfer.import([new File([await damage(zip)], 'in.zip')]);
		expect(messageOf(transfer)).toMatch(/^“in.zip” was not imported. /);
		expect(messageOf(transfer)).toMatch(reason);
		expect(await everything(database)).toEqual({});
	});

	/** The zip with other bytes where these stand, or so many further on. */
	async function changed(zip: Blob, where: string, further = 0, ...bytes: number[]): Promise<Blob> {
		const all = new Uint8Array(await zip.arrayBuffer());
		const at = new TextDecoder('latin1').decode(all).indexOf(where) + further;
		all.set(bytes.length > 0 ? bytes : [all[at]! ^ 1], at); // it stands there
		return new Blob([all]);
	}

	test('with a squeezed file that is damaged, or longer than it says, is refused', async () => {
		const { transfer } = await browser();
		const zip = await zipOf({ 'export.json': saying('ant '.repeat(1000)) });
		// The first byte of what is squeezed, and the length that the list gives.
		for (const damaged of [await changed(zip, 'export.json', 11, 0xff), await changed(zip, 'PK\x01\x02', 24, 9)]) {
			await transfer.import([damaged]);
			expect(messageOf(transfer)).toMatch(/export.json in it cannot be read/);
		}
	});

	test.each([
		['is missing', {}, /^“in.zip” was not imported. a.bin is not in the zip./],
		['is another one', { 'a.bin': 'other' }, /^“in.zip” was not imported. a.bin is not what its SHA-256 says./],
	])('an attachment of which %s is refused', async (_, files, reason) => {
		const { database, transfer } = await browser();
		const document = { ...version1, attachments: { ['0'.repeat(64)]: { mediaType: '', file: 'a.bin' } } };
		await transfer.import([await zipOf({ 'export.json': JSON.stringify(document), ...files })]);
		expect(messageOf(transfer)).toMatch(reason);
		await transfer.import([file(document)]);
		expect(messageOf(transfer)).toMatch(/Its attachments are in files beside it: import the zip that it came in./);
		expect(await everything(database)).toEqual({});
	});

	test('that was unpacked and packed again within its folder comes in, another zip does not', async () => {
		const { transfer, attachments } = await browser();
		const bytes = new Uint8Array(3000);
		const sha256 = await sha256Hex(bytes);
		const document = JSON.stringify({
			...version1,
			conversations: [{ ...version1.conversations[0], text: `{"data": "${referenceTo(sha256)}"}` }],
			attachments: { [sha256]: { mediaType: '', file: 'attachments/a' } },
		});
		const packed = {
			'__MACOSX/out/._export.json': '',
			'out/export.json': document,
			'out/attachments/a': new Blob([bytes]),
		};
		expect(await transfer.import([await zipOf(packed)])).toHaveLength(1);
		expect(await attachments.blob(sha256)).toMatchObject({ size: 3000 });
		await transfer.import([await zipOf({ 'other.txt': 'words' })]);
		expect(messageOf(transfer)).toBe('“in.zip” was not imported. There is no export.json in the zip.');
	});
});
