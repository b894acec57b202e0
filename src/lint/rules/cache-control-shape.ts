import { CHECKED, docs, type Rule } from '../rule';
import { cacheControl, optionalKey } from '../shape';

export const cacheControlShape: Rule = {
	id: 'cache-control-shape',
	severity: 'rejected',
	title: 'cache_control is ephemeral, for 5m or 1h',
	why: 'At the top of the request it marks the last block that can be cached.',
	link: docs('build-with-claude/prompt-caching'),
	checked: CHECKED,
	check: optionalKey('cache_control', cacheControl),
};
