import type { Call } from '../call';
import { Misread } from '../misread';
import { shownText, wholeText, type Pieces } from '../pieces';
import { hole, readJson, type Value } from '../value';
import type { Command, Word } from './command';

/** Options that are followed by a value, without those read below: https://curl.se/docs/manpage.html, checked 2026-11-22. */
const WITH_VALUE = new Set(
	`abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
	continue-at cookie cookie-jar create-file-mode crlfile curves dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers
	doh-url dump-header etag-compare etag-save expect100-timeout happy-eyeballs-timeout-ms haproxy-clientip hsts interface
	keepalive-cnt keepalive-time key key-type limit-rate local-port max-filesize max-redirs max-time netrc-file noproxy
	output output-dir pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert
	proxy-header proxy-key proxy-pass proxy-user proxy1.0 range rate referer resolve retry retry-delay retry-max-time
	service-name socks4 socks4a socks5 socks5-hostname speed-limit speed-time stderr time-cond tls-max tls13-ciphers trace
	trace-ascii trace-config unix-socket url-query user user-agent variable write-out`.split(/\s+/),
);

/** Options that stand alone. */
const ALONE = new Set(
	`anyauth basic ca-native cert-status compressed compressed-ssh crlf digest disable doh-insecure fail fail-early
	fail-with-body false-start globoff help http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only
	ignore-content-length include insecure ipv4 ipv6 junk-session-cookies location location-trusted manual negotiate netrc
	netrc-optional next no-alpn no-buffer no-compressed no-keepalive no-npn no-progress-meter no-sessionid no-styled-output
	ntlm parallel parallel-immediate path-as-is post301 post302 post303 progress-bar proxy-insecure proxytunnel raw
	remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused
	show-error show-headers silent ssl ssl-allow-beast ssl-no-revoke ssl-reqd sslv2 sslv3 styled-output suppress-connect-headers
	tcp-fastopen tcp-nodelay test-event tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time verbose
	version xattr`.split(/\s+/),
);

/** What the letters stand for. */
const LETTERS: Readonly<Record<string, string>> = {
	...{ A: 'user-agent', b: 'cookie', c: 'cookie-jar', C: 'continue-at', d: 'data', D: 'dump-header', e: 'referer' },
	...{ E: 'cert', F: 'form', H: 'header', K: 'config', m: 'max-time', o: 'output', r: 'range', T: 'upload-file' },
	...{ u: 'user', U: 'proxy-user', w: 'write-out', x: 'proxy', X: 'request', y: 'speed-time', Y: 'speed-limit' },
	...{
		z: 'time-cond',
		a: 'append',
		f: 'fail',
		g: 'globoff',
		G: 'get',
		i: 'include',
		I: 'head',
		j: 'junk-session-cookies',
	},
	...{
		J: 'remote-header-name',
		k: 'insecure',
		L: 'location',
		n: 'netrc',
		N: 'no-buffer',
		O: 'remote-name',
		p: 'proxytunnel',
	},
	...{ q: 'disable', R: 'remote-time', s: 'silent', S: 'show-error', v: 'verbose', V: 'version', Z: 'parallel' },
	...{ '#': 'progress-bar', '0': 'http1.0', '1': 'tlsv1', '2': 'sslv2', '3': 'sslv3', '4': 'ipv4', '6': 'ipv6' },
};

