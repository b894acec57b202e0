/** Characters of what was pasted, their escapes undone, and where the first of them stands there. */
export interface Said {
	readonly text: string;
	readonly at: number;
}

/** A place that only running would fill: a variable, the output of a command, a file. */
export interface Gap {
	readonly hole: string;
	readonly at: number;
}

/** A text in pieces: joined, they are the text, with gaps in it. */
export type Pieces = readonly (Said | Gap)[];

/** Gathers pieces, and joins those that stood side by side. */
export class PieceBuilder {
	readonly #pieces: (Said | Gap)[] = [];

	get pieces(): Pieces {
		return this.#pieces;
	}

	/** Add characters that begin at `at` in what was pasted. */
	say(text: string, at: number): void {
		const last = this.#pieces.at(-1);
		if (last && 'text' in last && last.at + last.text.length === at)
			this.#pieces[this.#pieces.length - 1] = { text: last.text + text, at: last.at };
		else this.#pieces.push({ text, at });
	}

	leave(hole: string, at: number): void {
		this.#pieces.push({ hole: nameOfHole(hole), at });
	}

	add(pieces: Pieces): void {
		this.#pieces.push(...pieces);
	}
}

const LONGEST_NAME = 60;

/** The words of a program as the name of a hole: on one line, and not too long to show. */
export function nameOfHole(words: string): string {
	const name = words.trim().replace(/\s+/g, ' ');
	return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** The text of `pieces`; null when there is a gap in it. */
export function wholeText(pieces: Pieces): string | null {
	return pieces.every((piece) => 'text' in piece) ? pieces.map(({ text }) => text).join('') : null;
}

/** The text of `pieces`, with the names of its gaps in their places. */
export function shownText(pieces: Pieces): string {
	return pieces.map((piece) => ('text' in piece ? piece.text : `<${piece.hole}>`)).join('');
}
