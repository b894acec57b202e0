import type { Outcome, RecordedError } from './outcome';
import type { NotSentCause, Run } from './run';
import { LARGEST_BODY } from './target';

/** An outcome in plain words, and what may be done about it. */
export interface Explanation {
	readonly title: string;
	readonly text: string;
	readonly advice: string;
	readonly link: { readonly name: string; readonly url: string } | null;
}

/** What an explanation names of an exchange. */
type Told = Pick<Run, 'target'> & { readonly request: Pick<Run['request'], 'url' | 'bytes'> };

/** Say in plain words what happened, why, and what to try. */
export function explain(outcome: Outcome, run: Told): Explanation {
	switch (outcome.kind) {
		case 'finished':
			return says(
				'Finished',
				...explainStopReason(outcome.stopReason),
				docs('build-with-claude/handling-stop-reasons'),
			);
		case 'stopped':
			return says(
				'Stopped',
				'You stopped this run. What had arrived is kept.',
				'Tokens made before the stop are billed all the same.',
			);
		case 'cut-off':
			return says(
				'Cut off',
				`The connection ended before the answer did. What had arrived is kept.${inBrackets(outcome.reason)}`,
				'Try again. Do not send back a tool use or a thinking block that was cut off.',
				docs('build-with-claude/streaming'),
			);
		case 'error-event':
			return explainRefusal({ ...outcome, status: 200, retryAfter: null, streamed: true }, hostOf(run));
		case 'refused':
			return explainRefusal({ ...outcome, streamed: false }, hostOf(run));
		case 'malformed':
			return says(
				'Not an answer of the Messages API',
				`The server answered ${outcome.status}, but its body is neither a message nor a stream of events.`,
				'Check the base address: it may belong to something else. The JSON tab shows what came.',
			);
		case 'unreachable':
			if (run.target.kind === 'simulated')
				return says(
					'No answer',
					`The simulated API could not answer.${inBrackets(outcome.reason)}`,
					'Try again, or choose another scenario.',
				);
			return run.request.bytes > LARGEST_BODY
				? probablyTooLarge(run)
				: says(
						'No answer',
						`${hostOf(run)} could not be reached.${inBrackets(outcome.reason)}`,
						run.target.kind === 'custom'
							? 'Is the local server running, and on this port?'
							: 'Check the connection, a proxy or an extension that may block it, then try again.',
					);
		case 'blocked':
			if (outcome.by === 'policy')
				return says(
					"Blocked by this page's own policy",
					`This page's security policy does not let it talk to ${hostOf(run)}.`,
					'Use a local address, or build the page with this origin added.',
				);
			// The API's host is there, whatever it refuses.
			return run.target.kind === 'anthropic' && run.request.bytes > LARGEST_BODY
				? probablyTooLarge(run)
				: says(
						'Blocked by the browser (CORS)',
						`${hostOf(run)} is there, but does not let this page read its answer, or it answered with a redirect.`,
						run.target.kind === 'custom'
							? 'The server must answer the preflight and send access-control-allow-origin, and allow the headers this page sets.'
							: 'Check the headers you added: the API opens itself to pages only when anthropic-dangerous-direct-browser-access is true.',
						docs('api/errors'),
					);
		case 'offline':
			return says(
				'Offline',
				'This device has no network connection.',
				'Try again when it is back. The simulated API works without.',
			);
		case 'not-sent':
			return says('Not sent', outcome.reason, ADVICE_NOT_SENT[outcome.cause]);
	}
}

/** What a lost connection most likely is when the body was larger than the API takes. */
function probablyTooLarge({ request }: Told): Explanation {
	return says(
		'Probably too large',
		`The connection failed, and the body is ${megabytes(request.bytes)}. The API takes 32 MB; what stands before it refuses more without letting the page read the refusal.`,
		'Make the images smaller, leave some out, or upload files once and refer to them.',
		docs('api/errors'),
	);
}

/** Say in plain words what an error means that was copied from somewhere, and what to try. */
export function explainRecorded(error: RecordedError): Explanation {
	return explainRefusal(error, 'The API');
}

/** By `error.type`: a title and what to try. https://platform.claude.com/docs/en/api/errors, checked 2026-11-22. */
const KINDS: Readonly<Record<string, readonly [title: string, advice: string]>> = {
	invalid_request_error: ['The request is not valid', 'Mend what the message speaks of, then run again.'],
	authentication_error: ['The key was not accepted', 'Check that the key is whole, not expired and not deleted.'],
	billing_error: ['A payment problem', "Look at the organization's billing page."],
	permission_error: ['Not allowed', 'The key lacks the permission. Use a key of a workspace that has it.'],
	not_found_error: [
		'Not found',
		'Check the spelling of the model, or of what else is named, and whether it has been retired.',
	],
	conflict_error: ['In conflict with another request', 'Try again.'],
	request_too_large: ['Too large', 'A body may hold 32 MB. Make the images smaller or leave some out.'],
	rate_limit_error: ['Too many requests', 'Wait, then try again.'],
	api_error: ['An error inside the API', 'This is not your fault. Try again; if it stays, report the request id.'],
	timeout_error: ['The API took too long', 'Stream the answer, or ask for a shorter one.'],
	overloaded_error: ['The API is overloaded', 'Wait a moment, then try again.'],
};
/**
 * What comes as an ordinary refusal, and is told apart only by its code or else its words: a title, what to try, and what
 * it means where the message does not say. Codes are of @anthropic-ai/sdk 1.12.0; words were recorded in 2025 and 2026.
 */
