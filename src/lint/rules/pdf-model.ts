import { isJsonObject } from '../../model/json';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

/** Of the others of its time it is only known that the documentation of early 2025 did not name them. */
const WITHOUT = 'claude-3-haiku-20240307';

export const pdfModel: Rule = {
	id: 'pdf-model',
	severity: 'rejected',
	title: 'The model reads PDFs',
	why: 'Models from Claude 3.5 on do. Claude Haiku 3, which answered until April 2026, did not.',
	link: docs('build-with-claude/pdf-support'),
	checked: CHECKED,
	check({ request, model }) {
		if (model?.id !== WITHOUT) return [];
		return everyBlock(request).flatMap(({ type, value: { source }, path }) =>
			type === 'document' && isJsonObject(source) && (source.type === 'base64' || source.type === 'url')
				? [
						{
							path,
							message: `${model.name} does not read PDFs.`,
							// Quoted in several repositories.
							apiMessage: `'${WITHOUT}' does not support PDF input.`,
						},
					]
				: [],
		);
	},
};
