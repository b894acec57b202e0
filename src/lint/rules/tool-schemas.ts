import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { toolsIn } from '../conversation';
import { malformedIn } from '../json-schema';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

/** What may stand behind the keywords that are most often got wrong. */
const rules: Readonly<Record<string, string>> = {
	type: 'A type is array, boolean, integer, null, number, object or string, or a list of these.',
	required: 'required stands beside properties and is a list of their names.',
	items: 'items is one schema for all items; a schema for each of them is called prefixItems.',
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
			const fault = malformedIn(withoutNulls(schema));
			const path = ['tools', index, 'input_schema'];
			// The dialect of the API is another one: it knows (?i) and (?P<name>…).
			if (fault?.at(-1) === 'pattern')
				return [
					{
						path: [...path, ...fault],
						severity: 'surprising',
						message: 'JavaScript does not take this for a regular expression; the API may.',
					},
				];
			if (fault)
				return [
					{
						path: [...path, ...fault],
						message: rules[String(fault.at(-1))] ?? 'This is not what JSON Schema lets stand here.',
						// The address is that of August 2026.
						apiMessage: `tools.${index}.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12). Learn more about tool use at https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview.`,
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

/** The SDK's types let these two be null at the top, which says nothing. */
function withoutNulls(schema: JsonObject): JsonObject {
	const isNothing = (key: string, value: JsonValue) => value === null && (key === 'properties' || key === 'required');
	return Object.fromEntries(Object.entries(schema).filter(([key, value]) => !isNothing(key, value)));
}
