import { valueAt } from '../../model/json';
import { prefillOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const prefillClash: Rule = {
	id: 'prefill-clash',
	severity: 'rejected',
	title: 'A prefill goes with plain text only',
	why: 'An answer that was begun cannot follow a schema. (That it cannot be a forced tool call either is documented, but one was recorded in February 2026.)',
	link: docs('build-with-claude/structured-outputs'),
	checked: CHECKED,
	check({ request, model }) {
		const path = ['output_config', 'format'];
		// Elsewhere the prefill itself is refused.
		if (!prefillOf(request) || model?.prefill === false || (valueAt(request, path) ?? null) === null) return [];
		return [
			{
				path,
				message: 'output_config.format does not go together with a prefilled answer.',
				fixes: [{ label: 'Remove format', changes: [{ kind: 'remove', path }] }],
			},
		];
	},
};
