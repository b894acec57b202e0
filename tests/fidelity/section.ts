/** One row of a section's table: something recorded, and whether the page did with it what it should. */
export interface Row {
	readonly name: string;
	/** What differed, in a line; null when nothing did. */
	readonly difference: string | null;
	/** Why it says nothing about the question, in a line: it is counted and listed apart. */
	readonly aside?: string;
}

/** A question asked of a folder of recorded traffic, in the form of its README. */
export interface Section {
	readonly name: string;
	/** The least share, from 0 to 1, of what is asked about in which nothing may differ; all of it when absent. */
	readonly least?: number;
	/** Ask it of all exchanges, or, where that takes minutes and `full` is false, of a sample. */
	run(folder: string, full: boolean): Promise<Row[]>;
}

/** What came of a section: what it asked about, what of that differed, what it set aside, and whether that will do. */
export interface Outcome {
	readonly asked: number;
	readonly different: readonly Row[];
	readonly aside: readonly Row[];
	readonly holds: boolean;
}

/** What `rows` say of the question of `section`. */
export function outcomeOf({ least = 1 }: Pick<Section, 'least'>, rows: readonly Row[]): Outcome {
	const aside = rows.filter((row) => row.aside !== undefined);
	const asked = rows.length - aside.length;
	const different = rows.filter((row) => row.aside === undefined && row.difference !== null);
	return { asked, different, aside, holds: asked - different.length >= asked * least };
}

/**
 * What `ask` finds of each of `items`, one row or several or, where it has nothing to ask, null. What it throws is a
 * difference of that row alone: one strange recording hides nothing of the others.
 */
export async function rowsOf<Item extends { readonly id: string }>(
	items: AsyncIterable<Item>,
	ask: (item: Item) => Promise<Row | readonly Row[] | null> | Row | readonly Row[] | null,
): Promise<Row[]> {
	const rows: Row[] = [];
	for await (const item of items) {
		try {
			rows.push(...[(await ask(item)) ?? []].flat());
		} catch (error) {
			rows.push({ name: item.id, difference: `could not be asked: ${String(error)}` });
		}
	}
	return rows;
}
