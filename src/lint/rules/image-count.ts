import { everyBlock } from '../conversation';
import { mostMedia, pdfsIn } from '../media';
import { CHECKED, docs, type Rule } from '../rule';

export const imageCount: Rule = {
	id: 'image-count',
	severity: 'rejected',
	title: 'A request holds at most 600 images',
	why: 'Models with a context window of less than a million tokens take 100. History and tool results count, and so do the pages of PDFs.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check(context) {
		const images = everyBlock(context.request).filter(({ type }) => type === 'image');
		const pages = pdfsIn(context).reduce((sum, { pdf }) => sum + (pdf.pages ?? 0), 0);
		const most = mostMedia(context);
		// Too many pages alone are refused in other words.
		const first = pages > most ? undefined : images[most - pages];
		if (!first) return [];
		return [
			{
				path: first.path,
				message:
					pages > 0
						? `Images: ${images.length}, pages of PDFs: ${pages}. Together ${most} are taken.`
						: `There are ${images.length} images; ${most} are taken.`,
				apiMessage: `Too much media: ${pages} document pages + ${images.length} images > ${most}`,
			},
		];
	},
};
