import { CHECKED, docs, type Rule } from '../rule';
import { object, optionalKey, orNull, text } from '../shape';

/** Source: @anthropic-ai/sdk 1.12.0 `DiagnosticsParam`. */
export const diagnosticsShape: Rule = {
	id: 'diagnostics-shape',
	severity: 'rejected',
	title: 'diagnostics names the message before',
	why: 'It asks why the prompt cache missed: previous_message_id is the id of the last answer, or null on the first turn.',
	link: docs('build-with-claude/cache-diagnostics'),
	checked: CHECKED,
	check: optionalKey('diagnostics', orNull(object({}, { previous_message_id: orNull(text) }))),
};
