import { isJsonArray, isJsonObject } from '../../model/json';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const containerTool: Rule = {
	id: 'container-tool',
	severity: 'rejected',
	title: 'container needs the code-execution tool',
	why: 'A container is where code runs; without that tool there is nothing to name.',
	link: docs('agents-and-tools/tool-use/code-execution-tool'),
	checked: CHECKED,
	check({ request }) {
		const { container } = request;
		if (typeof (isJsonObject(container) ? container.id : container) !== 'string') return [];
		// The web tools of 2026 run code, too, to filter what they find.
		const runsCode = (name: unknown) =>
			typeof name === 'string' && /^(?:code_execution_|web_(?:search|fetch)_2026)/.test(name);
		// A tool that only code may call brings the sandbox along, as a recording of February 2026 shows.
		const usesSandbox = toolsIn(request).some(
			({ value }) =>
				runsCode(value.type) || (isJsonArray(value.allowed_callers) && value.allowed_callers.some(runsCode)),
		);
		if (usesSandbox) return [];
		return [
			{
				path: ['container'],
				message: 'container names a sandbox, but no code-execution tool is given.',
				apiMessage: 'container: Container identifier can only be provided when using the code execution tool',
				fixes: [{ label: 'Remove container', changes: [{ kind: 'remove', path: ['container'] }] }],
			},
		];
	},
};
