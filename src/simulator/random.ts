/** Numbers from 0 up to 1 that look random and are not: the same beginning gives the same row. */
export type Random = () => number;

/** A row of numbers that begins the same for the same `parts`. */
export function randomFrom(...parts: readonly (string | number)[]): Random {
	let state = hash(parts.join('\u0000'));
	// Mulberry32: small, quick, and even enough for choosing words.
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of `choices`, which are not empty. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
	return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

type Beginning = 'msg_01' | 'toolu_01' | 'srvtoolu_01' | 'mcptoolu_01' | 'req_011C' | 'container_011C';

/** An id as the API writes them, told apart by the letters `Sim` behind its beginning, and what else it is to say there. */
export function newId(random: Random, beginning: Beginning, says = ''): string {
	let id = `${beginning}Sim${says}`;
	while (id.length < beginning.length + 22) id += LETTERS[Math.floor(random() * LETTERS.length)];
	return id;
}

/** A number of 32 bits for `text`: FNV-1a over its UTF-16 units. */
export function hash(text: string): number {
	let state = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
	return state;
}
