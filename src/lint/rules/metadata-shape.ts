import { CHECKED, docs, type Rule } from '../rule';
import { object, optionalKey, orNull, text } from '../shape';

export const metadataShape: Rule = {
	id: 'metadata-shape',
	severity: 'rejected',
	title: 'metadata holds user_id only',
	why: 'user_id is an opaque id of your user; other keys are refused.',
	link: docs('api/messages'),
	checked: CHECKED,
	check: optionalKey(
		'metadata',
		orNull(object({}, { user_id: orNull(text) }, 'Input does not match the expected shape.')),
	),
};
