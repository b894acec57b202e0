import { count } from '../model/measures';
import { explainUnwritten } from '../model/saved';
import type { Database } from '../store/database';
import { importLock, keepImport, takeBack, unfinishedImports } from '../store/import';
import type { Library } from './library.svelte';
import type { Mishap } from './mishap';

interface Needs {
	readonly database: Database;
	readonly library: Pick<Library, 'announce' | 'flush'>;
	/** Tell which imports are under way, in any tab; missing on pages without https, where nobody can know. */
	readonly locks: Pick<LockManager, 'request'> | undefined;
	/** Remove those of these attachments that nothing names. */
	readonly clear: (attachments: readonly string[]) => Promise<void>;
}

/** What came in by imports that were cut off, as the browser was: it stays, or is taken back, as the user likes. */
export class CutOff implements Mishap {
	#message = $state('');
	#open = $state(true);
	readonly #ids: readonly string[];
	readonly #conversations: number;
	/** The conversations that were taken back, or some runs of theirs. */
	readonly #back = new Set<string>();
	readonly #needs: Needs;
	readonly #choices: Mishap['choices'] = [
		{ name: 'Keep', run: () => this.keep() },
		{ name: 'Remove', run: () => this.remove() },
	];

	/** `conversations`: so many came in, or got runs. */
	constructor(needs: Needs, ids: readonly string[], conversations: number) {
		this.#needs = needs;
		this.#ids = ids;
		this.#conversations = conversations;
		this.#message = `An import was cut off before its end. ${count(conversations, 'conversation')} had come in by then.`;
	}

	get message(): string {
		return this.#message;
	}
	/** Until it is decided. */
	get bad(): boolean {
		return this.#open;
	}
	get choices(): Mishap['choices'] {
		return this.#open ? this.#choices : [];
	}

	dismiss(): void {
		this.#message = '';
	}

	/** Let stay what came in. */
	async keep(): Promise<void> {
		for (const id of this.#ids) {
			const kept = await keepImport(this.#needs.database, id);
			if (kept.kind !== 'saved') return this.#fail(explainUnwritten(kept));
		}
		this.#end('What came in stays. To get the rest, import the file again: nothing comes in twice.');
	}

	/** Take back what came in, but for what was changed since. */
	async remove(): Promise<void> {
		const { database, library, clear } = this.#needs;
		// What was typed just now is a change, too.
		await library.flush();
		let left = 0;
		for (const id of this.#ids) {
			const back = await takeBack(database, id);
			library.announce(back.news);
			for (const { id } of back.news) this.#back.add(id);
			left += back.left;
			// What cannot be removed now goes when nothing has named it for a day.
			await clear(back.attachments).catch(() => undefined);
			if (back.rest) return this.#fail(explainUnwritten(back.rest));
		}
		// This is counted anew after an import in this tab: it was another that left less to remove.
		if (this.#back.size === 0)
			return this.#end(
				'Nothing was removed: this was decided in another tab, or all that came in was brought by another import, too.',
			);
		const others = this.#conversations - this.#back.size;
		const stay = (many: number) => `${count(many, 'conversation')} ${many === 1 ? 'stays' : 'stay'}`;
		this.#end(
			[
				'What came in was removed.',
				...(left > 0 ? [`${stay(left)} that ${left === 1 ? 'was' : 'were'} changed since.`] : []),
				...(others > 0
					? [`${stay(others)} that ${others === 1 ? 'was' : 'were'} brought by another import, too.`]
					: []),
			].join(' '),
		);
	}

	#fail(message: string): void {
		this.#message = message;
	}

	#end(message: string): void {
		this.#message = message;
		this.#open = false;
	}
}

/** The imports that no tab has under way and that were never finished; null where there are none. Rejects when nothing can be read. */
export async function findCutOff(needs: Needs): Promise<CutOff | null> {
	const { database, locks } = needs;
	const found = await unfinishedImports(database);
	const ids: string[] = [];
	for (const id of found.keys())
		await locks?.request(importLock(database, id), { ifAvailable: true }, (lock) => {
			if (lock) ids.push(id);
		});
	const taken = ids.flatMap((id) => found.get(id) ?? []).filter(({ kind }) => kind !== 'present');
	if (taken.length > 0) return new CutOff(needs, ids, new Set(taken.map(({ summary }) => summary.id)).size);
	// All of it was here before.
	for (const id of ids) await keepImport(database, id);
	return null;
}