/** What may stand before the program's name in a command. */
const BEFORE = /^(?:sudo|time|exec|command|nohup|env|then|do|else|if|while|!|\{|\w+=.*)$/s;

/** The body as the options of one command give it. */
interface Options {
	url: Word | null;
	readonly headers: (readonly [name: string, value: string | null])[];
	readonly data: Pieces[];
	readonly notes: string[];
}

/** The calls that the `curl` commands among `commands` make with a body. Throws a `Misread` at an option curl does not have. */
export function callsOf(commands: readonly Command[]): Call[] {
	return commands.flatMap((command) => {
		const call = callOf(command);
		return call ? [call] : [];
	});
}

function callOf({ words, input }: Command): Call | null {
	const program = words.findIndex(({ pieces }) => !BEFORE.test(shownText(pieces)));
	const name = words[program];
	if (!name || !/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(shownText(name.pieces))) return null;
	const options: Options = { url: null, headers: [], data: [], notes: [] };
	const rest = words.slice(program + 1);
	for (let word = rest.shift(); word; word = rest.shift()) readWord(word, rest, options, input);
	if (options.data.length === 0) return null;
	const url = options.url ? shownText(options.url.pieces) : null;
	// The address with the names of its holes in it still tells which one it is.
	return { url, headers: options.headers, body: bodyOf(options.data), notes: options.notes };
}

function readWord(word: Word, rest: Word[], options: Options, input: Pieces | null): void {
	const said = shownText(word.pieces);
	if (!said.startsWith('-') || said === '-') {
		// What a variable of options leaves behind is no address.
		if (!options.url || !/[./:]/.test(shownText(options.url.pieces))) options.url = word;
		return;
	}
	const take = (): Word => {
		const value = rest.shift();
		if (!value) throw new Misread(`The option ${said} is not followed by anything.`, word.at);
		return value;
	};
	if (said.startsWith('--')) return readOption(said.slice(2), word, take, options, input);
	// Letters may stand together, and what the last one takes may follow at once.
	for (let index = 1; index < said.length; index++) {
		const letter = said[index] ?? '';
		const name = LETTERS[letter] ?? `-${letter}`;
		const attached = from(word, index + 1);
		const takesValue = isTaking(name);
		readOption(name, word, takesValue && attached ? () => attached : take, options, input, `-${letter}`);
		if (takesValue) return;
	}
}

/** `word` without its first characters; null when nothing is left. */
function from({ pieces, at }: Word, count: number): Word | null {
	const [first, ...rest] = pieces;
	if (!first || !('text' in first)) return null;
	const left = first.text.slice(count);
	if (left === '' && rest.length === 0) return null;
	return { pieces: left === '' ? rest : [{ text: left, at: first.at + count }, ...rest], at };
}

const DATA = new Set(['data', 'data-ascii', 'data-binary', 'data-raw', 'json']);
const READ_HERE = new Set([...DATA, 'header', 'url', 'request', 'oauth2-bearer']);
/** What makes it another kind of call than one with a body of JSON. */
const OTHER_BODY = new Set(['data-urlencode', 'form', 'form-string', 'upload-file']);

const isTaking = (name: string) => READ_HERE.has(name) || OTHER_BODY.has(name) || WITH_VALUE.has(name);

function readOption(
	name: string,
	{ at }: Word,
	take: () => Word,
	options: Options,
	input: Pieces | null,
	spelled = `--${name}`,
): void {
	if (DATA.has(name)) options.data.push(dataOf(name, take(), input));
	else if (name === 'header') readHeader(take(), options);
	else if (name === 'url') options.url = take();
	else if (name === 'request') {
		const method = shownText(take().pieces);
		if (method.toUpperCase() !== 'POST') options.notes.push(`The method ${method} became POST, which the API takes.`);
	} else if (OTHER_BODY.has(name))
		throw new Misread(
			`${spelled} sends a form or a file; a request to the Messages API is JSON, given with --data.`,
			at,
		);
	else if (isTaking(name)) take();
	else if (name === 'get' || name === 'head' || name === 'append')
		options.notes.push(`${spelled} was left out: the API takes a POST.`);
	else if (!ALONE.has(name)) throw new Misread(`curl has no option ${spelled}.`, at);
}

/** A header with its value; null for the value when it has a gap in it. */
function readHeader({ pieces }: Word, { headers, notes }: Options): void {
	const said = shownText(pieces);
	if (said.startsWith('@')) {
		notes.push(`The headers in the file ${said.slice(1)} are not known.`);
		return;
	}
	// A semicolon in the place of the colon sends an empty header, a colon with nothing after it sends none.
	const [, name = '', colon, value = ''] = /^([^:;]*)([:;])\s*([^]*)$/.exec(said) ?? [];
	if (colon === undefined || (colon === ':' && value === '')) return;
	headers.push([name.trim(), wholeText(pieces) === null ? null : value.trim()]);
}

function dataOf(name: string, { pieces, at }: Word, input: Pieces | null): Pieces {
	const said = shownText(pieces);
	if (name === 'data-raw' || !said.startsWith('@')) return pieces;
	const file = said.slice(1);
	return file === '-' && input ? input : [{ hole: file === '-' ? 'standard input' : file, at }];
}

function bodyOf(data: readonly Pieces[]): Value {
	// Several are sent with this between them.
	const pieces = data.flatMap((part, index) => (index === 0 ? part : [{ text: '&', at: 0 }, ...part]));
	const [only] = pieces;
	if (only && 'hole' in only && pieces.length === 1) return hole(only.hole);
	try {
		return readJson(pieces);
	} catch (error) {
		// PowerShell before 7.3 hands quotes on to a program only when they are escaped for it once more.
		const twice = pieces.some((piece) => 'text' in piece && /^\s*\{\s*\\"/.test(piece.text));
		if (!(error instanceof Misread) || !twice) throw error;
		return readJson(pieces.map((piece) => ('text' in piece ? { ...piece, text: unescapeQuotes(piece.text) } : piece)));
	}
}

/** Of the backslashes before a quote a program gets half, and of an odd one none. */
const unescapeQuotes = (text: string) =>
	text.replace(/(\\+)"/g, (_, { length }: string) => `${'\\'.repeat(Math.floor(length / 2))}"`);
