import type { Outgoing } from '../api/send';
import { putBack, referencesIn } from '../model/attachment';
import type { Conversation } from '../model/conversation';
import type { Attachments } from './attachments.svelte';
import type { KeyRing } from './key-ring.svelte';

/** A request text with its attachments put back, and those that are nowhere to be found. */
export async function bodyOf(
	text: string,
	attachments: Pick<Attachments, 'base64'>,
): Promise<{ readonly text: string; readonly missing: readonly string[] }> {
	const references = [...new Set(referencesIn(text))];
	const found = await Promise.all(
		references.map(async (sha256) => [sha256, await attachments.base64(sha256)] as const),
	);
	const base64 = new Map(found);
	return putBack(text, (sha256) => base64.get(sha256) ?? undefined);
}

/** What is sent for `text` as `conversation` says, with what is known to be in the way. */
export async function outgoingOf(
	text: string,
	{ target, apiVersion, headers }: Pick<Conversation, 'target' | 'apiVersion' | 'headers'>,
	attachments: Pick<Attachments, 'base64'>,
	keyRing: Pick<KeyRing, 'state' | 'read'>,
): Promise<Outgoing> {
	const { text: body, missing } = await bodyOf(text, attachments);
	const outgoing = { target, apiVersion, headers, text, body, apiKey: keyRing.read() };
	if (missing.length > 0) {
		const reason = `The request names ${missing.length === 1 ? 'an attachment' : 'attachments'} that this browser does not have: ${missing.join(', ')}.`;
		return { ...outgoing, obstacle: { cause: 'attachment-missing', reason } };
	}
	if (keyRing.state.kind === 'locked' && target.kind !== 'simulated')
		return { ...outgoing, obstacle: { cause: 'key-locked', reason: 'The key is locked with a passphrase.' } };
	return outgoing;
}
