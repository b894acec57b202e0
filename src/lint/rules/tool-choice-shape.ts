import { CHECKED, docs, type Rule } from '../rule';
import { flag, object, optionalKey, orNull, tagged, text } from '../shape';

const parallel = { disable_parallel_tool_use: orNull(flag) };

export const toolChoiceShape: Rule = {
	id: 'tool-choice-shape',
	severity: 'rejected',
	title: 'tool_choice is auto, any, tool or none',
	why: 'It is an object with a type; “required” and plain strings are the words of other APIs.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: optionalKey(
		'tool_choice',
		tagged({
			auto: object({}, parallel),
			any: object({}, parallel),
			tool: object({ name: text }, parallel),
			none: object({}),
		}),
	),
};
