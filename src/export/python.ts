import { ANTHROPIC_ORIGIN } from '../model/target';
import { languageWith, token, type Code } from './code';
import {
	escapeCharacter,
	isLongText,
	quoteFor,
	UNSEEN,
	writeLine,
	writeObject,
	writeText,
	type Notation,
} from './literal';
import { numbersSurvive, survivesAsDouble } from './numbers';
import { textLiteral, type Attachment, type Literal, type Source } from './source';
import { clientHeaders, credentialComments, ownHeaders, type ExportTarget, type Images } from './target';
import { isCallable, isParameter, needsTimeout, type Face } from './typed';

const py = languageWith(['import', 'from', 'with', 'as', 'for', 'in']);

/**
 * The request through the SDK for Python. Each major sends its own API version: 1 sends 2023-06-01, 2 sends 2026-10-21;
 * neither has the sampling parameters or `output_format` as arguments. Source: MIGRATION.md of anthropics/anthropic-sdk-python and
 * https://platform.claude.com/docs/en/api/versioning, checked 2026-11-22.
 */
export const python: ExportTarget = {
	id: 'python',
	name: 'Python',
	language: 'python',
	fileName: 'request.py',
	install: (apiVersion) => `pip install "anthropic${apiVersion === '2023-06-01' ? '>=1,<2' : '>=2'}"`,
	run: 'python3 request.py',
	write(source, { headers, baseUrl, images }) {
		const { request } = source;
		const { betas, others } = ownHeaders(headers);
		const notation = notationWith(images);
		const reads = images === 'file' ? readsOf(source.attachments) : [];
		const survives = numbersSurvive(source.root, survivesInPython);
		const posts = !survives || !isCallable(request);
		const defaults = clientHeaders(headers, posts);
		const client = call('anthropic.Anthropic', [
			...(baseUrl === ANTHROPIC_ORIGIN ? [] : argument('base_url', textLiteral(baseUrl), notation)),
			...(needsTimeout(request) && !posts
				? argument('timeout', { kind: 'number', spelling: '60 * 60' }, notation)
				: []),
			...(defaults.length === 0 ? [] : argument('default_headers', { kind: 'object', members: defaults }, notation)),
		]);
		const head = [
			...importsFor(
				reads.length > 0,
				others.some(([, { kind }]) => kind === 'environment'),
			),
			...py`import anthropic\n\n`,
			...credentialComments(headers, '#'),
			...py`client = ${client}\n\n`,
			...reads,
		];
		if (posts) return [...head, ...post(source, survives, notation)];
		const face = betas.length > 0 ? 'beta.messages' : 'messages';
		const messages = `client.${face}`;
		const args = [
			...argumentsOf(source, face, notation),
			...(betas.length > 0 ? argument('betas', { kind: 'array', items: betas.map(textLiteral) }, notation) : []),
			...extraBody(source, face, notation),
		];
		if (request['stream'] !== true)
			return [...head, ...py`message = ${call(`${messages}.create`, args)}\nprint(message)\n`];
		return [
			...head,
			...py`with ${call(`${messages}.stream`, args)} as stream:\n    for text in stream.text_stream:\n`,
			...py`        print(text, end="", flush=${token('constant', 'True')})\nprint()\n`,
		];
	},
};

function call(callee: string, args: Code): Code {
	return args.length === 0 ? [token('plain', `${callee}()`)] : py`${callee}(\n${args})`;
}

/** One keyword argument on a line of its own. */
function argument(name: string, value: Literal, notation: Notation): Code {
	return writeLine(token('key', name), '=', value, notation, 1);
}

/** Values are plain dictionaries and lists, which are sent as they are: it is the name alone that counts. */
const isArgument = (name: string, face: Face) => name !== 'output_format' && isParameter(name, face);

function argumentsOf({ request, root }: Source, face: Face, notation: Notation): Code {
	return (
		root.members
			.filter(([name]) => isArgument(name, face))
			// The stream helper sets it by itself.
			.filter(([name]) => name !== 'stream' || request['stream'] !== true)
			.flatMap(([name, value]) => argument(name, value, notation))
	);
}

