import { CHECKED, docs, type Rule } from '../rule';
import { fault, object, optionalKey, orNull, text, type Shape } from '../shape';

/** The most characters of an id by older documentation. */
const LONGEST = 256;

const userId: Shape = (value, place) => {
	if (typeof value !== 'string') return text(value, place);
	// The text goes on with what to send instead (BerriAI/litellm, 2025).
	if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(value))
		return [fault(place, 'is an email address: it has to be opaque', 'user_id appears to contain an email address.')];
	if (value.length <= LONGEST) return [];
	const message = `user_id has ${value.length} characters; older documentation allows ${LONGEST}.`;
	return [{ path: place.path, severity: 'surprising', message }];
};

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
