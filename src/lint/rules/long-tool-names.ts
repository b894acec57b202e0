import { CHECKED, docs, type Fault, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

const DOCUMENTED = 64;
/** The day of the newest refusal of a longer name that is known (anthropics/claude-code#2485). */
const LAST_REFUSED = '2025-06-23';
/** The day of the oldest refusal that speaks of 128 (home-assistant/core#147760). */
const FIRST_LONGER = '2025-06-29';

export const longToolNames: Rule = {
	id: 'long-tool-names',
	severity: 'surprising',
	title: 'Tool names are documented up to 64 characters',
	why: 'The documentation says 64, the API itself 128: a longer name is taken since the summer of 2025, but nobody promises it.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: ({ request, today }) =>
		toolsIn(request).flatMap(({ value: { name }, index }): Fault[] => {
			if (typeof name !== 'string' || name.length <= DOCUMENTED || name.length > 128) return [];
			const path = ['tools', index, 'name'];
			if (today <= LAST_REFUSED)
				return [
					{
						path,
						severity: 'rejected',
						message: `This name has ${name.length} characters; ${DOCUMENTED} are taken.`,
						apiMessage: `tools.${index}.custom.name: String should have at most ${DOCUMENTED} characters`,
					},
				];
			if (today < FIRST_LONGER) return [];
			return [{ path, message: `This name has ${name.length} characters; ${DOCUMENTED} are documented.` }];
		}),
};
