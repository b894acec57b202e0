import type { Pieces } from '../pieces';

/** One word of a command line, as the program gets it. */
export interface Word {
	readonly pieces: Pieces;
	readonly at: number;
}

/** One command: its words, and what it reads from its standard input where that stands in the text too. */
export interface Command {
	readonly words: readonly Word[];
	readonly input: Pieces | null;
	/** The file it writes, where what it writes stands in the text: `cat > body.json <<END`. */
	readonly writes?: { readonly file: string; readonly pieces: Pieces };
}
