import type { Size } from './image';

/** Write pixels as the page does everywhere: `812 × 640`. */
export function writeSize({ width, height }: Size): string {
	return `${width} × ${height}`;
}

/** Write a length in bytes for a person, in decimal units: `214 kB`, `1.2 MB`, `10.7 GB`. */
export function writeBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
	return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** So many of a `noun`, as words: "1 run", "2 runs". */
export function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
