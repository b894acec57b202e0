import { valueAt } from '../../model/json';
import { formatIn } from '../answer-format';
import { everyBlock, type Block } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

export const citations: Rule = {
	id: 'citations',
	severity: 'rejected',
	title: 'Sources are cited all or none, and not in JSON',
	why: 'Either every document of the request has citations enabled or none has, and so with search results; an answer after a schema has no room for citations.',
	link: docs('build-with-claude/citations'),
	checked: CHECKED,
	check({ request, model }) {
		const blocks = everyBlock(request);
		const groups = ['document', 'search_result'].map((type) => blocks.filter((block) => block.type === type));
		const isCited = ({ value }: Block) => valueAt(value.citations, ['enabled']) === true;
		const cited = groups.flat().find(isCited);
		if (!cited) return [];
		// Of the others of its time nothing is recorded.
		if (model?.id === 'claude-3-haiku-20240307')
			return [
				{
					path: [...cited.path, 'citations'],
					message: `${model.name} does not cite.`,
					apiMessage: `'${model.id}' does not support citations.`,
				},
			];
		const format = formatIn(request);
		return [
			...groups.flatMap((group): Fault[] => {
				const uncited = group.some(isCited) ? group.find((block) => !isCited(block)) : undefined;
				if (!uncited) return [];
				const path = [...uncited.path, 'citations'];
				const others = uncited.type === 'document' ? 'documents' : 'search results';
				return [
					{
						path: uncited.path,
						message: `Other ${others} are cited, so this one has to be too.`,
						fixes: [{ label: 'Enable citations', changes: [{ kind: 'set', path, value: { enabled: true } }] }],
					},
				];
			}),
			...(format ? [{ path: format, message: 'A format does not go together with citations.' }] : []),
		];
	},
};
