import { hasBeta } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';
import { anything, object, oneOf, openObject, optionalKey, orNull, tagged, type Shape } from '../shape';

const shape: Shape = (value, place) =>
	object(
		{},
		{
			effort: orNull(oneOf(['low', 'medium', 'high', 'xhigh', 'max'])),
			format: orNull(tagged({ json_schema: openObject({ schema: openObject({}) }) })),
			...(hasBeta(place.betas, 'task-budgets') ? { task_budget: anything } : {}),
		},
		'Input does not match the expected shape.',
	)(value, place);

export const outputConfigShape: Rule = {
	id: 'output-config-shape',
	severity: 'rejected',
	title: 'output_config holds an effort and a format',
	why: 'effort is one of five words, format asks for JSON after a schema.',
	link: docs('build-with-claude/effort'),
	checked: CHECKED,
	check: optionalKey('output_config', shape),
};
