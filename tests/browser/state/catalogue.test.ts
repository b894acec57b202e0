import { describe, expect, test } from 'vitest';
import type { Asking, Listing } from '../../../src/api/list-models';
import { findModel, MODELS } from '../../../src/model/models';
import { Catalogue } from '../../../src/state/catalogue.svelte';
import type { KeyState } from '../../../src/state/key-ring.svelte';
import type { Database } from '../../../src/store/database';
import { memoryDatabase } from '../../../src/store/memory-database';

const anthropic = { kind: 'anthropic' } as const;
const asking = { target: anthropic, apiVersion: '2023-06-01', headers: [] } as const;
const listed = (...ids: readonly string[]): Listing => ({ kind: 'listed', items: ids.map((id) => ({ id })) });

/** A catalogue that waits for its answers to be given by hand. */
function catalogueOver(database: Database, state: KeyState = { kind: 'none' }) {
	const asked: { asking: Asking; answer: (listing: Listing) => void; signal: AbortSignal }[] = [];
	let changes = 0;
	const catalogue = new Catalogue({
		database,
		keyRing: { state, read: () => 'the key' },
		listModels: (asking, signal) => new Promise((answer) => asked.push({ asking, answer, signal })),
		now: () => Date.UTC(2026, 10, 23),
		onchange: () => changes++,
	});
	return { catalogue, asked, changes: () => changes };
}

describe('the catalogue', () => {
	test('is the table of the page until an API has been asked, and then holds for that API alone', async () => {
		const { catalogue, asked, changes } = catalogueOver(memoryDatabase('models'));
		expect(catalogue.modelsOf(anthropic)).toBe(MODELS);
		const refreshed = catalogue.refresh(asking);
		expect(catalogue.busy).toBe(true);
		expect(asked[0]?.asking).toMatchObject({ ...asking, apiKey: 'the key' });
		asked[0]?.answer(listed('claude-opus-9'));
		await refreshed;
		expect([catalogue.busy, catalogue.problem, changes()]).toEqual([false, '', 1]);
		expect(findModel('claude-opus-9', catalogue.modelsOf(anthropic))?.checked).toBe('2026-11-23');
		expect(catalogue.modelsOf({ kind: 'simulated' })).toBe(MODELS);
		expect(catalogue.modelsOf({ kind: 'custom', baseUrl: 'http://localhost:1' })).toBe(MODELS);
	});

	test('is there again after a reload, and gone once it is forgotten', async () => {
		const database = memoryDatabase('models');
		const local = { kind: 'custom', baseUrl: 'http://localhost:1/' } as const;
		const first = catalogueOver(database);
		const refreshed = first.catalogue.refresh({ ...asking, target: local });
		first.asked[0]?.answer(listed('llama'));
		await refreshed;
		const second = catalogueOver(database);
		await second.catalogue.load();
		expect(second.catalogue.reportOf({ ...local, baseUrl: 'http://localhost:1' })?.items).toEqual([{ id: 'llama' }]);
		await second.catalogue.forget(local);
		expect(second.catalogue.modelsOf(local)).toBe(MODELS);
		const third = catalogueOver(database);
		await third.catalogue.load();
		expect(third.catalogue.reportOf(local)).toBeNull();
	});

	test('keeps what was listed before when the next question fails, and says why', async () => {
		const { catalogue, asked } = catalogueOver(memoryDatabase('models'));
		const refreshed = catalogue.refresh(asking);
		asked[0]?.answer(listed('claude-opus-9'));
		await refreshed;
		const again = catalogue.refresh(asking);
		asked[1]?.answer({ kind: 'malformed', url: 'http://localhost/v1/models' });
		await again;
		expect(catalogue.problem).toBe('http://localhost/v1/models answered, but not with a list of models.');
		expect(catalogue.reportOf(anthropic)?.items).toEqual([{ id: 'claude-opus-9' }]);
	});

	test('shows nothing of a question that was replaced, however late it is answered', async () => {
		const { catalogue, asked } = catalogueOver(memoryDatabase('models'));
		const first = catalogue.refresh(asking);
		const second = catalogue.refresh(asking);
		expect(asked[0]?.signal.aborted).toBe(true);
		asked[1]?.answer(listed('second'));
		await second;
		asked[0]?.answer(listed('first'));
		await first;
		expect(catalogue.reportOf(anthropic)?.items).toEqual([{ id: 'second' }]);
	});

	test('says that a locked key is in the way', () => {
		const { catalogue, asked } = catalogueOver(memoryDatabase('models'), { kind: 'locked', last4: '1a2b' });
		void catalogue.refresh(asking);
		expect(asked[0]?.asking.obstacle?.cause).toBe('key-locked');
	});
});
