/**
 * Thrown by the readers of this folder where they cannot go on, and caught by `recognise` alone: they are many calls deep
 * when they find out. `offset` counts UTF-16 units in what is read.
 */
export class Misread extends Error {
	constructor(
		readonly reason: string,
		readonly offset: number,
	) {
		super(reason);
	}
}
