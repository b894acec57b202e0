import type { Misread } from '../misread';
import { writeValue } from '../value';
import type { Operand } from './powershell-operand';

/** Variables made of variables made of variables can grow without end: characters that they may give in all, beyond … */
const MOST_LOOKED_UP = 500_000;
/** … as many as these times the script. */
const TIMES_LOOKED_UP = 4;

/** What the variables of a script were set to, by their names in small letters. */
export class Variables {
	readonly #known = new Map<string, Operand & { readonly size: number }>();
	/** Why one could not be read that something was set to. */
	readonly #broken = new Map<string, Misread>();
	readonly #mostLookedUp: number;
	#lookedUp = 0;

	/** For a script of so many characters. */
	constructor(length: number) {
		this.#mostLookedUp = MOST_LOOKED_UP + TIMES_LOOKED_UP * length;
	}

	set(name: string, operand: Operand): void {
		this.#broken.delete(name);
		// What cannot be told at all is still best known by its own name.
		if (operand.value.kind === 'hole' && !operand.json) this.#known.delete(name);
		else this.#known.set(name, { ...operand, size: writeValue(operand.json ?? operand.value).length });
	}

	/** What it is set to cannot be read: whoever asks for it gets `misread`. */
	fail(name: string, misread: Misread): void {
		this.#broken.set(name, misread);
	}

	/** What it was set to, for changing that. */
	peek(name: string): Operand | undefined {
		return this.#known.get(name);
	}

	/** What it gives; undefined where that is not known, or too much was asked for. Throws what kept it from being read. */
	get(name: string): Operand | undefined {
		const broken = this.#broken.get(name);
		if (broken) throw broken;
		const found = this.#known.get(name);
		this.#lookedUp += found?.size ?? 0;
		return this.#lookedUp > this.#mostLookedUp ? undefined : found;
	}
}
