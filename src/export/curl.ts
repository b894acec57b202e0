import { token, type Code, type Token } from './code';
import type { Attachment, Source } from './source';
import { credentialComments, ownHeaders, type ExportTarget, type OwnHeader } from './target';

/** The request as the guide shows it for a shell: https://platform.claude.com/docs/en/build-with-claude/working-with-messages. */
export const curl: ExportTarget = {
	id: 'curl',
	name: 'Shell',
	language: 'shell',
	fileName: 'request.sh',
	install: () => null,
	run: 'sh request.sh',
	write(source, { apiVersion, headers, baseUrl, images }) {
		const { betas, others } = ownHeaders(headers);
		const options = [
			token('string', '"x-api-key: $ANTHROPIC_API_KEY"'),
			word(`anthropic-version: ${apiVersion}`),
			word('content-type: application/json'),
			...(betas.length > 0 ? [word(`anthropic-beta: ${betas.join(',')}`)] : []),
			...others.map(ownHeader),
		].flatMap((header) => [token('plain', '     --header '), header, token('plain', ' \\\n')]);
		const streaming = source.request['stream'] === true ? [token('plain', '     --no-buffer \\\n')] : [];
		return [
			token('comment', '#!/bin/sh\n'),
			...credentialComments(headers, '#'),
			...(images === 'file' ? source.attachments.map(fileComment) : []),
			token('keyword', 'curl'),
			token('plain', ' '),
			address(`${baseUrl}/v1/messages`),
			token('plain', ' \\\n'),
			...options,
			...streaming,
			...data(source, images === 'file'),
		];
	},
};

const fileComment = ({ fileName, place }: Attachment): Token =>
	token('comment', `# ${fileName}, the file at ${place}, lies in the folder this runs in.\n`);

const singleQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** One argument of the command; in double quotes as in the guide, unless the shell would read something in there. */
const word = (text: string): Token => token('string', /["$`\\!\n\r]/.test(text) ? singleQuoted(text) : `"${text}"`);

function ownHeader([name, value]: OwnHeader): Token {
	if (value.kind === 'environment') return token('string', `"${name}: $${value.variable}"`);
	// curl leaves out a header that ends in a colon, and sends an empty one that ends in a semicolon.
	return word(value.text.trim() === '' ? `${name};` : `${name}: ${value.text}`);
}

const address = (url: string): Token =>
	/^[\w:/.~%-]+$/.test(url) ? token('plain', url) : token('string', singleQuoted(url));

/** Linux takes at most 128 KiB in one argument; a character can take four bytes. */
const LONGEST_ARGUMENT = 32_000;

/**
 * The document itself as the body: between single quotes as in the guide, or, where it holds one, is too long for an
 * argument or has files put into it, as a here-document on the standard input.
 */
function data(source: Source, fromFiles: boolean): Code {
	const { text, attachments } = source;
	if (attachments.length === 0 && !text.includes("'") && text.length <= LONGEST_ARGUMENT)
		return [token('plain', "     --data \\\n'"), ...jsonTokens(text), token('plain', "'\n")];
	const readsFiles = fromFiles && attachments.length > 0;
	return [
		token('plain', '     --data-binary @- '),
		token('keyword', readsFiles ? '<<JSON' : "<<'JSON'"),
		token('plain', '\n'),
		...(attachments.length > 0 ? withAttachments(source, readsFiles) : jsonTokens(text)),
		token('plain', text.endsWith('\n') ? '' : '\n'),
		token('keyword', 'JSON'),
		token('plain', '\n'),
	];
}

function withAttachments({ text, attachments }: Source, readsFiles: boolean): Code {
	const files = new Map(attachments.map(({ reference, fileName }) => [reference, fileName]));
	// Splitting by a group gives what is between, and at every second place what the group caught.
	return text.split(new RegExp(`"(${[...files.keys()].join('|')})"`)).flatMap((part, index) => {
		if (index % 2 === 0) return jsonTokens(readsFiles ? escapeHereDocument(part) : part);
		const content = readsFiles
			? token('plain', `$(base64 < ${files.get(part)} | tr -d '\\n')`)
			: token('attachment', part);
		return [token('string', '"'), content, token('string', '"')];
	});
}

/** In a here-document whose word is not quoted a backslash means something only before these. */
const escapeHereDocument = (text: string) => text.replace(/\\(?=[\\$`])|[$`]/g, '\\$&');

const JSON_TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|[^"\d\-tfn]+|[^]/g;

function jsonTokens(text: string): Token[] {
	return [...text.matchAll(JSON_TOKEN)].flatMap(([all, string, colon, number, constant]) => {
		if (string !== undefined)
			return colon === undefined ? [token('string', string)] : [token('key', string), token('plain', colon)];
		return [token(number !== undefined ? 'number' : constant !== undefined ? 'constant' : 'plain', all)];
	});
}
