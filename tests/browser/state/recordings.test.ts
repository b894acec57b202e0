import { describe, expect, test } from 'vitest';
import { textOf } from '../../../src/model/answer';
import { explain } from '../../../src/model/explain';
import { outcomeOf } from '../../../src/model/outcome';
import { Recordings } from '../../../src/state/recordings.svelte';
import { memoryDatabase } from '../../../src/store/memory-database';
import { runWith } from '../../fixtures/runs';

function recordingsOver(database = memoryDatabase('recordings')) {
	let count = 0;
	const needs = { database, keyRing: { read: () => 'my-own-secret' }, newId: () => `recording-${++count}` };
	return { recordings: new Recordings(needs), database };
}

describe('recordings', () => {
	test('are made of a run without the key, kept, and found again by another page', async () => {
		const { recordings, database } = recordingsOver();
		await recordings.record(runWith({ body: 'It is my-own-secret.' }));
		expect(recordings.latest?.id).toBe('recording-1');
		const other = recordingsOver(database).recordings;
		await other.load();
		expect(other.all.map(({ name }) => name)).toEqual(['Recording']);
		expect(textOf((await other.find('recording-1'))!.chunks)).toBe('It is *********cret.');
		expect(await other.find('gone')).toBeNull();
	});

	test('are not made of what the simulated API answered', async () => {
		const { recordings } = recordingsOver();
		await recordings.record(runWith({ target: { kind: 'simulated' } }));
		expect([recordings.latest, recordings.all]).toEqual([null, []]);
	});

	test('are renamed, deleted, and brought back as they were', async () => {
		const { recordings } = recordingsOver();
		await recordings.record(runWith({ body: 'said' }));
		await recordings.rename('recording-1', 'An ant');
		const before = await recordings.find('recording-1');
		await recordings.remove('recording-1');
		expect([recordings.removed, recordings.all]).toEqual(['An ant', []]);
		await recordings.undo();
		expect(recordings.removed).toBeNull();
		expect(await recordings.find('recording-1')).toEqual(before);
	});

	test.each([
		[200, 'Cut off'],
		[429, 'Too many requests (429)'],
	])('of which only the head can be read, of status %d, say so where they are played', async (status, title) => {
		const { recordings, database } = recordingsOver();
		const run = runWith({ status, body: 'said' });
		await recordings.record(run);
		expect(await recordings.toPlay('recording-1')).toEqual(await recordings.find('recording-1'));
		await database.write((records) => records.put('recorded/recording-1', { version: 9 }));
		expect(await recordings.find('recording-1')).toBeNull();
		const played = { ...run, ...(await recordings.toPlay('recording-1'))!, target: { kind: 'simulated' } as const }; // its head is there
		const explanation = explain(outcomeOf(played)!, played); // it has ended
		expect(explanation.title).toBe(title);
		expect(explanation.text).toContain('its record is damaged');
		expect(await recordings.toPlay('gone')).toBeNull();
	});

	test('say in words that there is no room for another', async () => {
		const { recordings, database } = recordingsOver();
		database.write = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		await recordings.record(runWith({ body: 'said' }));
		expect(recordings.problem).toContain('no more room');
		expect(recordings.latest).toBeNull();
	});

	test('that say they are others are neither listed nor played as any', async () => {
		const { recordings, database } = recordingsOver();
		await recordings.record(runWith({ body: 'said' }));
		await database.write(async (records) => {
			records.put('recording/moved', await records.get('recording/recording-1'));
			records.put('recorded/moved', await records.get('recorded/recording-1'));
		});
		await recordings.load();
		expect(recordings.all.map(({ id }) => id)).toEqual(['recording-1']);
		expect(await recordings.toPlay('moved')).toBeNull();
	});

	test('that cannot be read are left where they are, and out of the list', async () => {
		const { recordings, database } = recordingsOver();
		await database.write((records) => records.put('recording/odd', { version: 9 }));
		await recordings.record(runWith({}));
		expect(recordings.all).toHaveLength(1);
		expect(await database.read((records) => records.get('recording/odd'))).toEqual({ version: 9 });
	});
});
