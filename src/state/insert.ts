import { valueAt, type JsonObject } from '../model/json';
import { setValue } from '../model/lens';
import { addBlock, countTurns, turnsOf } from '../model/turns';
import type { Place } from './intake.svelte';
import type { RequestDocument } from './request-document.svelte';

/**
 * Put blocks into a turn, in this order: before its words, or in place of the image that is its block `replacing`. While
 * the text does not parse, they wait until it does, or until another request is loaded. Gives false when there is no such
 * turn.
 */
export function insertBlocks(document: RequestDocument, blocks: readonly JsonObject[], place: Place): boolean {
	if (document.draft.kind !== 'valid') {
		const stop = document.onedit((_edits, origin) => {
			if (origin !== 'load' && document.draft.kind !== 'valid') return;
			stop();
			if (origin !== 'load') insertBlocks(document, blocks, place);
		});
		return true;
	}
	const { turn, replacing } = place;
	if (turn >= countTurns(document.request)) return false;
	// Before the words about them: https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22.
	const words = turnsOf(document.request)[turn]?.blocks.findIndex(({ kind }) => kind === 'text') ?? -1;
	for (const [index, block] of blocks.entries()) {
		const path = ['messages', turn, 'content', replacing ?? 0];
		const edits =
			replacing !== null && index === 0 && valueAt(document.request, path) !== undefined
				? setValue(document.text, [...path, 'source'], block.source ?? null)
				: addBlock(document.text, turn, block, words < 0 ? Infinity : words + index);
		document.edit(edits, { origin: 'files', group: 'files' });
	}
	return true;
}
