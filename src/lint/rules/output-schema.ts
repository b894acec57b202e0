import { isJsonObject, valueAt } from '../../model/json';
import { schemaFaults } from '../schema-subset';
import { CHECKED, docs, type Rule } from '../rule';

/** Where the schema stands, and where it did while that was a beta feature. */
const PATHS = [
	['output_config', 'format', 'schema'],
	['output_format', 'schema'],
];

export const outputSchema: Rule = {
	id: 'output-schema',
	severity: 'rejected',
	title: 'The schema of the answer is within what can be compiled',
	why: 'The API compiles the schema so that the answer cannot break it, and only compiles a part of JSON Schema: every object closed, no numeric limits, no recursion.',
	link: docs('build-with-claude/structured-outputs'),
	checked: CHECKED,
	check: ({ request }) =>
		PATHS.flatMap((path) => {
			const schema = valueAt(request, path);
			return isJsonObject(schema) ? schemaFaults(schema, path, path.join('.')) : [];
		}),
};
