import { isJsonObject } from '../../model/json';
import { systemBlock } from '../content';
import { CHECKED, docs, type Rule } from '../rule';
import { fault, listOf, optionalKey, textOr, type Shape } from '../shape';

const item: Shape = (value, place) =>
	isJsonObject(value)
		? systemBlock(value, place)
		: [fault(place, 'must be a text block', 'Input does not match the expected shape.')];

export const systemShape: Rule = {
	id: 'system-shape',
	severity: 'rejected',
	title: 'The system prompt is text',
	why: 'It is a string, or a list of text blocks where parts of it are to be cached.',
	link: docs('api/messages'),
	checked: CHECKED,
	check: optionalKey('system', textOr(listOf(item))),
};
