import type { Database, Records } from './database';

/** A database that is gone with the page: for browsers, or private windows, without IndexedDB, or with a `refusal` to open it. */
export function memoryDatabase(name: string, refusal = ''): Database {
	let saved: ReadonlyMap<string, unknown> = new Map();
	let last: Promise<unknown> = Promise.resolve();
	return {
		name,
		kept: false,
		refusal,
		read: async (steps) => {
			await last;
			return steps(recordsOf(new Map(saved)));
		},
		write(steps) {
			const mine = last.then(async () => {
				const draft = new Map(saved);
				const value = await steps(recordsOf(draft));
				saved = draft;
				return value;
			});
			// Whoever asked hears of the failure; the next in line starts from what was saved before.
			last = mine.catch(() => undefined);
			return mine;
		},
	};
}

function recordsOf(map: Map<string, unknown>): Records {
	const within = (prefix: string) =>
		[...map].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
	// Cloned on the way in and out, as IndexedDB does: nobody can change a record by holding on to it.
	return {
		get: (key) => Promise.resolve(structuredClone(map.get(key as string))), // nobody but us writes here
		range: (prefix) => Promise.resolve(structuredClone(within(prefix))),
		keys: (prefix) => Promise.resolve(within(prefix).map(([key]) => key)),
		everyKey: () => Promise.resolve([...map.keys()].sort()),
		count: (prefix) => Promise.resolve(within(prefix).length),
		put: (key, record) => void map.set(key, structuredClone(record)),
		delete: (key) => void map.delete(key as string),
	};
}
