import type { JsonValue } from '../model/json';
import { ANTHROPIC_ORIGIN, type ApiVersion } from '../model/target';
import { token, type Code } from './code';
import { js, jsFiles, jsNotation } from './javascript';
import { writeLiteral, writeMember, writeObject, writeText, type Notation } from './literal';
import { numbersSurvive, survivesAsDouble } from './numbers';
import { textLiteral, type Literal, type Member, type Source } from './source';
import { clientHeaders, credentialComments, ownHeaders, type ExportTarget, type Sending } from './target';
import { isCallable, isTyped, needsTimeout, type Face } from './typed';

/** Parameters that the SDK would take out of the body and send as headers, and those that only its beta methods move. */
const MOVED = ['user_profile_id', 'workspace_id'];
const MOVED_BY_BETA = [...MOVED, 'betas', 'output_format'];

/**
 * The types are those of major 1. Major 0 has these as well, and speaks the version that takes them, and has not those
 * that came after it: @anthropic-ai/sdk 0.137.0 and 1.12.0 `MessageCreateParamsBase`, checked 2026-11-29.
 */
const ONLY_IN_0 = ['temperature', 'top_k', 'top_p'];
const ONLY_IN_1 = ['billing_policy', 'thread'];

/** The request through the SDK for TypeScript. Each major sends its own API version: 0 sends 2023-06-01, 1 sends 2026-10-21. */
export const typescript: ExportTarget = {
	id: 'typescript',
	name: 'TypeScript',
	language: 'typescript',
	fileName: 'request.ts',
	install: (apiVersion) => `npm install @anthropic-ai/sdk@${apiVersion === '2023-06-01' ? 0 : 1}`,
	run: 'npx tsx request.ts',
	write(source, sending) {
		const { request } = source;
		const { betas } = ownHeaders(sending.headers);
		const notation = jsNotation(sending.images);
		const { imports, reads } = jsFiles(source.attachments, sending.images);
		const moved = betas.length > 0 ? MOVED_BY_BETA : MOVED;
		const survives = numbersSurvive(source.root, survivesAsDouble);
		const posts = !survives || !isCallable(request) || moved.some((name) => Object.hasOwn(request, name));
		const head = [
			...imports,
			...js`import Anthropic from '@anthropic-ai/sdk';\n\n`,
			...credentialComments(sending.headers, '//'),
			...js`const client = new Anthropic(${clientOptions(source, sending, posts, notation)});\n\n`,
			...reads,
		];
		if (posts) return [...head, ...post(source, survives, notation)];
		const face = betas.length > 0 ? 'beta.messages' : 'messages';
		const ofBeta =
			betas.length > 0 ? writeMember(['betas', { kind: 'array', items: betas.map(textLiteral) }], notation, 1) : '';
		const params = js`{\n${paramsOf(source, sending.apiVersion, face, notation)}${ofBeta}}`;
		const messages = `client.${face}`;
		if (request['stream'] !== true)
			return [...head, ...js`const message = await ${messages}.create(${params});\nconsole.log(message);\n`];
		return [
			...head,
			...js`const stream = ${messages}.stream(${params});\n`,
			...js`stream.on('text', (text) => process.stdout.write(text));\n`,
			...js`console.log(await stream.finalMessage());\n`,
		];
	},
};

/** How many characters stand beside the options on their line. */
const BEFORE_OPTIONS = 'const client = new Anthropic();'.length;

function clientOptions({ request }: Source, { baseUrl, headers }: Sending, posts: boolean, notation: Notation): Code {
	const members: Member[] = [];
	if (baseUrl !== ANTHROPIC_ORIGIN) members.push(['baseURL', textLiteral(baseUrl)]);
	if (needsTimeout(request) && !posts) members.push(['timeout', { kind: 'number', spelling: '60 * 60 * 1000' }]);
	const defaults = clientHeaders(headers, posts);
	if (defaults.length > 0) members.push(['defaultHeaders', { kind: 'object', members: defaults }]);
	return members.length === 0 ? [] : writeLiteral({ kind: 'object', members }, notation, 0, BEFORE_OPTIONS);
}

/** The members of the call's argument, one a line. What the types do not know is spread in as a bare object, in its place. */
function paramsOf({ request, root }: Source, apiVersion: ApiVersion, face: Face, notation: Notation): Code {
	const lines: Code[] = [];
	let untyped: Member[] = [];
	const flush = () => {
		if (untyped.length > 0) lines.push(spread(untyped, notation));
		untyped = [];
	};
	for (const member of root.members) {
		const [name, literal] = member;
		const value = request[name] ?? null;
		// The stream helper sets it by itself.
		if (name === 'stream' && value === true) continue;
		if (isTypedBy(apiVersion, name, value, face)) {
			flush();
			lines.push(writeMember(member, notation, 1));
		} else if (name === 'messages') {
			flush();
			lines.push(castMessages(literal, face, notation));
		} else untyped.push(member);
	}
	flush();
	return lines.flat();
}

/** Whether the major that speaks this version takes the parameter as a literal. */
function isTypedBy(apiVersion: ApiVersion, name: string, value: JsonValue, face: Face): boolean {
	if (apiVersion === '2023-06-01' && ONLY_IN_0.includes(name)) return typeof value === 'number';
	if (apiVersion === '2023-06-01' && ONLY_IN_1.includes(name)) return false;
	return isTyped(name, value, face);
}

const UNTYPED = token('comment', "  // Not all of this is in the SDK's types; it is sent as it stands.\n");

function spread(members: readonly Member[], notation: Notation): Code {
	return [
		UNTYPED,
		...js`  ...(${writeLiteral({ kind: 'object', members }, notation, 1, '  ...( as object),'.length)} as object),\n`,
	];
}

function castMessages(messages: Literal, face: Face, notation: Notation): Code {
	const type = face === 'beta.messages' ? 'Anthropic.Beta.Messages.BetaMessageParam[]' : 'Anthropic.MessageParam[]';
	const turns = writeLiteral(messages, notation, 1, `  messages:  as unknown as ${type},`.length);
	return [UNTYPED, token('plain', '  '), notation.name('messages'), ...js`: ${turns} as unknown as ${type},\n`];
}

const REFUSED = '// messages.create would refuse or change this request; post sends it as it stands.\n';
const NUMBERS = '// One of the numbers is not the same as a number of JavaScript; post sends a text as it stands.\n';

/** What the methods of the SDK would refuse or rearrange goes through the method beneath them. */
function post(source: Source, survives: boolean, notation: Notation): Code {
	const key = (name: string) => token('key', name);
	const body = survives
		? js`{\n  ${key('body')}: ${writeObject(source.root, notation, 1)},\n`
		: js`{\n  ${key('body')}: ${writeText(source, notation)},\n  ${key('headers')}: { ${notation.name('content-type')}: 'application/json' },\n`;
	const why = token('comment', survives ? REFUSED : NUMBERS);
	if (source.request['stream'] !== true)
		return [
			why,
			...js`const message = await client.post<Anthropic.Message>('/v1/messages', ${body}});\nconsole.log(message);\n`,
		];
	return [
		why,
		...js`const events = await client.post<AsyncIterable<Anthropic.RawMessageStreamEvent>>('/v1/messages', ${body}`,
		...js`  ${key('stream')}: ${token('constant', 'true')},\n});\n`,
		...js`for await (const event of events) console.log(event);\n`,
	];
}
