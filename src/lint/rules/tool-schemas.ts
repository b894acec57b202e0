import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { malformedIn } from '../json-schema';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

/** What may stand behind the keywords that are most often got wrong. */
const rules: Readonly<Record<string, string>> = {
	type: 'A type is array, boolean, integer, null, number, object or string, or a list of these.',
	required: 'required stands beside properties and is a list of their names.',
	items: 'items is one schema for all items; a schema for each of them is called prefixItems.',
	anyOf: 'anyOf is a list of schemas, and not empty.',
};

/** What a property may be called: the API's own pattern, quoted in many repositories of 2025 and 2026. */
const PROPERTY = /^[a-zA-Z0-9_.-]{1,64}$/;
/** The day of the oldest refusal that is known (an issue about mcp-memory-service); the newest is of August 2026. */
const FIRST_CHOICE_REFUSED = '2025-06-26';

export const toolSchemas: Rule = {
	id: 'tool-schemas',
	severity: 'rejected',
	title: 'The schema of an input is a JSON Schema',
	why: 'It is read as JSON Schema draft 2020-12: a type that does not exist, or a list where a schema belongs, is refused.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: ({ request, today }) =>
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
			const choice = ['anyOf', 'oneOf', 'allOf'].find((key) => (schema[key] ?? null) !== null);
			if (choice !== undefined && today >= FIRST_CHOICE_REFUSED)
				return [
					{
						path: [...path, choice],
						message: `${choice} is not taken at the top of a schema. Within a property it is.`,
						apiMessage: `tools.${index}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`,
					},
				];
			const names = isJsonObject(schema.properties) ? Object.keys(schema.properties) : [];
			const odd = names.find((name) => !PROPERTY.test(name));
			if (odd === undefined) return [];
			return [
				{
					path: [...path, 'properties', odd],
					message: 'The name of a property holds letters, digits, _, . and -, and no more than 64.',
					apiMessage: `tools.${index}.custom.input_schema.properties: Property keys should match pattern '${PROPERTY.source}'`,
				},
			];
		}),
};

/** The SDK's types let these two be null at the top, which says nothing. */
function withoutNulls(schema: JsonObject): JsonObject {
	const isNothing = (key: string, value: JsonValue) => value === null && (key === 'properties' || key === 'required');
	return Object.fromEntries(Object.entries(schema).filter(([key, value]) => !isNothing(key, value)));
}
