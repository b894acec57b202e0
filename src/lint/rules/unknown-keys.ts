import { BETA_KEYS, hasBeta } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';
import { below, rootOf, unknownKey } from '../shape';
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
			return [unknownKey(below({ ...root, betas: [] }, key), `needs the header anthropic-beta: ${betas[0]}`)];
		});
	},
};
