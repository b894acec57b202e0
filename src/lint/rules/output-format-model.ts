import { formatIn } from '../answer-format';
import { CHECKED, docs, type Rule } from '../rule';

export const outputFormatModel: Rule = {
	id: 'output-format-model',
	severity: 'rejected',
	title: 'Structured outputs need Claude 4.5 or later',
	why: 'Earlier models cannot be held to a schema.',
	link: docs('build-with-claude/structured-outputs'),
	checked: CHECKED,
	check({ request, model }) {
		const { model: id } = request;
		const path = formatIn(request);
		if (model?.structuredOutputs !== false || typeof id !== 'string' || !path) return [];
		return [
			{
				path,
				message: `${model.name} cannot be held to a schema.`,
				apiMessage: `'${id}' does not support output format.`,
				fixes: [{ label: `Remove ${path.at(-1)}`, changes: [{ kind: 'remove', path }] }],
			},
		];
	},
};
