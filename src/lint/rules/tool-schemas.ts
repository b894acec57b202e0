import { isJsonObject } from '../../model/json';
import { toolsIn } from '../conversation';
import { malformedIn } from '../json-schema';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

/** What may stand behind the keywords that are most often got wrong. */
const rules: Readonly<Record<string, string>> = {
	type: 'A type is array, boolean, integer, null, number, object or string, or a list of these.',
	required: 'required stands beside properties and is a list of their names.',
	items: 'items is one schema for all items; a schema for each of them is called prefixItems.',
	pattern: 'This is not a regular expression.',
	anyOf: 'anyOf is a list of schemas, and not empty.',
};

export const toolSchemas: Rule = {
	id: 'tool-schemas',
	severity: 'rejected',
	title: 'The schema of an input is a JSON Schema',
	why: 'It is read as JSON Schema draft 2020-12: a type that does not exist, or a list where a schema belongs, is refused.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: ({ request }) =>
		toolsIn(request).flatMap(({ value: { input_schema: schema }, index }): Fault[] => {
			if (!isJsonObject(schema)) return [];
			const fault = malformedIn(schema);
			const path = ['tools', index, 'input_schema'];
			if (fault)
				return [
					{
						path: [...path, ...fault],
						message: rules[String(fault.at(-1))] ?? 'This is not what JSON Schema lets stand here.',
						// The recorded text goes on from here.
						apiMessage: `tools.${index}.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12`,
					},
				];
			const choice = ['anyOf', 'oneOf', 'allOf'].find((key) => Object.hasOwn(schema, key));
			if (choice === undefined) return [];
			return [
				{
					path: [...path, choice],
					severity: 'surprising',
					message: `Said to be refused: ${choice} at the top of a schema. Within a property it is taken.`,
				},
			];
		}),
};
