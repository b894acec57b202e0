import { isJsonObject } from '../../model/json';
import { beginsAsPdf, isReference } from '../base64';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const pdfBytes: Rule = {
	id: 'pdf-bytes',
	severity: 'rejected',
	title: 'The bytes of a PDF are one',
	why: 'A document in base64 is a PDF; a text goes into a source of type text. Whether a PDF is whole and without a password only the API finds out.',
	link: docs('build-with-claude/pdf-support'),
	checked: CHECKED,
	check: ({ request }) =>
		everyBlock(request).flatMap(({ type, value: { source }, path: block }): Fault[] => {
			if (type !== 'document' || !isJsonObject(source) || source.type !== 'base64') return [];
			const { data } = source;
			if (typeof data !== 'string' || isReference(data) || beginsAsPdf(data)) return [];
			const path = [...block, 'source', 'data'];
			const name = block.join('.');
			return [
				data === ''
					? {
							path,
							message: 'The document is empty.',
							apiMessage: `${name}.document.source.base64: PDF cannot be empty`,
						}
					: {
							path,
							message: 'This is not the base64 of a PDF.',
							apiMessage: `${name}.pdf.source.base64.data: The PDF specified was not valid.`,
						},
			];
		}),
};
