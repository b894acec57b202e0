import { writePath } from '../../model/json';
import { formatIn } from '../answer-format';
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
		const path = formatIn(request);
		// Elsewhere the prefill itself is refused.
		if (!prefillOf(request) || model?.prefill === false || !path) return [];
		return [
			{
				path,
				message: `${writePath(path)} does not go together with a prefilled answer.`,
				fixes: [{ label: `Remove ${path.at(-1)}`, changes: [{ kind: 'remove', path }] }],
			},
		];
	},
};
