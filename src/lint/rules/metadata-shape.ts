import { CHECKED, docs, type Rule } from '../rule';
import { fault, object, optionalKey, orNull, text, type Shape } from '../shape';

/** The text goes on with what to send instead (BerriAI/litellm, 2025). */
const userId: Shape = (value, place) =>
	typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(value)
		? [fault(place, 'is an email address: it has to be opaque', 'user_id appears to contain an email address.')]
		: text(value, place);

export const metadataShape: Rule = {
	id: 'metadata-shape',
	severity: 'rejected',
	title: 'metadata holds user_id only',
	why: 'user_id is an opaque id of your user, not an email address; other keys are refused.',
	link: docs('api/messages'),
	checked: CHECKED,
	check: optionalKey(
		'metadata',
		orNull(object({}, { user_id: orNull(userId) }, 'Input does not match the expected shape.')),
	),
};
