import type { Headers } from '../call';
import { stringOf, type Value } from '../value';

/** A text with the names of its holes in it. */
export const shown = (value: Value): string =>
	value.kind === 'string'
		? value.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')
		: value.kind === 'hole'
			? `<${value.name}>`
			: '';

/** Headers as an object or a list of pairs gives them, one that is taken away as undefined; a note says of others that they are not known. */
export function headersOf(value: Value | undefined, notes: string[]): GivenHeaders {
	if (value === undefined || value.kind === 'constant') return [];
	if (value.kind === 'object') return value.members.map(([name, inner]) => [name, headerOf(inner)]);
	const unknown = (whole: Value) =>
		notes.push(`The headers in \`${whole.kind === 'hole' ? whole.name : shown(whole) || 'a list'}\` are not known.`);
	if (value.kind !== 'array') {
		unknown(value);
		return [];
	}
	return value.items.flatMap((item) => {
		const [name, inner] = item.kind === 'array' ? item.items : [];
		const known = stringOf(name);
		if (known !== null && inner) return [[known, headerOf(inner)] as const];
		unknown(item);
		return [];
	});
}

type GivenHeaders = readonly (readonly [name: string, value: string | null | undefined])[];

/** A header's text; null where only running would tell, undefined where there is to be none. */
function headerOf(value: Value): string | null | undefined {
	if (value.kind === 'constant') return value.value === null ? undefined : String(value.value);
	return value.kind === 'number' ? value.spelling : stringOf(value);
}

/** `headers` with those of `more` in the place of their namesakes, as the SDKs put together what client and call are told. */
export function overridden(headers: Headers, more: GivenHeaders): Headers {
	const all = new Map<string, readonly [name: string, value: string | null | undefined]>();
	for (const header of [...headers, ...more]) {
		const key = header[0].toLowerCase();
		// Where it stands now is where the last one stood.
		all.delete(key);
		all.set(key, header);
	}
	return [...all.values()].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
