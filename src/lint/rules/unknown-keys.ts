import { BETA_KEYS, hasBeta } from '../betas';
import { isJsonObject, type JsonObject } from '../../model/json';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { below, fault, needsHeader, rootOf, unknownKey, type Place } from '../shape';
import { SAMPLING } from './sampling-removed';

/**
 * The top-level keys: measured on the wire in August 2026 (https://platform.claude.com/docs/en/api/messages), with the last
 * four from the types of @anthropic-ai/sdk 1.12.0.
 */
const KNOWN = [
	'model',
	'messages',
	'max_tokens',
	'cache_control',
	'container',
	'inference_geo',
	'metadata',
	'output_config',
	'service_tier',
	'stop_sequences',
	'stream',
	'system',
	'thinking',
	'tool_choice',
	'tools',
	...SAMPLING,
	'speed',
	'diagnostics',
	'workspace_id',
	'user_profile_id',
];

/** The day of the oldest refusal that names the old spelling instead of not knowing it (langchain4j/langchain4j#4521). */
const OUTPUT_FORMAT_DEPRECATED = '2026-02-01';

export const unknownKeys: Rule = {
	id: 'unknown-keys',
	severity: 'rejected',
	title: 'No keys the API does not know',
	why: 'A key the API does not know is refused rather than ignored. Those of beta features are only known with their anthropic-beta header.',
	link: docs('api/beta-headers'),
	checked: CHECKED,
	check(context) {
		const root = rootOf(context);
		return Object.keys(context.request).flatMap((key) => {
			if (KNOWN.includes(key)) return [];
			const betas = Object.hasOwn(BETA_KEYS, key) ? BETA_KEYS[key] : undefined;
			if (betas === undefined) return [unknownKey(below(root, key))];
			if (betas.some((beta) => hasBeta(root.betas, beta))) return [];
			const place = below({ ...root, betas: [] }, key);
			if (key === 'output_format' && context.today >= OUTPUT_FORMAT_DEPRECATED)
				return [deprecated(context.request, place)];
			return [unknownKey(place, needsHeader(betas[0]!))]; // each has one at least
		});
	},
};

/** `output_format` without its header: where it has moved to, it needs none. */
function deprecated(request: JsonObject, place: Place): Fault {
	const { output_format: format = null, output_config: config } = request;
	const value = { ...(isJsonObject(config) ? config : {}), format };
	const said =
		"This field is deprecated. Use 'output_config.format' instead. See https://platform.claude.com/docs/en/build-with-claude/structured-outputs for more information.";
	return fault(place, 'is now output_config.format', said, [
		{
			label: 'Move it to output_config.format',
			changes: [
				{ kind: 'remove', path: place.path },
				{ kind: 'set', path: ['output_config'], value },
			],
		},
	]);
}
