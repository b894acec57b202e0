import { isJsonObject, type JsonPath } from '../model/json';
import type { PdfFacts } from '../model/pdf';
import { payloadOf } from './base64';
import { hasBeta } from './betas';
import { everyBlock } from './conversation';
import type { Context } from './rule';
import { rootOf } from './shape';

const LARGE_WINDOW = 1_000_000;

/** The most images, and the most pages of PDFs, a request may hold: https://platform.claude.com/docs/en/build-with-claude/pdf-support */
export function mostMedia(context: Context): number {
	// A beta feature gave some models of 2025 a larger window.
	const window = hasBeta(rootOf(context).betas, 'context-1m') ? LARGE_WINDOW : context.model?.contextWindow;
	return (window ?? LARGE_WINDOW) < LARGE_WINDOW ? 100 : 600;
}

/** The PDFs of a request whose bytes are at hand, and where these stand. */
export function pdfsIn(context: Context): { readonly path: JsonPath; readonly pdf: PdfFacts }[] {
	return everyBlock(context.request).flatMap(({ type, value: { source }, path }) => {
		if (type !== 'document' || !isJsonObject(source) || source.type !== 'base64') return [];
		const pdf = typeof source.data === 'string' ? payloadOf(source.data, context)?.pdf() : null;
		return pdf ? [{ path: [...path, 'source', 'data'], pdf }] : [];
	});
}
