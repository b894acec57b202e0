import { describe, expect, test, vi } from 'vitest';
import { Disk } from '../../../src/state/disk.svelte';

/** What a page has of its origin: notes that outlive it. */
function notes() {
	const held = new Map<string, string>();
	return {
		getItem: (key: string) => held.get(key) ?? null,
		setItem: (key: string, value: string) => void held.set(key, value),
	};
}
const visit = (kept: ReturnType<typeof notes> | null, name = 'page') =>
	new Disk({ name, storage: undefined, notes: kept });

describe('Disk', () => {
	test('knows that what the last visit saved is gone, until something is saved anew', () => {
		const kept = notes();
		const first = visit(kept);
		first.note(0);
		first.note(3);
		expect(first.lost).toBe(0);
		for (const _ of ['the next visit', 'the one after it']) {
			const next = visit(kept);
			next.note(0);
			expect(next.lost).toBe(3);
		}
		const again = visit(kept);
		again.note(0);
		again.note(1);
		expect(again.lost).toBe(0);
		const last = visit(kept);
		last.note(1);
		expect(last.lost).toBe(0);
	});

	test('takes what the user deleted for no loss', () => {
		const kept = notes();
		const first = visit(kept);
		first.note(1);
		first.note(0);
		expect(first.lost).toBe(0);
		visit(kept).note(2);
		const next = visit(kept);
		next.note(2);
		next.note(0);
		expect(next.lost).toBe(0);
		const last = visit(kept);
		last.note(0);
		expect(last.lost).toBe(0);
	});

	test('does not mistake another page of the origin for itself', () => {
		const kept = notes();
		visit(kept, 'one').note(2);
		const other = visit(kept, 'two');
		other.note(0);
		expect(other.lost).toBe(0);
	});

	test('does without notes, and with notes that have no room', () => {
		const none = visit(null);
		none.note(0);
		expect(none.lost).toBe(0);
		const full = {
			getItem: () => null,
			setItem: () => {
				throw new DOMException('', 'QuotaExceededError');
			},
		};
		expect(() => visit(full).note(1)).not.toThrow();
	});

	test('expects conversations where the last visit had some, until it has been found out', () => {
		const kept = notes();
		expect([visit(null).expected, visit(kept).expected]).toEqual([0, 0]);
		visit(kept).note(2);
		for (const count of [0, 2]) {
			const next = visit(kept);
			expect(next.expected).toBe(2);
			next.note(count);
			expect(next.expected).toBe(0);
		}
		visit(kept).note(1);
		const emptied = visit(kept);
		emptied.note(1);
		emptied.note(0);
		expect(visit(kept).expected).toBe(0);
	});

	test('asks once a visit to be kept, and only where that is not promised yet', async () => {
		const persist = vi.fn(() => Promise.resolve(false));
		const withPromise = (promised: boolean) => {
			const storage = {
				persist,
				persisted: () => Promise.resolve(promised),
				estimate: () => Promise.resolve({ usage: 1, quota: 2 }),
			};
			return new Disk({ name: 'page', storage, notes: null });
		};
		const disk = withPromise(false);
		await disk.protect();
		await disk.protect();
		await withPromise(true).protect();
		expect(persist).toHaveBeenCalledOnce();
		expect(await disk.usage()).toEqual({ used: 1, quota: 2, promised: false });
	});

	test('says what the browser says, or that it says nothing', async () => {
		const real = new Disk({ name: 'page', storage: navigator.storage, notes: null });
		expect(await real.usage()).toMatchObject({
			used: expect.any(Number) as number,
			quota: expect.any(Number) as number,
		});
		expect(await visit(null).usage()).toBeNull();
	});
});
