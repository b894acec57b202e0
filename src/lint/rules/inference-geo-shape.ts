import { CHECKED, docs, type Rule } from '../rule';
import { oneOf, optionalKey, orNull } from '../shape';

export const inferenceGeoShape: Rule = {
	id: 'inference-geo-shape',
	severity: 'rejected',
	title: 'inference_geo is global or us',
	why: 'It says where the model may run; us costs a tenth more.',
	link: docs('about-claude/pricing'),
	checked: CHECKED,
	check: optionalKey('inference_geo', orNull(oneOf(['global', 'us'], "must be one of ['global', 'us']"))),
};
