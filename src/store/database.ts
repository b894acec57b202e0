import { createStore, promisifyRequest } from 'idb-keyval';

/** The records as one transaction sees them. Waiting for anything but these methods ends the transaction. */
export interface Records {
	/** The record, or undefined; `Damaged` for one that is there and cannot be read. Every key we write is a string. */
	get(key: IDBValidKey): Promise<unknown>;
	/** Every record whose key begins with `prefix`, in the order of the keys, `Damaged` ones among them. */
	range(prefix: string): Promise<readonly Entry[]>;
	/** Every key that begins with `prefix`, in order. */
	keys(prefix: string): Promise<readonly string[]>;
	/** Every key there is, also those that are no strings, and so none of ours. */
	everyKey(): Promise<readonly IDBValidKey[]>;
	count(prefix: string): Promise<number>;
	put(key: string, record: unknown): void;
	delete(key: IDBValidKey): void;
}
export type Entry = readonly [key: string, record: unknown];

/** Stands for a record whose bytes on the disk the browser cannot read any more. It has no shape that was ever saved. */
export class Damaged {
	readonly damaged: string;

	constructor(error: unknown) {
		this.damaged = String(error);
	}
}

/** Where records are kept. A transaction rejects with what went wrong, and then nothing of it was written. */
export interface Database {
	readonly name: string;
	/** Whether the records outlive the page. */
	readonly kept: boolean;
	/** Where they do not: what the browser said when others were to be opened. */
	readonly refusal?: string;
	/** Called when the browser has closed it under the page, as it does when it clears it away; the next transaction opens it anew. */
	onclosed?: () => void;
	read<T>(steps: Steps<T>): Promise<T>;
	write<T>(steps: Steps<T>): Promise<T>;
}
export type Steps<T> = (records: Records) => T | Promise<T>;

/** The name of this page's database. It holds the path: all project pages of one GitHub Pages owner share an origin. */
export function databaseName(path: string): string {
	return `messages-playground ${path.replace(/[^/]*$/, '')}`;
}

/** The browser's IndexedDB. It is opened by the first transaction, which rejects where there is none. */
export function indexedDatabase(name: string): Database {
	const store = createStore(name, 'records');
	// One function, however many transactions name it: each connection calls it once.
	const onclose = () => database.onclosed?.();
	const open = <T>(mode: IDBTransactionMode, steps: Steps<T>) =>
		store(mode, (objects) => {
			objects.transaction.db.addEventListener('close', onclose);
			return transact(objects, steps);
		});
	const database: Database = {
		name,
		kept: true,
		read: async (steps) => open('readonly', steps),
		write: async (steps) => open('readwrite', steps),
	};
	return database;
}

async function transact<T>(objects: IDBObjectStore, steps: Steps<T>): Promise<T> {
	const { transaction } = objects;
	const writes = transaction.mode === 'readwrite';
	// What was read is there as soon as it is; what was written only when all of it is.
	const finished =
		writes &&
		new Promise<void>((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was given up.'));
		});
	const attempt = async () => {
		try {
			const value = await steps(recordsIn(objects));
			// A page that is being closed hears no answer any more: what was asked for must not wait for one.
			if (writes) transaction.commit();
			return value;
		} catch (error) {
			// A full disk gives the transaction up by itself, and says why there rather than to the step that suffered.
			if (transaction.error) throw transaction.error;
			try {
				// Half of what belongs together must not stay.
				transaction.abort();
			} catch {
				// It has ended by itself, as it does where the browser closes the database: what came of that says more.
			}
			throw error;
		}
	};
	const [value] = await Promise.all([attempt(), finished]);
	return value;
}

function isAbort(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'AbortError';
}

function recordsIn(objects: IDBObjectStore): Records {
	const within = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
	/** Read what may be damaged: that alone must not end the transaction, in which all else can be read. */
	async function readOr<T, Other>(request: IDBRequest<T>, other: (error: unknown) => Other): Promise<T | Other> {
		request.addEventListener('error', (event) => event.preventDefault());
		try {
			return await promisifyRequest(request);
		} catch (error) {
			// Of a transaction that has ended all the same, nothing can be read.
			if (request.transaction?.error || isAbort(error)) throw error;
			return other(error);
		}
	}
	const get = (key: IDBValidKey) => readOr<unknown, Damaged>(objects.get(key), (error) => new Damaged(error));
	return {
		get,
		async range(prefix) {
			const [keys, records] = await Promise.all([
				promisifyRequest(objects.getAllKeys(within(prefix))),
				readOr<unknown[], null>(objects.getAll(within(prefix)), () => null),
			]);
			const found = records ?? (await Promise.all(keys.map(get)));
			return keys.map((key, index) => [key as string, found[index]] as const); // every key we write is a string
		},
		keys: async (prefix) => (await promisifyRequest(objects.getAllKeys(within(prefix)))) as string[], // every key we write is one
		everyKey: () => promisifyRequest(objects.getAllKeys()),
		count: (prefix) => promisifyRequest(objects.count(within(prefix))),
		put: (key, record) => void objects.put(record, key),
		delete: (key) => void objects.delete(key),
	};
}
