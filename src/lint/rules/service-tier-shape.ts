import { CHECKED, docs, type Rule } from '../rule';
import { oneOf, optionalKey } from '../shape';

export const serviceTierShape: Rule = {
	id: 'service-tier-shape',
	severity: 'rejected',
	title: 'service_tier is auto or standard_only',
	why: 'The words “standard”, “priority” and “batch” only appear in the answer.',
	link: docs('api/service-tiers'),
	checked: CHECKED,
	check: optionalKey('service_tier', oneOf(['auto', 'standard_only'])),
};
