import { equalJson, isJsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { everyBlock, turnsIn, wordsOf } from '../conversation';
import { CHECKED, docs, type Context, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

const MOST = 4;

export const cacheMarkers: Rule = {
	id: 'cache-markers',
	severity: 'rejected',
	title: 'At most four cache markers, the longer-lived first',
	why: 'Tools, system and messages are cached in this order up to each marker. Four are allowed in all, none on an empty text, and none for an hour after one for five minutes.',
	link: docs('build-with-claude/prompt-caching'),
	checked: CHECKED,
	check({ request }) {
		const markers = markersOf(request);
		const faults: Fault[] = everyBlock(request)
			.filter((block) => isJsonObject(block.value.cache_control) && wordsOf(block) === '')
			.map(({ path }) => ({
				path: [...path, 'cache_control'],
				message: 'An empty text cannot be cached.',
				apiMessage: `${path.join('.')}: cache_control cannot be set for empty text blocks`,
				fixes: [removal([...path, 'cache_control'])],
			}));
		const fifth = markers[MOST];
		if (fifth)
			faults.push({
				path: fifth.path,
				message: `There are ${markers.length} cache markers; four are allowed.`,
				apiMessage: `A maximum of ${MOST} blocks with cache_control may be provided. Found ${markers.length}.`,
				fixes: [removal(fifth.path)],
			});
		const automatic = markers.find(({ inOrder }) => !inOrder);
		const last = markers.find(({ path, inOrder }) => inOrder && isLast(path, request));
		if (automatic && last && (automatic.ttl ?? '5m') !== (last.ttl ?? '5m'))
			faults.push({
				path: automatic.path,
				message: 'The last block is marked already, for another time.',
				fixes: [removal(automatic.path)],
			});
		const short = markers.findIndex(({ ttl }) => ttl !== '1h');
		const late = short < 0 ? undefined : markers.find(({ ttl, inOrder }, at) => inOrder && ttl === '1h' && at > short);
		if (late)
			faults.push({
				path: [...late.path, 'ttl'],
				message: 'A marker for an hour cannot come after one for five minutes.',
				apiMessage: `${late.path.join('.')}.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`,
			});
		return faults;
	},
};

interface Marker {
	readonly path: JsonPath;
	readonly ttl: JsonValue | undefined;
	/** False for the one at the top of the request, which moves to the last block by itself. */
	readonly inOrder: boolean;
}

function markersOf(request: Context['request']): Marker[] {
	const owners = [
		...toolsIn(request).map(({ value, index }) => ({ value, path: ['tools', index] as JsonPath })),
		...everyBlock(request),
		{ value: request, path: [] },
	];
	return owners.flatMap(({ value, path }) =>
		isJsonObject(value.cache_control)
			? [{ path: [...path, 'cache_control'], ttl: value.cache_control.ttl, inOrder: path.length > 0 }]
			: [],
	);
}

/** Whether `path` is that of the marker on the last block, where the one at the top of the request would go. */
function isLast(path: JsonPath, request: Context['request']): boolean {
	const end = turnsIn(request).at(-1)?.blocks.at(-1);
	return end !== undefined && equalJson(path, [...end.path, 'cache_control']);
}

function removal(path: JsonPath) {
	return { label: 'Remove the marker', changes: [{ kind: 'remove' as const, path }] };
}
