import { mostMedia, pdfsIn } from '../media';
import { CHECKED, docs, type Rule } from '../rule';

export const pdfPages: Rule = {
	id: 'pdf-pages',
	severity: 'rejected',
	title: 'A request holds at most 600 pages of PDFs',
	why: 'Models with a context window of less than a million tokens take 100. The pages of all documents count together.',
	link: docs('build-with-claude/pdf-support'),
	checked: CHECKED,
	check(context) {
		const most = mostMedia(context);
		let pages = 0;
		for (const { path, pdf } of pdfsIn(context)) {
			pages += pdf.pages ?? 0;
			if (pages > most)
				return [
					{
						path,
						message: `With this document there are ${pages} pages of PDFs; ${most} are taken.`,
						apiMessage: `A maximum of ${most} PDF pages may be provided.`,
					},
				];
		}
		return [];
	},
};
