import { isJsonObject, valueAt, type JsonObject } from '../../model/json';
import { toolsIn } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { complexityOf } from '../schema-subset';

const MOST = { optional: 24, unions: 16 };
const FORMAT = ['output_config', 'format', 'schema'];

export const schemaSize: Rule = {
	id: 'schema-size',
	severity: 'rejected',
	title: 'The schemas that are compiled are not too large together',
	why: 'Every property that may be left out, or that has several types, doubles what has to be compiled: 24 and 16 are taken, over all strict tools and the format of the answer.',
	link: docs('build-with-claude/structured-outputs'),
	checked: CHECKED,
	check({ request }) {
		const strict = toolsIn(request).flatMap(({ value }) => (value.strict === true ? [value.input_schema] : []));
		const schemas = [...strict, valueAt(request, FORMAT)].filter((schema): schema is JsonObject =>
			isJsonObject(schema),
		);
		const complexities = schemas.map(complexityOf);
		const optional = complexities.reduce((sum, each) => sum + each.optional, 0);
		const unions = complexities.reduce((sum, each) => sum + each.unions, 0);
		const path = strict.length > 0 ? ['tools'] : FORMAT;
		const faults: Fault[] = [];
		if (optional > MOST.optional)
			faults.push({
				path,
				message: `The schemas have ${optional} optional properties; ${MOST.optional} may be.`,
				apiMessage: `Schemas contains too many optional parameters (${optional}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: ${MOST.optional}).`,
			});
		if (unions > MOST.unions)
			faults.push({
				path,
				message: `The schemas have ${unions} properties with several types; ${MOST.unions} may be.`,
				apiMessage: `Schemas contains too many parameters with union types (${unions} parameters with type arrays or anyOf). This causes exponential compilation cost. Reduce the number of nullable or union-typed parameters (limit: ${MOST.unions} parameters with unions).`,
			});
		return faults;
	},
};
