/** One row of a section's table: something recorded, and whether the page did with it what it should. */
export interface Row {
	readonly name: string;
	/** What differed, in a line; null when nothing did. */
	readonly difference: string | null;
}

/** A question asked of a folder of recorded traffic, in the form of its README. */
export interface Section {
	readonly name: string;
	/** Ask it of all exchanges, or, where that takes minutes and `full` is false, of a sample. */
	run(folder: string, full: boolean): Promise<Row[]>;
}
