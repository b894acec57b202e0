import { pdfsIn } from '../media';
import { CHECKED, docs, type Rule } from '../rule';

export const pdfEncrypted: Rule = {
	id: 'pdf-encrypted',
	severity: 'surprising',
	title: 'A PDF needs no password',
	why: 'A PDF that needs a password to be opened is refused. One that only forbids printing or copying is encrypted, too, and may be taken.',
	link: docs('build-with-claude/pdf-support'),
	checked: CHECKED,
	check: (context) =>
		pdfsIn(context).flatMap(({ path, pdf }) =>
			pdf.encrypted
				? [
						{
							path,
							message: 'This PDF is encrypted. If it needs a password, the API refuses it: save it without one.',
							apiMessage: 'The PDF specified is password protected.',
						},
					]
				: [],
		),
};
