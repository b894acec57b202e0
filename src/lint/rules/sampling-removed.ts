import { CHECKED, docs, type Rule } from '../rule';
import { below, rootOf, unknownKey } from '../shape';

export const SAMPLING = ['temperature', 'top_p', 'top_k'];

export const samplingRemoved: Rule = {
	id: 'sampling-removed',
	severity: 'rejected',
	title: 'No sampling parameters in version 2026-10-21',
	why: 'That version removed temperature, top_p and top_k: even the default value is refused. That it is refused is documented; the wording shown is inferred.',
	link: docs('api/versioning'),
	checked: CHECKED,
	check: (context) =>
		context.apiVersion === '2026-10-21'
			? SAMPLING.filter((key) => context.request[key] !== undefined).map((key) => ({
					...unknownKey(below(rootOf(context), key), 'no longer exists in API version 2026-10-21'),
					severity: 'rejected' as const,
				}))
			: [],
};
