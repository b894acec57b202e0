import { everyBlock } from '../conversation';
import { CHECKED, docs, type Rule } from '../rule';

const MOST = 600;
const MOST_IN_SMALL_WINDOW = 100;
const SMALL_WINDOW = 200_000;

export const imageCount: Rule = {
	id: 'image-count',
	severity: 'rejected',
	title: 'A request holds at most 600 images',
	why: 'Models with a context window of 200,000 tokens take 100. History and tool results count.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check({ request, model }) {
		const images = everyBlock(request).filter(({ type }) => type === 'image');
		const most = model?.contextWindow === SMALL_WINDOW ? MOST_IN_SMALL_WINDOW : MOST;
		const first = images[most];
		if (!first) return [];
		return [
			{
				path: first.path,
				message: `There are ${images.length} images; ${most} are taken.`,
				apiMessage: `Too much media: 0 document pages + ${images.length} images > ${most}`,
			},
		];
	},
};
