import { isJsonObject } from '../../model/json';
import { CHECKED, docs, type Rule } from '../rule';
import { fault, listOf, object, oneOf, optionalKey, orNull, text, textOr, type Shape } from '../shape';

/** Source: @anthropic-ai/sdk 1.12.0 `ContainerParams`. */
const params = object(
	{},
	{
		id: orNull(text),
		skills: orNull(listOf(object({ type: oneOf(['anthropic', 'custom']), skill_id: text }, { version: text }))),
	},
);
const container: Shape = (value, place) =>
	isJsonObject(value)
		? // What is said of its insides was never seen.
			params(value, place).map(({ apiMessage: _, ...found }) => found)
		: [
				fault(
					{ ...place, name: `${place.name}.ContainerParams` },
					'must be the id of a container, or an object with its id and skills',
					'Input does not match the expected shape.',
				),
			];

export const containerShape: Rule = {
	id: 'container-shape',
	severity: 'rejected',
	title: 'container is an id or an object',
	why: 'It names the sandbox in which the code-execution tool goes on.',
	link: docs('agents-and-tools/tool-use/code-execution-tool'),
	checked: CHECKED,
	check: optionalKey('container', orNull(textOr(container))),
};
