import type { Call, Headers } from '../call';
import { Misread } from '../misread';
import { shownText } from '../pieces';
import { hole, readJson, stringOf, type Value } from '../value';
import type { Operand } from './powershell-operand';
import { invocationsIn, type Invocation, type Parameter } from './powershell-script';

/** Both cmdlets by their names and their aliases; the last two are curl and wget where those are not installed. */
const NAMES = /^(?:invoke-restmethod|invoke-webrequest|irm|iwr|curl|wget)$/;

/**
 * The parameters of both, in lower case, without those of every command: what `Get-Command -Syntax` shows, as documented under
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod, checked 2026-11-29.
 */
const WITH_VALUE =
	`authentication body certificate certificatethumbprint connectiontimeoutseconds contenttype credential
	custommethod form headers httpversion infile maximumfollowrellink maximumredirection maximumretrycount method
	operationtimeoutseconds outfile proxy proxycredential responseheadersvariable retryintervalsec sessionvariable
	sslprotocol statuscodevariable timeoutsec token transferencoding unixsocket uri useragent websession erroraction
	errorvariable outvariable warningaction`.split(/\s+/);
const ALONE = `allowinsecureredirect allowunencryptedauthentication disablekeepalive followrellink noproxy passthru
	preserveauthorizationonredirect preservehttpmethodonredirect proxyusedefaultcredentials resume skipcertificatecheck
	skipheadervalidation skiphttperrorcheck usebasicparsing usedefaultcredentials verbose debug`.split(/\s+/);
/** Shorter names for some, as the same pages give them. */
const ALIASES: Readonly<Record<string, string>> = {
	ea: 'erroraction',
	ev: 'errorvariable',
	rhv: 'responseheadersvariable',
};

/** What Chrome copies as headers that are none: the parts of the address, as HTTP/2 sends them. */
const OF_HTTP_2 = /^(?:authority|method|path|scheme)$/;

/** The calls with a body that `Invoke-RestMethod` and `Invoke-WebRequest` make in a script for PowerShell. Throws a `Misread` at what they cannot be given. */
export function callsOfInvoke(source: string): Call[] {
	const notes = new Set<string>();
	const invocations = invocationsIn(source, (name) => NAMES.test(name), notes);
	return invocations.flatMap((invocation) => callOf(invocation, notes) ?? []);
}

function callOf(invocation: Invocation, guessed: ReadonlySet<string>): Call | null {
	const given = new Map<string, Parameter>();
	for (const parameter of invocation.parameters) {
		const name = nameOf(parameter, invocation);
		if (parameter.name === null && given.has(name)) throw new Misread('This belongs to no parameter.', parameter.at);
		if (WITH_VALUE.includes(name) && !parameter.operand)
			throw new Misread(`The parameter -${parameter.name} is not followed by anything.`, parameter.at);
		given.set(name, parameter);
	}
	const operandOf = (name: string) => given.get(name)?.operand ?? null;
	const form = given.get('form');
	if (form) throw new Misread('-Form sends a form; a request to the Messages API is JSON, given with -Body.', form.at);
	const notes = [...guessed];
	const file = operandOf('infile');
	const body = bodyOf(operandOf('body') ?? invocation.input, notes) ?? (file && hole(shown(file)));
	if (!body) return null;
	const method = operandOf('method') ?? operandOf('custommethod');
	const verb = method ? shown(method) : 'GET';
	if (verb.toUpperCase() !== 'POST') notes.push(`The method ${verb} became POST, which the API takes.`);
	const uri = operandOf('uri');
	return { url: uri && shown(uri), headers: headersOf(operandOf('headers'), notes), body, notes };
}

/** The whole name of a parameter, which may be cut short as long as it could be no other; what has none is the address. */
function nameOf({ name, at }: Parameter, invocation: Invocation): string {
	if (name === null) return 'uri';
	const known = ALIASES[name.toLowerCase()] ?? name.toLowerCase();
	const all = [...WITH_VALUE, ...ALONE];
	const meant = all.includes(known) ? [known] : all.filter((each) => each.startsWith(known));
	if (meant.length !== 1 || meant[0] === undefined)
		throw new Misread(
			meant.length === 0
				? `${invocation.name} has no parameter -${name}.`
				: `-${name} may stand for more than one parameter of ${invocation.name}.`,
			at,
		);
	return meant[0];
}

/** What an operand says, with the names of its holes in their places. */
function shown({ value, pieces }: Operand): string {
	if (pieces) return shownText(pieces);
	return value.kind === 'hole' ? `<${value.name}>` : (stringOf(value) ?? '');
}

function bodyOf(operand: Operand | null, notes: string[]): Value | null {
	if (!operand) return null;
	if (operand.json) return operand.json;
	const { value, pieces } = operand;
	if (value.kind === 'hole') return value;
	if (pieces) return readJson(pieces);
	if (value.kind === 'object')
		notes.push(
			'PowerShell would send this hashtable as a form: it was taken as JSON, which `ConvertTo-Json` makes of it.',
		);
	return value;
}

function headersOf(operand: Operand | null, notes: string[]): Headers {
	if (operand?.value.kind === 'object')
		return operand.value.members
			.filter(([name]) => !OF_HTTP_2.test(name))
			.map(([name, value]) => [name, stringOf(value) ?? spelled(value)]);
	if (operand) notes.push(`What \`${shown(operand)}\` holds is not known, so its headers are missing.`);
	return [];
}

const spelled = (value: Value) => (value.kind === 'number' ? value.spelling : null);
