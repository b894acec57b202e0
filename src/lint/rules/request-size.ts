import { LARGEST_BODY } from '../../model/target';
import { CHECKED, docs, type Rule } from '../rule';

export const requestSize: Rule = {
	id: 'request-size',
	severity: 'rejected',
	title: 'A request is at most 32 MB',
	why: 'What stands before the API refuses a larger body, in a way that a page cannot always read. Images and documents count as the base64 they are sent as; files that were uploaded once do not count.',
	link: docs('api/errors'),
	checked: CHECKED,
	check({ bytes = 0 }) {
		if (bytes <= LARGEST_BODY) return [];
		const size = (bytes / 1024 / 1024).toFixed(1);
		return [
			{
				path: [],
				message: `The body is ${size} MB with its attachments; 32 MB are taken.`,
				apiMessage: 'Request exceeds the maximum size',
				status: 413,
			},
		];
	},
};
