import { isCredentialHeader } from '../model/credentials';
import { keysIn } from '../model/key';
import type { Header } from '../model/run';
import type { ApiVersion } from '../model/target';
import { token, type Code } from './code';
import { textLiteral, type EnvironmentLiteral, type Member, type Source } from './source';

/** Whether attachments stand in the code as base64, or are read by it from files that lie beside it. */
export type Images = 'inline' | 'file';

/** Where and how the code sends the request. */
export interface Sending {
	readonly apiVersion: ApiVersion;
	/** Headers the user adds to each request, `anthropic-beta` among them. */
	readonly headers: readonly Header[];
	/** Without a trailing slash. */
	readonly baseUrl: string;
	readonly images: Images;
}

/** One language the request can be written in. The key is always read from the environment, as `ANTHROPIC_API_KEY`. */
export interface ExportTarget {
	readonly id: string;
	readonly name: string;
	readonly language: 'shell' | 'python' | 'typescript' | 'javascript';
	readonly fileName: string;
	/** The command that installs what the code needs; null when it needs nothing. */
	readonly install: (apiVersion: ApiVersion) => string | null;
	/** The command that runs the downloaded file. */
	readonly run: string;
	readonly write: (source: Source, sending: Sending) => Code;
}

/** The user's own headers in two piles: the names of betas, and the rest. */
export interface OwnHeaders {
	readonly betas: readonly string[];
	readonly others: readonly OwnHeader[];
}

/** A header and its text, or the variable that has it where it is a credential: that must not end up in code. */
export type OwnHeader = readonly [name: string, value: ReturnType<typeof textLiteral> | EnvironmentLiteral];

/** Headers every target writes by itself. */
const WRITTEN = new Set(['x-api-key', 'authorization', 'anthropic-version', 'content-type']);

/** Sort the headers the user added. Betas may stand in several headers and several in one. */
export function ownHeaders(headers: readonly Header[]): OwnHeaders {
	const isBeta = ([name]: Header) => name.toLowerCase() === 'anthropic-beta';
	const betas = headers.filter(isBeta).flatMap(([, value]) => value.split(',').map((beta) => beta.trim()));
	return {
		betas: betas.filter((beta) => beta !== ''),
		others: headers
			// A row of the editor that has no name yet is no header.
			.filter(([name]) => name.trim() !== '' && !WRITTEN.has(name.toLowerCase()))
			.filter((header) => !isBeta(header))
			.map((header) => [header[0], holdsCredential(header) ? variableFor(header[0]) : textLiteral(header[1])]),
	};
}

const holdsCredential = ([name, value]: Header) =>
	isCredentialHeader(name) || /^(?:basic|bearer)\s/i.test(value) || keysIn(value).length > 0;

/** `x-goog-api-key` as a variable: `X_GOOG_API_KEY`. */
const variableFor = (name: string): EnvironmentLiteral => ({
	kind: 'environment',
	variable: name.toUpperCase().replace(/\W/g, '_').replace(/^\d/, '_$&'),
});

/** A line for each header that the code takes from the environment; `mark` is what begins a comment. */
export function credentialComments(headers: readonly Header[], mark: string): Code {
	return ownHeaders(headers).others.flatMap(([name, value]) =>
		value.kind === 'environment'
			? [
					token(
						'comment',
						`${mark} ${value.variable} in the environment is the header ${name}: a credential is no part of code.\n`,
					),
				]
			: [],
	);
}

/**
 * The headers a client of an SDK is told to send each time, as literals. The beta methods take the names of betas by
 * themselves; a bare `posts` needs them among the headers.
 */
export function clientHeaders(headers: readonly Header[], posts: boolean): Member[] {
	const { betas, others } = ownHeaders(headers);
	return posts && betas.length > 0 ? [...others, ['anthropic-beta', textLiteral(betas.join(','))]] : [...others];
}

/** What is remembered of the "Code" tab: the id of a target, and where attachments go. */
export interface CodeOptions {
	readonly target: string;
	readonly images: Images;
}
