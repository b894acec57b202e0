/** A place in a text that is read from its beginning to its end. */
export class Cursor {
	at = 0;

	constructor(readonly source: string) {}

	get ended(): boolean {
		return this.at >= this.source.length;
	}

	/** The next UTF-16 unit, which stays unread; the empty string at the end. */
	get next(): string {
		return this.source[this.at] ?? '';
	}

	/** Read what `pattern`, a sticky one, finds here; null when it finds nothing. */
	take(pattern: RegExp): string | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.source)?.[0] ?? null;
		if (found !== null) this.at += found.length;
		return found;
	}

	/** Read one UTF-16 unit, the empty string at the end. */
	takeOne(): string {
		const { next } = this;
		this.at += next.length;
		return next;
	}
}
