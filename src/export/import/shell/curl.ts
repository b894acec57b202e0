import type { Call } from '../call';
import { Misread } from '../misread';
import { PieceBuilder, shownText, wholeText, type Pieces } from '../pieces';
import { hole, readJson, type Value } from '../value';
import type { Command, Word } from './command';

/**
 * Options that are followed by a value, without those read below. These lists are what `curl --help all` of curl 7.88.1 shows,
 * checked 2026-11-23, and some that came later.
 */
const WITH_VALUE = new Set(
	`abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
	continue-at cookie cookie-jar create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr
	dns-ipv6-addr dns-servers doh-url dump-header egd-file engine etag-compare etag-save expect100-timeout
	ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms
	haproxy-clientip hostpubmd5 hostpubsha256 hsts interface keepalive-cnt keepalive-time key key-type krb libcurl
	limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file
	noproxy output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy
	proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key
	proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype
	proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request-target
	resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service
	socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers
	tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket url-query user user-agent variable
	write-out`.split(/\s+/),
);

/** Options that stand alone; `--no-` before one turns it off. */
const ALONE = new Set(
	`alpn anyauth basic buffer ca-native cert-status clobber compressed compressed-ssh create-dirs crlf digest
	disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early
	fail-with-body false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc
	ftp-ssl-control globoff haproxy-protocol help http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3
	http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies keepalive list-only location
	location-trusted mail-rcpt-allowfails manual metalink negotiate netrc netrc-optional next npn ntlm ntlm-wb
	parallel parallel-immediate path-as-is post301 post302 post303 progress-bar progress-meter proxy-anyauth
	proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast
	proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all
	remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir sessionid show-error show-headers silent
	socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd
	ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay test-event
	tftp-no-options tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version
	xattr`.split(/\s+/),
);

/** What the letters stand for. */
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
	Array.from(
		`a append A user-agent b cookie B use-ascii c cookie-jar C continue-at d data D dump-header e referer E cert f fail F form
	g globoff G get h help H header i include I head j junk-session-cookies J remote-header-name k insecure K config
	l list-only L location m max-time M manual n netrc N no-buffer o output O remote-name p proxytunnel P ftp-port q disable
	Q quote r range R remote-time s silent S show-error t telnet-option T upload-file u user U proxy-user v verbose V version
	w write-out x proxy X request y speed-time Y speed-limit z time-cond Z parallel # progress-bar : next 0 http1.0 1 tlsv1
	2 sslv2 3 sslv3 4 ipv4 6 ipv6`.matchAll(/(\S) (\S+)/g),
		([, letter = '', name = '']) => [letter, name] as const,
	),
);

