import { toolsIn } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

const DOCUMENTED = 64;

export const longToolNames: Rule = {
	id: 'long-tool-names',
	severity: 'surprising',
	title: 'Tool names are documented up to 64 characters',
	why: 'The documentation says 64, the API itself 128: a longer name is taken today, but nobody promises it.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: ({ request }) =>
		toolsIn(request).flatMap(({ value: { name }, index }) =>
			typeof name === 'string' && name.length > DOCUMENTED && name.length <= 128
				? [
						{
							path: ['tools', index, 'name'],
							message: `This name has ${name.length} characters; ${DOCUMENTED} are documented.`,
						},
					]
				: [],
		),
};
