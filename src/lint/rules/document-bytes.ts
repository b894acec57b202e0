import { isJsonObject } from '../../model/json';
import { payloadOf } from '../base64';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const documentBytes: Rule = {
	id: 'document-bytes',
	severity: 'rejected',
	title: 'A document in base64 is a PDF',
	why: 'Only PDFs come as base64. Text goes into a source of type text; Word, Excel and CSV have to be made into one of the two.',
	link: docs('build-with-claude/pdf-support'),
	checked: CHECKED,
	check: (context) =>
		everyBlock(context.request).flatMap(({ type, value: { source }, path }) => {
			if (type !== 'document' || !isJsonObject(source) || source.type !== 'base64') return [];
			const { data } = source;
			const payload = typeof data === 'string' ? payloadOf(data, context) : null;
			if (typeof data !== 'string' || !payload) return [];
			const place = [...path, 'source', 'data'];
			if (data === '')
				return [
					{
						path: place,
						message: 'The document is empty.',
						apiMessage: `${path.join('.')}.document.source.base64: PDF cannot be empty`,
					},
				];
			if (payload.pdf()) return [];
			const [, bare] = /^data:[^,]*;base64,(.*)$/s.exec(data) ?? [];
			return [
				{
					path: place,
					message:
						bare === undefined
							? 'This is not the base64 of a PDF.'
							: 'data is plain base64, without “data:” before it.',
					apiMessage: `${path.join('.')}.pdf.source.base64.data: The PDF specified was not valid.`,
					fixes:
						bare === undefined
							? []
							: [
									{
										label: 'Remove what stands before the base64',
										changes: [{ kind: 'set' as const, path: place, value: bare }],
									},
								],
				},
			];
		}),
};
