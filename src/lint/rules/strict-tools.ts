import { isJsonObject } from '../../model/json';
import { schemaFaults } from '../schema-subset';
import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

const MOST = 20;

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
		const tooMany = strict[MOST];
		if (tooMany)
			faults.push({
				path: ['tools', tooMany.index, 'strict'],
				message: `${strict.length} tools are strict; ${MOST} may be.`,
				apiMessage: `Too many strict tools (${strict.length}). The maximum number of strict tools supported is ${MOST}. Try reducing the number of tools marked as strict.`,
			});
		return faults;
	},
};
