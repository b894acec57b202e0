/** Tells how far something is, and ends it once it has been cancelled. */
export class Progress {
	readonly signal: AbortSignal;
	readonly #tell: (done: number, total: number) => void;

	constructor(signal: AbortSignal, tell: (done: number, total: number) => void) {
		this.signal = signal;
		this.#tell = tell;
	}

	/** `done` of `total` steps or bytes are behind it. Throws what it was cancelled with. */
	step(done: number, total: number): void {
		this.signal.throwIfAborted();
		this.#tell(done, total);
	}

	/** The progress of one of so many parts, `nth` from 0 on, which count alike, however many steps each has. */
	part(nth: number, parts: number): Progress {
		return new Progress(this.signal, (done, total) => this.#tell(nth * total + done, parts * total));
	}

	/** Gives what counts up to `total` bytes. */
	bytes(total: number): (bytes: number) => void {
		let done = 0;
		return (bytes) => this.step((done += bytes), total);
	}
}

/** Why the transfer ends here, as sentences for the user. */
export class Refusal extends Error {}
