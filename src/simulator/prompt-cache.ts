import { leastCached } from '../lint/cache-minimum';
import { blocksIn, turnsIn } from '../lint/conversation';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { modelOf } from '../model/models';
import { inputTokensOf, type CacheUse } from './exchange';
import { hash } from './random';

/** The fewest tokens that are cached of models of which it is not known: the commonest of the known ones. */
const LEAST_TOKENS = 1024;
/** How many blocks before a marker are looked at for what is cached already: the same page. */
const LOOKED_BACK = 20;
const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;

/** When what is cached is forgotten, in milliseconds since the epoch, by the hash of all that comes before its end. */
export type PromptCache = Map<number, { readonly until: number; readonly ttl: number }>;

/** A block of the prompt: the key of it and all before it, the request that ends with it, and how long it is to be kept. */
interface Piece {
	readonly key: number;
	readonly prefix: () => JsonObject;
	readonly ttl: number | null;
}

/** Look `request` up in `cache` by its markers, and keep there what they mark. */
export async function useCache(cache: PromptCache, request: JsonObject, now: number): Promise<CacheUse> {
	const pieces = piecesOf(request);
	const least = leastCached(modelOf(request)) ?? LEAST_TOKENS;
	const isCached = ({ key }: Piece) => (cache.get(key)?.until ?? 0) > now;
	const found = pieces
		.flatMap(({ ttl }, at) => (ttl === null ? [] : pieces.slice(Math.max(0, at - LOOKED_BACK), at + 1)))
		.findLast(isCached);
	const use = { read: found ? await inputTokensOf(found.prefix()) : 0, written5m: 0, written1h: 0 };
	let end = use.read;
	for (const piece of pieces) {
		if (piece.ttl === null && piece !== found) continue;
		if (isCached(piece)) {
			// It lives on from its last use, as long as it was written for.
			const ttl = cache.get(piece.key)?.ttl ?? 0;
			cache.set(piece.key, { until: now + ttl, ttl });
		} else if (piece.ttl !== null) {
			const tokens = await inputTokensOf(piece.prefix());
			if (tokens < least) continue;
			cache.set(piece.key, { until: now + piece.ttl, ttl: piece.ttl });
			use[piece.ttl === HOUR ? 'written1h' : 'written5m'] += Math.max(0, tokens - end);
			end = Math.max(end, tokens);
		}
	}
	return use;
}

/** The blocks of the prompt in the order in which they are cached: tools, system, messages. */
function piecesOf(request: JsonObject): Piece[] {
	const { model: named = null, tool_choice: choice = null, cache_control: automatic } = request;
	// A model has its cache whatever it is called by.
	const model = modelOf(request)?.snapshot ?? named;
	const tools = isJsonArray(request.tools) ? request.tools : [];
	const system = (blocksIn(request.system, []) ?? []).map(({ value }) => value);
	const turns = turnsIn(request).map(({ role, blocks }) => ({ role, content: blocks.map(({ value }) => value) }));
	const before = { model, tool_choice: choice, tools, system, messages: [] };
	const pieces: { place: string; block: JsonValue; prefix: () => JsonObject }[] = [
		...tools.map((block, at) => ({
			place: 'tools',
			block,
			prefix: () => ({ ...before, system: [], tools: tools.slice(0, at + 1) }),
		})),
		...system.map((block, at) => ({
			place: 'system',
			block,
			prefix: () => ({ ...before, system: system.slice(0, at + 1) }),
		})),
		...turns.flatMap(({ role, content }, turn) =>
			content.map((block, at) => ({
				place: `${role} ${turn}`,
				block,
				prefix: () => ({
					...before,
					messages: [...turns.slice(0, turn), { role, content: content.slice(0, at + 1) }],
				}),
			})),
		),
	];
	// Each key holds all keys before it, so that a long conversation is read only once.
	let key = hash(JSON.stringify(model));
	return pieces.map(({ place, block, prefix }, at) => {
		// Another choice of tools leaves them and the system prompt cached, and nothing behind them.
		if (at === tools.length + system.length) key = hash(`${key} ${JSON.stringify(choice)}`);
		key = hash(`${key} ${place} ${JSON.stringify(block, withoutMarkers)}`);
		// Automatic caching marks the last block.
		return { key, prefix, ttl: ttlOf(markerOf(block) ?? (at === pieces.length - 1 ? automatic : undefined)) };
	});
}

/** The marker of a block, or of what a tool has given within it: it is cached as a whole. */
function markerOf(block: JsonValue): JsonValue | undefined {
	if (!isJsonObject(block)) return undefined;
	const inner = isJsonArray(block.content) ? block.content : [];
	return block.cache_control ?? inner.map(markerOf).findLast((marker) => isJsonObject(marker));
}

/** Moving a marker changes nothing of what is cached. */
function withoutMarkers(name: string, value: unknown): unknown {
	return name === 'cache_control' ? undefined : value;
}

function ttlOf(marker: JsonValue | undefined): number | null {
	if (!isJsonObject(marker)) return null;
	return marker.ttl === '1h' ? HOUR : FIVE_MINUTES;
}
