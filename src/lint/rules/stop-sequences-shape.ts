import { CHECKED, docs, type Rule } from '../rule';
import { fault, listOf, optionalKey, orNull, text, type Shape } from '../shape';

const list = listOf(text);
/** The blank ones are refused together, by the name of the list. */
const sequences: Shape = (value, place) => {
	const found = list(value, place);
	if (found.length > 0 || !Array.isArray(value)) return found;
	const blank = value.findIndex((item) => String(item).trim() === '');
	if (blank < 0) return [];
	const refusal = fault(place, 'holds one that is blank', 'each stop sequence must contain non-whitespace');
	return [{ ...refusal, path: [...place.path, blank] }];
};

export const stopSequencesShape: Rule = {
	id: 'stop-sequences-shape',
	severity: 'rejected',
	title: 'Stop sequences are texts that are not blank',
	why: 'The answer ends before the first of them; one of spaces or line breaks alone is refused.',
	link: docs('api/messages'),
	checked: CHECKED,
	check: optionalKey('stop_sequences', orNull(sequences)),
};
