import type { Size } from './image';

/** Write pixels as the page does everywhere: `812 × 640`. */
export function writeSize({ width, height }: Size): string {
	return `${width} × ${height}`;
}

/** Write a length in bytes for a person, in decimal units: `214 kB`, `1.2 MB`. */
export function writeBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