/** What may stand before the program's name in a command. */
const BEFORE = /^(?:sudo|time|exec|command|nohup|env|then|do|else|if|while|!|\{|\w+=.*)$/s;

/** The body as the options of one command give it. */
interface Options {
	url: Word | null;
	readonly headers: (readonly [name: string, value: string | null])[];
	readonly data: { readonly option: string; readonly pieces: Pieces }[];
	readonly notes: string[];
	/** What `@-` reads, and `@` with the name of a file that a command above wrote. */
	readonly input: Pieces | null;
	readonly files: ReadonlyMap<string, Pieces>;
}

/** The calls that the `curl` commands among `commands` make with a body. Throws a `Misread` at an option curl does not have. */
export function callsOf(commands: readonly Command[]): Call[] {
	const files = new Map<string, Pieces>();
	return commands.flatMap((command) => {
		if (command.writes) files.set(command.writes.file, command.writes.pieces);
		return callsOfCommand(command, files);
	});
}

function callsOfCommand({ words, input }: Command, files: ReadonlyMap<string, Pieces>): Call[] {
	const program = words.findIndex(({ pieces }) => !BEFORE.test(shownText(pieces)));
	const name = words[program];
	if (!name || !/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(shownText(name.pieces))) return [];
	const rest = words.slice(program + 1);
	const calls: Call[] = [];
	while (rest.length > 0) {
		// What follows `--next` is a request of its own, with its own options.
		const next = rest.findIndex(({ pieces }) => /^(?:--next|-:)$/.test(shownText(pieces)));
		const call = callOf(rest.splice(0, next === -1 ? rest.length : next), input, files);
		rest.shift();
		if (call) calls.push(call);
	}
	return calls;
}

/** The call that these words tell curl to make. */
function callOf(words: Word[], input: Pieces | null, files: ReadonlyMap<string, Pieces>): Call | null {
	const options: Options = { url: null, headers: [], data: [], notes: [], input, files };
	for (let word = words.shift(); word; word = words.shift()) readWord(word, words, options);
	if (options.data.length === 0) return null;
	const url = options.url ? shownText(options.url.pieces) : null;
	// The address with the names of its holes in it still tells which one it is.
	return { url, headers: options.headers, body: bodyOf(options.data), notes: options.notes };
}

function readWord(word: Word, rest: Word[], options: Options): void {
	const said = shownText(word.pieces);
	if (!said.startsWith('-') || said === '-') {
		// A variable may hold options, where there is an address already or still to come.
		const isAddress = /[./:]/.test(said);
		const leftOut = isAddress ? options.url : word;
		if (isAddress || !options.url) options.url = word;
		if (leftOut && leftOut !== options.url && wholeText(leftOut.pieces) === null)
			options.notes.push(`What ${shownText(leftOut.pieces)} stands for is not known, so it was left out.`);
		return;
	}
	const take = (): Word => {
		const value = rest.shift();
		if (!value) throw new Misread(`The option ${said} is not followed by anything.`, word.at);
		return value;
	};
	if (said.startsWith('--')) {
		const [, name = '', equals] = /^--([^=]*)(=?)/.exec(said) ?? [];
		const given = equals ? from(word, name.length + '--='.length) : null;
		return readOption(name, word, given ? () => given : take, options);
	}
	// Letters may stand together, and what the last one takes may follow at once.
	for (let index = 1; index < said.length; index++) {
		const letter = said[index] ?? '';
		const name = LETTERS[letter] ?? `-${letter}`;
		const attached = from(word, index + 1);
		const takesValue = isTaking(name);
		readOption(name, word, takesValue && attached ? () => attached : take, options, `-${letter}`);
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

function readOption(given: string, { at }: Word, take: () => Word, options: Options, spelled = `--${given}`): void {
	const expands = given.startsWith('expand-');
	const name = given.replace(/^expand-/, '');
	const value = () => (expands ? withVariables(take()) : take());
	if (DATA.has(name)) options.data.push({ option: name, pieces: dataOf(name, value(), options) });
	else if (name === 'header') readHeader(value(), options);
	else if (name === 'url') options.url = value();
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
	else if (!ALONE.has(name.replace(/^no-/, ''))) throw new Misread(`curl has no option ${spelled}.`, at);
}

/** curl's own variables, `{{name}}` or `{{name:json}}`: https://everything.curl.dev/cmdline/variables, checked 2026-11-23. */
function withVariables({ pieces, at }: Word): Word {
	const builder = new PieceBuilder();
	for (const piece of pieces) {
		if ('hole' in piece) builder.add([piece]);
		else
			for (const { 0: part, 1: variable, index } of piece.text.matchAll(/\{\{(\w+)[^{}]*\}\}|(?:(?!\{\{\w)[^])+|[^]/g))
				if (variable === undefined) builder.say(part, piece.at + index);
				else builder.leave(variable, piece.at + index);
	}
	return { pieces: builder.pieces, at };
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

function dataOf(name: string, { pieces, at }: Word, { input, files }: Options): Pieces {
	const said = shownText(pieces);
	if (name === 'data-raw' || !said.startsWith('@')) return pieces;
	const file = said.slice(1);
	// What a shell makes of `<(…)` has no name of its own.
	const made = pieces.length === 2 ? pieces.slice(1).filter((piece) => 'hole' in piece) : [];
	if (made.length > 0) return made;
	return (file === '-' ? input : files.get(file)) ?? [{ hole: file === '-' ? 'standard input' : file, at }];
}

function bodyOf(data: Options['data']): Value {
	const pieces = data.flatMap(({ option, pieces: part }, index) =>
		// Several are sent with this between them, but for those that are given as JSON: https://curl.se/docs/manpage.html#--json.
		index === 0 || option === 'json' ? part : [{ text: '&', at: part[0]?.at ?? 0 }, ...part],
	);
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