/** What the method has no argument for is merged into the body by the SDK as it stands. */
function extraBody({ root }: Source, face: Face, notation: Notation): Code {
	const members = root.members.filter(([name]) => !isArgument(name, face));
	return members.length === 0 ? [] : argument('extra_body', { kind: 'object', members }, notation);
}

/** Whole numbers are as long as they need to be. */
const survivesInPython = (spelling: string) => /^-?\d+$/.test(spelling) || survivesAsDouble(spelling);

const REFUSED = '# messages.create would refuse this request; post sends it as it stands.\n';
const NUMBERS = '# One of the numbers is not the same as a float; post sends a text as it stands.\n';

/** What the methods of the SDK would refuse goes through the method beneath them. */
function post(source: Source, survives: boolean, notation: Notation): Code {
	const { request, root } = source;
	const why = token('comment', survives ? REFUSED : NUMBERS);
	const streams = request['stream'] === true;
	const stream = py`    stream=${token('constant', 'True')},\n    stream_cls=anthropic.Stream[anthropic.types.RawMessageStreamEvent],\n`;
	const args = [
		...py`    "/v1/messages",\n    cast_to=anthropic.types.Message,\n${streams ? stream : ''}`,
		...(survives
			? py`    body=${writeObject(root, notation, 1)},\n`
			: py`    content=(${writeText(source, notation)}).encode(),\n`),
	];
	return streams
		? [why, ...py`for event in ${call('client.post', args)}:\n    print(event)\n`]
		: [why, ...py`message = ${call('client.post', args)}\nprint(message)\n`];
}

function notationWith(images: Images): Notation {
	return {
		indent: '    ',
		padding: '',
		name: (name) => token('key', quoted(name, quoteFor(name, '"'))),
		string: (value) => token('string', pythonString(value)),
		// Python's -0 is a whole number, and whole numbers have no negative zero.
		number: (spelling) => (spelling === '-0' ? '-0.0' : spelling),
		constant: (value) => (value === null ? 'None' : value ? 'True' : 'False'),
		attachment: (attachment) =>
			images === 'file'
				? [token('plain', variable(attachment))]
				: [token('string', '"'), token('attachment', attachment.reference), token('string', '"')],
		environment: (name) => [token('plain', 'os.environ['), token('string', `"${name}"`), token('plain', ']')],
	};
}

/** What the language itself has to give, in the order of its style guide. */
function importsFor(readsFiles: boolean, readsEnvironment: boolean): Code {
	const imports = [
		...(readsFiles ? py`import base64\n` : []),
		...(readsEnvironment ? py`import os\n` : []),
		...(readsFiles ? py`from pathlib import Path\n` : []),
	];
	return imports.length === 0 ? [] : [...imports, token('plain', '\n')];
}

/** The lines that read the files the code needs, if any. */
function readsOf(attachments: readonly Attachment[]): Code {
	if (attachments.length === 0) return [];
	const reads = attachments.flatMap((attachment) => [
		token('comment', `# The file at ${attachment.place}, as base64.\n`),
		...py`${variable(attachment)} = base64.standard_b64encode(`,
		...py`Path(${token('string', pythonString(attachment.fileName))}).read_bytes()).decode()\n`,
	]);
	return [...reads, token('plain', '\n')];
}

/** `image-1` as a variable: `image_1`. */
const variable = ({ name }: Attachment) => name.replace('-', '_');

const ESCAPED_IN = {
	"'": new RegExp(`[\\\\']|${UNSEEN.source}`, 'gu'),
	'"': new RegExp(`[\\\\"]|${UNSEEN.source}`, 'gu'),
	// Of quotes only those that would be read as the end.
	'"""': new RegExp(`(?!\\n)(?:\\\\|"(?=""|$)|${UNSEEN.source})`, 'gu'),
};

/** `text` as a string literal; a long one with line breaks in triple quotes. */
function pythonString(value: string): string {
	return quoted(value, isLongText(value) ? '"""' : quoteFor(value, '"'));
}

function quoted(value: string, quote: keyof typeof ESCAPED_IN): string {
	const escape = (found: string) => escapeCharacter(found, (hex) => `\\U${hex.padStart(8, '0')}`);
	return quote + value.replace(ESCAPED_IN[quote], escape) + quote;
}
