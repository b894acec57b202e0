import { hasBeta } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';
import { object, oneOf, optionalKey, orNull, tagged, wholeNumber, type Shape } from '../shape';

const display: Shape = (value, place) =>
	// A beta feature adds a third.
	value === 'updates' && hasBeta(place.betas, 'thinking-display-updates')
		? []
		: orNull(oneOf(['summarized', 'omitted']))(value, place);

export const thinkingShape: Rule = {
	id: 'thinking-shape',
	severity: 'rejected',
	title: 'thinking has a type, and a budget where it is manual',
	why: 'adaptive leaves the amount to the model; enabled wants budget_tokens of 1,024 or more; disabled and between_tools take nothing else.',
	link: docs('build-with-claude/extended-thinking'),
	checked: CHECKED,
	check: optionalKey(
		'thinking',
		tagged({
			adaptive: object({}, { display }, undefined, { block_binding: 'thinking-binding-controls-2026-08-01' }),
			enabled: object(
				{ budget_tokens: wholeNumber(1024, 'Input should be greater than or equal to 1024') },
				{ display },
			),
			disabled: object({}),
			between_tools: object({}),
		}),
	),
};
