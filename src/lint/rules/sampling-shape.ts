import { CHECKED, docs, type Context, type Fault, type Rule } from '../rule';
import { fraction, optionalKey, wholeNumber, type Shape } from '../shape';

/** One of the three sampling parameters: the newer API version does not know them, which is another rule's to say. */
function samplingShape(key: string, title: string, shape: Shape): Rule {
	const check = optionalKey(key, shape);
	return {
		id: `${key.replace('_', '-')}-shape`,
		severity: 'rejected',
		title,
		why: 'Sampling parameters are part of API version 2023-06-01 only.',
		link: docs('api/messages'),
		checked: CHECKED,
		check: (context: Context): Fault[] => (context.apiVersion === '2023-06-01' ? check(context) : []),
	};
}

export const temperatureShape = samplingShape('temperature', 'temperature is a number from 0 to 1', fraction);
/** -1 was accepted when last seen, in August 2025. */
const topP: Shape = (value, place) => (value === -1 ? [] : fraction(value, place));
export const topPShape = samplingShape('top_p', 'top_p is a number from 0 to 1', topP);
export const topKShape = samplingShape('top_k', 'top_k is a whole number', wholeNumber());