const CASES: readonly (readonly [is: RegExp, title: string, advice: string, text?: string])[] = [
	[
		/CORS requests are not allowed/i,
		'Your organization does not allow requests from browsers',
		'Use a key of another organization, or send the request from a server: the Code tab writes it for you.',
		'The key is in order, but CORS is switched off for its organization, as it is where no data is retained.',
	],
	[
		/CORS requests must set/i,
		'The API was not told that this is a browser',
		'This page sets it unless you added a header of that name; elsewhere, set it yourself.',
		'A request from a page must carry anthropic-dangerous-direct-browser-access: true.',
	],
	[/credit balance is too low/i, 'No credit left', "Buy credits on the organization's billing page."],
	[
		/reached your specified API usage limits|_spend_limit_reached$/i,
		'A spend limit is reached',
		"Raise it on the organization's limits page, or wait.",
	],
	[/^claude_code_|only authorized for use with Claude Code/, 'A key for Claude Code only', 'Use an API key.'],
	[
		/^organization_|organization has been disabled/i,
		'The organization may not use the API',
		'The request is not to blame. Ask who runs the organization, or use a key of another.',
	],
	[/^cmek_/, 'The key that encrypts the data cannot be used', 'Ask who runs the organization.'],
	[
		/^prompt is too long|exceed context limit/,
		'The prompt is too long',
		'Shorten the conversation, leave out attachments, or choose a model with a larger window.',
	],
	[/content filtering/i, 'The answer was blocked by a filter', 'Ask in other words.'],
	[
		/^File (?:not found|.* was not found)/i,
		'No such file',
		'Upload it again: files are found in their own workspace only.',
	],
	[/concurrent connections/, 'Too many requests at once', 'Wait until others have ended, then try again.'],
	[
		/^Extra usage/,
		'Extra usage is not switched on',
		'Switch it on in the settings of the plan, or shorten the prompt.',
	],
];

const UNKNOWN_KIND = ['Refused', 'The message is all that is known.'] as const;

/** For answers that do not name their type, such as a proxy's page. */
const TYPE_OF_STATUS: Readonly<Record<number, string>> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	402: 'billing_error',
	403: 'permission_error',
	404: 'not_found_error',
	408: 'timeout_error',
	409: 'conflict_error',
	413: 'request_too_large',
	422: 'invalid_request_error',
	429: 'rate_limit_error',
	500: 'api_error',
	503: 'api_error',
	504: 'timeout_error',
	529: 'overloaded_error',
};

/** Explain an answer that says no, or a stream that said so after it had begun. */
function explainRefusal({ status, retryAfter, streamed, ...refused }: RecordedError, host: string): Explanation {
	const { message } = refused;
	const type = refused.type || (TYPE_OF_STATUS[status ?? 0] ?? '');
	const [kind, advice] = Object.hasOwn(KINDS, type) ? KINDS[type]! : UNKNOWN_KIND; // just seen to be there
	const link = docs(type === 'rate_limit_error' ? 'api/rate-limits' : 'api/errors');
	const known = CASES.find(([is]) => is.test(refused.code ?? '')) ?? CASES.find(([is]) => is.test(message));
	if (known) return says(known[1], known[3] ?? message, known[2], link);
	if (streamed)
		return says(
			`${kind}, in mid-stream`,
			`The API had answered 200 and begun the stream, then sent an error event: ${message}`,
			advice,
			link,
		);
	const wait =
		type !== 'rate_limit_error' || retryAfter === undefined
			? advice
			: retryAfter === null
				? 'No retry-after came: this looks like a spend limit, which waiting a minute will not lift.'
				: `The API asks for ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'} of patience.`;
	return says(
		status === null ? kind : `${kind} (${status})`,
		message || `${host} answered${status === null ? '' : ` ${status}`} without saying why.`,
		wait,
		link,
	);
}

const ADVICE_NOT_SENT: Readonly<Record<NotSentCause, string>> = {
	'key-missing': 'Give a key under “API key”, or choose the simulated API, which needs none.',
	'key-locked': 'Unlock it under “API key”.',
	framed: 'Open this page in a tab of its own.',
	'attachment-missing': 'Put the file in again, or take its block out.',
	'bad-header': 'Mend the header and run again.',
	'bad-address': 'Mend the base address and run again.',
	'not-loaded': 'Reload the page; your work is saved.',
};

/** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons, checked 2026-11-22. */
function explainStopReason(stopReason: string | null): [text: string, advice: string] {
	switch (stopReason) {
		case 'end_turn':
			return ['The model came to its own end.', 'Add the reply to the messages and go on.'];
		case 'max_tokens':
			return ['The answer reached max_tokens and was cut there.', 'Raise max_tokens, or let it go on from here.'];
		case 'stop_sequence':
			return ['One of the stop sequences came up. The text ends before it.', 'Nothing needs doing.'];
		case 'tool_use':
			return ['The model asks for a tool.', 'Add the reply, then answer each tool use with a tool result.'];
		case 'pause_turn':
			return ['A long turn with server tools was paused.', 'Add the reply unchanged and run again to let it go on.'];
		case 'refusal':
			return ['The model declined; stop_details may say why.', 'Take the declined turn out before going on.'];
		case 'model_context_window_exceeded':
			return ['The context window is full.', 'Shorten the conversation.'];
		default:
			return [`It ended with ${stopReason ?? 'no stop reason'}.`, 'See the list of stop reasons.'];
	}
}

function says(title: string, text: string, advice: string, link: Explanation['link'] = null): Explanation {
	return { title, text, advice, link };
}

function docs(page: string): Explanation['link'] {
	return { name: 'Read more in the API docs', url: `https://platform.claude.com/docs/en/${page}` };
}

function hostOf(run: Told): string {
	return URL.canParse(run.request.url) ? new URL(run.request.url).host : run.request.url;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function inBrackets(reason: string): string {
	return reason ? ` (${reason})` : '';
}
