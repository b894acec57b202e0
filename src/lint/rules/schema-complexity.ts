import { isJsonObject, valueAt } from '../../model/json';
import { formatIn } from '../answer-format';
import { complexityOf } from '../schema-subset';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

const MOST = { optional: 24, unions: 16 };

export const schemaComplexity: Rule = {
	id: 'schema-complexity',
	severity: 'rejected',
	title: 'The schemas are together simple enough to be compiled',
	why: 'What strict tools and the format of the answer leave open is counted together: 24 properties may be optional, and 16 may have several types. (Sets of schemas within these limits were refused, too, as too complex: how that is measured is not known.)',
	link: docs('build-with-claude/structured-outputs'),
	checked: CHECKED,
	check({ request }) {
		const strict = toolsIn(request).filter(({ value }) => value.strict === true);
		const place = [...(formatIn(request) ?? ['output_config', 'format']), 'schema'];
		const format = valueAt(request, place);
		let optional = 0;
		let unions = 0;
		for (const schema of [...strict.map(({ value }) => value.input_schema ?? null), format ?? null]) {
			const complexity = complexityOf(schema);
			optional += complexity.optional;
			unions += complexity.unions;
		}
		const path = strict.length > 0 ? ['tools'] : place;
		const whose =
			strict.length === 0 ? 'The schema has' : isJsonObject(format) ? 'The schemas have' : 'The strict tools have';
		const faults: Fault[] = [];
		if (optional > MOST.optional)
			faults.push({
				path,
				message: `${whose} ${optional} optional properties; ${MOST.optional} may be.`,
				apiMessage: `Schemas contains too many optional parameters (${optional}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: ${MOST.optional}).`,
			});
		if (unions > MOST.unions)
			faults.push({
				path,
				message: `${whose} ${unions} properties with several types; ${MOST.unions} may be.`,
				apiMessage: `Schemas contains too many parameters with union types (${unions} parameters with type arrays or anyOf). This causes exponential compilation cost. Reduce the number of nullable or union-typed parameters (limit: ${MOST.unions} parameters with unions).`,
			});
		return faults;
	},
};
