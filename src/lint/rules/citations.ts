import { isJsonObject, valueAt } from '../../model/json';
import { everyBlock } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

export const citations: Rule = {
	id: 'citations',
	severity: 'rejected',
	title: 'Documents are cited all or none, and not in JSON',
	why: 'Either every document of the request has citations enabled or none has; an answer after a schema has no room for citations.',
	link: docs('build-with-claude/citations'),
	checked: CHECKED,
	check({ request }) {
		const documents = everyBlock(request).filter(({ type }) => type === 'document');
		const cited = documents.filter(({ value }) => isJsonObject(value.citations) && value.citations.enabled === true);
		const first = cited[0];
		if (!first) return [];
		const uncited = documents.find((document) => !cited.includes(document));
		const format = ['output_config', 'format'];
		return [
			...(uncited
				? [
						{
							path: uncited.path,
							message: 'Other documents are cited, so this one has to be too.',
							fixes: [
								{
									label: 'Enable citations',
									changes: [{ kind: 'set' as const, path: [...uncited.path, 'citations'], value: { enabled: true } }],
								},
							],
						},
					]
				: []),
			...((valueAt(request, format) ?? null) === null
				? []
				: [{ path: format, message: 'A format does not go together with citations.' }]),
		];
	},
};
