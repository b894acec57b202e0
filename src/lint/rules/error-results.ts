import { isJsonArray } from '../../model/json';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const errorResults: Rule = {
	id: 'error-results',
	severity: 'rejected',
	title: 'A result that is an error says what went wrong',
	why: 'A tool may have nothing to tell when all went well; with is_error there has to be content.',
	link: docs('agents-and-tools/tool-use/handle-tool-calls'),
	checked: CHECKED,
	check: ({ request }) =>
		everyBlock(request).flatMap(({ type, value: { is_error: isError, content = '' }, path }) => {
			const isEmpty = content === '' || content === null || (isJsonArray(content) && content.length === 0);
			if (type !== 'tool_result' || isError !== true || !isEmpty) return [];
			return [
				{
					path,
					message: 'This error does not say what went wrong.',
					// Recorded in 2025 and 2026 by clients whose tools had timed out.
					apiMessage: `${path.join('.')}.tool_result: content cannot be empty if \`is_error\` is true`,
					fixes: [
						{
							label: 'Say that it failed',
							changes: [{ kind: 'set' as const, path: [...path, 'content'], value: 'The tool failed.' }],
						},
					],
				},
			];
		}),
};
