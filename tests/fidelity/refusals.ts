import { explainRefusal, placeOf } from '../../src/lint/refusal';
import { valueAt, writePath } from '../../src/model/json';
import { judge, type Judgement } from './judgement';
import { rowsOf, type Section } from './section';
import { exchangesIn } from './traffic';
import { reasonBeyond } from './verdicts';

export const refusalsPlaced: Section = {
	name: 'refusals are matched to their place',
	run: (folder) =>
		rowsOf(exchangesIn(folder, ['rejected.jsonl']), async (exchange) => {
			const { id: name, error_message: message } = exchange;
			const judgement = reasonBeyond(exchange) === null ? await judge(exchange) : null;
			if (!message || !judgement) return null;
			// Whole sets of schemas are refused for their sum.
			if (/^Schemas? |^Too many strict tools/.test(message))
				return { name, difference: null, aside: 'is about a sum, which is nowhere' };
			return { name, difference: misplaced(message, judgement) };
		}),
};

/** Why the place is not one that the message and the request bear out, in a line; null when it is. */
function misplaced(message: string, { request, rejected }: Judgement): string | null {
	const named = placeOf(message, request);
	const finding = explainRefusal(message, rejected, named);
	const path = finding?.path ?? named;
	if (!path || path.length === 0) return `no place for: ${message}`;
	if (valueAt(request, path.slice(0, -1)) === undefined) return `${writePath(path)} is not in the request: ${message}`;
	// Only the parameter is compared: the API counts turns it has merged, where the rule names the message.
	if (named && finding && message.startsWith(`${named[0]}`) && finding.path[0] !== named[0])
		return `${writePath(named)} by its words, ${writePath(finding.path)} by the rule ${finding.rule}: ${message}`;
	return null;
}
