import { isJsonObject } from '../../model/json';
import { typeOf } from '../conversation';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

/** Sources differ on whether it has the limit of Opus 5. */
const LIMIT_UNSURE = 'claude-opus-4-8';
const ORDER = ['low', 'medium', 'high', 'xhigh', 'max'];

export const effortModel: Rule = {
	id: 'effort-model',
	severity: 'rejected',
	title: 'The model takes this effort',
	why: 'Effort came with Opus 4.5, xhigh with 4.7; Sonnet 4.5 and Haiku 4.5 take none. Where thinking can be turned off, the highest efforts need it on.',
	link: docs('build-with-claude/effort'),
	checked: CHECKED,
	check({ request, model }) {
		const { output_config: config } = request;
		if (!model?.effort || !isJsonObject(config) || typeof config.effort !== 'string') return [];
		const { effort } = config;
		const path = ['output_config', 'effort'];
		const refuse = (message: string, apiMessage?: string): Fault[] => [
			{
				path,
				message,
				...(apiMessage ? { apiMessage } : {}),
				fixes: [{ label: 'Remove effort', changes: [{ kind: 'remove', path }] }],
			},
		];
		const { levels } = model.effort;
		if (levels.length === 0)
			return refuse(`${model.name} takes no effort.`, 'This model does not support the effort parameter.');
		if (ORDER.includes(effort) && !levels.some((level) => level === effort))
			return refuse(
				`${model.name} takes the efforts ${levels.join(', ')}.`,
				`This model does not support effort level '${effort}'. Supported levels: ${levels.toSorted().join(', ')}.`,
			);
		const thinking = typeOf(request.thinking);
		const isUnsure = model.id === LIMIT_UNSURE;
		const ofDisabled = isUnsure ? 'high' : model.disabledThinkingEffort;
		const limit = thinking === 'disabled' ? ofDisabled : thinking === 'between_tools' ? 'high' : undefined;
		if (!limit || ORDER.indexOf(effort) <= ORDER.indexOf(limit)) return [];
		const refused = refuse(
			`With thinking “${thinking}” ${model.name} ${isUnsure ? 'may take' : 'takes'} an effort of ${limit} at most.`,
			thinking === 'disabled'
				? `output_config.effort '${effort}' is not supported when thinking is disabled on this model. Use effort '${limit}' or below, or enable thinking.`
				: undefined,
		);
		return isUnsure ? refused.map((found) => ({ ...found, severity: 'surprising' })) : refused;
	},
};
