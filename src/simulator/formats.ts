/** What a format of JSON Schema draft 2020-12 asks of a text, and texts that are so. */
export interface Format {
	/** A regular expression for it, narrower than the standard where that is simpler: what it takes is surely in the format. */
	readonly pattern: string;
	/** The `nth` text in it, from 1 on: different ones up to 12. */
	readonly sample: (nth: number) => string;
}

const two = (nth: number) => String(nth).padStart(2, '0');
/** Nothing for the first. */
const suffix = (nth: number) => (nth === 1 ? '' : two(nth));
const DAY = String.raw`\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;
/** However long: that a label ends after 63 characters is left out. */
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = `${LABEL}(?:\\.${LABEL})*`;
const BYTE = String.raw`(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])`;
const ADDRESS = `[A-Za-z0-9_+-]+@(?:${LABEL}\\.)+[A-Za-z]{2,}`;
const SEGMENT = '[A-Za-z0-9._~-]';
const MARKS = String.raw`[A-Za-z0-9._~:/?@!$&'()*+,;=-]*`;
const POINTER = String.raw`(?:/(?:[^/~]|~[01])*)*`;

const email: Format = { pattern: `^${ADDRESS}$`, sample: (nth) => `simulated${suffix(nth)}@example.com` };
const hostname: Format = { pattern: `^${HOST}$`, sample: (nth) => `${nth === 1 ? '' : `host${two(nth)}.`}example.com` };
const uri: Format = {
	pattern: `^[a-z][a-z0-9+.-]*:(?://${HOST}(?:[/?#]${MARKS})?|[A-Za-z0-9]${MARKS})$`,
	sample: (nth) => `https://example.com/${suffix(nth)}`,
};
const reference: Format = {
	pattern: `^/?${SEGMENT}+(?:/${SEGMENT}*)*$`,
	sample: (nth) => `/simulated${suffix(nth)}`,
};

const formats: Readonly<Record<string, Format>> = {
	'date-time': { pattern: `^${DAY}T${TIME}$`, sample: (nth) => `2026-11-22T12:00:${two(nth)}Z` },
	date: { pattern: `^${DAY}$`, sample: (nth) => `2026-11-${two(nth + 21 > 30 ? nth : nth + 21)}` },
	time: { pattern: `^${TIME}$`, sample: (nth) => `12:00:${two(nth)}Z` },
	duration: { pattern: String.raw`^P(?:\d+[YMWD]|T\d+[HMS])$`, sample: (nth) => `P${nth}D` },
	email,
	'idn-email': email,
	hostname,
	'idn-hostname': hostname,
	uri,
	iri: uri,
	'uri-reference': reference,
	'iri-reference': reference,
	'uri-template': reference,
	ipv4: { pattern: `^(?:${BYTE}\\.){3}${BYTE}$`, sample: (nth) => `192.0.2.${nth}` },
	ipv6: {
		pattern: '^(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5}::[0-9a-f]{1,4})$',
		sample: (nth) => `2001:db8::${nth}`,
	},
	uuid: {
		pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
		sample: (nth) => `00000000-0000-4000-8000-0000000000${two(nth)}`,
	},
	'json-pointer': { pattern: `^${POINTER}$`, sample: (nth) => `/simulated${suffix(nth)}` },
	'relative-json-pointer': { pattern: `^(?:0|[1-9]\\d*)(?:#|${POINTER})$`, sample: (nth) => `${nth - 1}/simulated` },
	regex: { pattern: '^[A-Za-z0-9 _-]*$', sample: (nth) => `simulated${suffix(nth)}` },
};

/** What the format called `name` asks for; undefined where it is not known, and so asks for nothing. */
export function formatOf(name: string): Format | undefined {
	return Object.hasOwn(formats, name) ? formats[name] : undefined;
}
