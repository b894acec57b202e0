import { valueAt } from '../../model/json';
import { prefillOf, typeOf } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const prefillClash: Rule = {
	id: 'prefill-clash',
	severity: 'rejected',
	title: 'A prefill goes with plain text only',
	why: 'An answer that was begun cannot think first, nor follow a schema. (That it cannot be a forced tool call either is documented, but one was recorded in February 2026.)',
	link: docs('build-with-claude/structured-outputs'),
	checked: CHECKED,
	check({ request, model }) {
		// Elsewhere the prefill itself is refused.
		if (!prefillOf(request) || model?.prefill === false) return [];
		const clashes = [
			typeOf(request.thinking) === 'enabled' && ['thinking'],
			(valueAt(request, ['output_config', 'format']) ?? null) !== null && ['output_config', 'format'],
		];
		return clashes.flatMap((path) =>
			path
				? [
						{
							path,
							message: `${path.join('.')} does not go together with a prefilled answer.`,
							fixes: [{ label: `Remove ${path.at(-1)}`, changes: [{ kind: 'remove' as const, path }] }],
						},
					]
				: [],
		);
	},
};
