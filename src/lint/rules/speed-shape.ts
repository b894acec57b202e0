import { CHECKED, docs, type Rule } from '../rule';
import { oneOf, optionalKey, orNull } from '../shape';

/** Source: @anthropic-ai/sdk 1.12.0 `MessageCreateParamsBase.speed`. */
export const speedShape: Rule = {
	id: 'speed-shape',
	severity: 'rejected',
	title: 'speed is standard or fast',
	why: 'fast answers sooner and costs more.',
	link: docs('build-with-claude/fast-mode'),
	checked: CHECKED,
	check: optionalKey('speed', orNull(oneOf(['standard', 'fast']))),
};
