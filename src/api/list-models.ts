import { answerOf } from '../model/answer';
import { headersFor } from '../model/headers';
import type { JsonObject } from '../model/json';
import { readModelsPage } from '../model/model-report';
import type { Chunk, Ending, Header, ResponseHead, Run } from '../model/run';
import { baseUrlOf, type ApiVersion, type Target } from '../model/target';
import { echoHider } from './echoed-key';
import { masked } from './headers';
import { keyFor, noAnswer, obstacleTo, sentence, type Obstacle, type World } from './send';

/** All that is needed to ask an API which models it has. */
export interface Asking {
	readonly target: Target;
	readonly apiVersion: ApiVersion;
	/** The user's own headers. */
	readonly headers: readonly Header[];
	readonly apiKey: string | null;
	/** What is already known to be in the way; nothing is asked then. */
	readonly obstacle?: Obstacle;
}

/** What is known of one question that brought no list: enough to say why, as of a run. */
export type Asked = Pick<Run, 'target' | 'response' | 'chunks' | 'ending'> & {
	readonly request: Pick<Run['request'], 'url' | 'bytes'>;
};

export type Listing =
	| { readonly kind: 'listed'; readonly items: readonly JsonObject[] }
	/** It said no, or nothing. */
	| { readonly kind: 'failed'; readonly asked: Asked }
	/** It answered well, but not with a list of models. */
	| { readonly kind: 'malformed'; readonly url: string };

/** Ask for every model, page by page. Never rejects: whatever goes wrong is in the listing. */
export type ListModels = (asking: Asking, signal: AbortSignal) => Promise<Listing>;

/** As many as a page may hold: https://platform.claude.com/docs/en/api/models/list, checked 2026-11-22. */
const PAGE = 1000;
/** A server that names ever new pages is not followed any further. */
const MOST_PAGES = 50;

/** Make the `ListModels` that reads `GET /v1/models`, with `world.fetch` as the only way out. */
export function createListModels(world: World): ListModels {
	return async (asking, signal) => {
		const url = new URL(baseUrlOf(asking.target) + '/v1/models');
		const items: JsonObject[] = [];
		url.searchParams.set('limit', String(PAGE));
		for (let page = 0; page < MOST_PAGES; page++) {
			const asked = await ask(world, asking, url.href, signal);
			const answer = answerOf(asked);
			if (asked.ending?.kind !== 'complete' || asked.response?.status !== 200) return { kind: 'failed', asked };
			const read = answer.kind === 'body' ? readModelsPage(answer.json) : null;
			if (!read) break;
			items.push(...read.items);
			if (read.next === null) return { kind: 'listed', items };
			url.searchParams.set('after_id', read.next);
		}
		return { kind: 'malformed', url: url.href };
	};
}

async function ask(world: World, asking: Asking, url: string, signal: AbortSignal): Promise<Asked> {
	const { target, apiVersion } = asking;
	const apiKey = keyFor(asking);
	// There is no body whose type could be told.
	const headers = headersFor(apiKey, apiVersion, asking.headers).filter(
		([name]) => name.toLowerCase() !== 'content-type',
	);
	const chunks: Chunk[] = [];
	let response: ResponseHead | null = null;
	const start = world.now();
	const ended = (ending: Ending): Asked => ({ target, request: { url, bytes: 0 }, response, chunks, ending });

	const obstacle = asking.obstacle ?? obstacleTo(asking, apiKey, world.framed());
	if (obstacle) return ended({ kind: 'not-sent', ...obstacle });
	try {
		const answer = await world.fetch(url, {
			headers: headers.map(([name, value]): [string, string] => [name, value]),
			signal,
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			cache: 'no-store',
			redirect: 'error',
		});
		const { status, statusText } = answer;
		response = { at: world.now() - start, status, statusText, headers: masked([...answer.headers], apiKey) };
		chunks.push({ at: world.now() - start, bytes: echoHider(apiKey)(new Uint8Array(await answer.arrayBuffer())) });
		return ended({ kind: 'complete' });
	} catch (error) {
		if (signal.aborted) return ended({ kind: 'stopped' });
		if (response) return ended({ kind: 'broken', reason: sentence(error) });
		return ended(await noAnswer(world, url, sentence(error), signal));
	}
}
