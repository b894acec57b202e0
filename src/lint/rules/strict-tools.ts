import { isJsonObject } from '../../model/json';
import { toolsIn } from '../conversation';
import { complexityOf, schemaFaults } from '../schema-subset';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

const MOST = { tools: 20, optional: 24, unions: 16 };

export const strictTools: Rule = {
	id: 'strict-tools',
	severity: 'rejected',
	title: 'The schema of a strict tool is within what can be compiled',
	why: 'strict makes the API compile the input schema as it does for structured outputs, with the same limits, and no more than 20 such tools.',
	link: docs('agents-and-tools/tool-use/strict-tool-use'),
	checked: CHECKED,
	check({ request }) {
		const strict = toolsIn(request).filter(({ value }) => value.strict === true);
		const faults: Fault[] = strict.flatMap(({ value: { input_schema: schema }, index }) =>
			isJsonObject(schema) ? schemaFaults(schema, ['tools', index, 'input_schema'], `tools.${index}.custom`) : [],
		);
		const tooMany = strict[MOST.tools];
		if (tooMany)
			faults.push({
				path: ['tools', tooMany.index, 'strict'],
				message: `${strict.length} tools are strict; ${MOST.tools} may be.`,
				apiMessage: `Too many strict tools (${strict.length}). The maximum number of strict tools supported is ${MOST.tools}. Try reducing the number of tools marked as strict.`,
			});
		let optional = 0;
		let unions = 0;
		for (const { value } of strict) {
			const complexity = complexityOf(value.input_schema ?? null);
			optional += complexity.optional;
			unions += complexity.unions;
		}
		if (optional > MOST.optional)
			faults.push({
				path: ['tools'],
				message: `The strict tools have ${optional} optional properties; ${MOST.optional} may be.`,
				apiMessage: `Schemas contains too many optional parameters (${optional}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: ${MOST.optional}).`,
			});
		if (unions > MOST.unions)
			faults.push({
				path: ['tools'],
				message: `The strict tools have ${unions} properties with several types; ${MOST.unions} may be.`,
				apiMessage: `Schemas contains too many parameters with union types (${unions} parameters with type arrays or anyOf). This causes exponential compilation cost. Reduce the number of nullable or union-typed parameters (limit: ${MOST.unions} parameters with unions).`,
			});
		return faults;
	},
};
