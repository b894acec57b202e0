import { everyBlock, typeOf, wordsOf } from '../lint/conversation';
import { isJsonObject, type JsonObject } from '../model/json';
import type { Model } from '../model/models';
import type { ApiVersion } from '../model/target';
import { estimateInputTokens } from '../model/tokens';
import type { Pace } from './script';
import type { Random } from './random';

/** How many of the input tokens the prompt cache gave, and how many were written to it, to be kept for how long. */
export interface CacheUse {
	readonly read: number;
	readonly written5m: number;
	readonly written1h: number;
}

/** One request that has been let in, and what an answer to it is made from. */
export interface Exchange {
	readonly request: JsonObject;
	/** Null for one that may be newer than the table of models. */
	readonly model: Model | null;
	readonly apiVersion: ApiVersion;
	/** The same for the same request and seed: what is said. */
	readonly random: Random;
	/** Different for every request: what it is called. */
	readonly ids: Random;
	readonly pace: Pace;
	/** When it is answered, in milliseconds since the epoch. */
	readonly now: number;
	readonly requestId: string;
	/** What a scenario has the answer end with. */
	readonly remark?: string;
	/** An estimate: only the API itself can count. */
	readonly inputTokens: number;
	readonly cache: CacheUse;
}

/** The model as the request names it. */
export function modelIn({ request: { model } }: Pick<Exchange, 'request'>): string {
	return typeof model === 'string' ? model : '';
}

/** About how many input tokens `request` is; images and PDFs are measured where their bytes are there. */
export async function inputTokensOf(request: JsonObject): Promise<number> {
	if (everyBlock(request).every((block) => wordsOf(block) !== null)) return estimateInputTokens(request, () => ({}));
	const { imageIn, pdfIn } = await import('../lint/base64');
	return estimateInputTokens(request, (source) => {
		if (!isJsonObject(source) || typeof source.data !== 'string') return {};
		const { media_type: mediaType, data } = source;
		return mediaType === 'application/pdf' ? { pages: pdfIn(data)?.pages ?? null } : { size: imageIn(data) };
	});
}

/** How the model thinks: as the request says, or as it does unasked. */
export function thinkingOf({ request, model }: Pick<Exchange, 'request' | 'model'>): string {
	return typeOf(request.thinking) ?? (model?.thinking?.byDefault ? 'adaptive' : 'disabled');
}
