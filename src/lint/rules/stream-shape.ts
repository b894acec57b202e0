import { CHECKED, docs, type Rule } from '../rule';
import { flag, optionalKey } from '../shape';

export const streamShape: Rule = {
	id: 'stream-shape',
	severity: 'rejected',
	title: 'stream is true or false',
	why: 'Leave it out for an answer in one piece; null is refused.',
	link: docs('build-with-claude/streaming'),
	checked: CHECKED,
	check: optionalKey('stream', flag),
};
