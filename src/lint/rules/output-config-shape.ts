import { CHECKED, docs, type Rule } from '../rule';
import { object, oneOf, openObject, optionalKey, orNull, tagged } from '../shape';

const shape = object(
	{},
	{
		effort: orNull(oneOf(['low', 'medium', 'high', 'xhigh', 'max'])),
		format: orNull(tagged({ json_schema: openObject({ schema: openObject({}) }) })),
	},
	'Input does not match the expected shape.',
	{ task_budget: 'task-budgets-2026-03-13' },
);

export const outputConfigShape: Rule = {
	id: 'output-config-shape',
	severity: 'rejected',
	title: 'output_config holds an effort and a format',
	why: 'effort is one of five words, format asks for JSON after a schema.',
	link: docs('build-with-claude/effort'),
	checked: CHECKED,
	check: optionalKey('output_config', shape),
};
