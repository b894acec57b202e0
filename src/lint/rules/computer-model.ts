import { generationOf } from '../generation';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

const TOOLSET = 'computer_toolset_20260801';
/** The first models with the toolset, and those that take nothing else. */
const TOOLSET_SINCE = 408;
const TOOLSET_ONLY = ['claude-opus-5-5', 'claude-sonnet-5-5'];
/** Of their generation only Opus takes the tool of November 2025. */
const NEVER_NEWER = ['claude-sonnet-4-5', 'claude-haiku-4-5'];
/** The first models that no longer take these. */
const TOO_OLD_FROM: Readonly<Record<string, number>> = { computer_20241022: 405, computer_20250124: 406 };

export const computerModel: Rule = {
	id: 'computer-model',
	severity: 'rejected',
	title: 'The model takes this computer tool',
	why: 'The computer toolset came with Opus 4.8; Opus 5.5 and Sonnet 5.5 take nothing else. Models before it take one of the older tools with its beta header: that of November 2025 from Opus 4.5 on, Claude 4.6 and later not the one before, and Claude 4.5 and later not that of 2024.',
	link: docs('agents-and-tools/tool-use/computer-use-tool'),
	checked: CHECKED,
	check({ request, model }) {
		const generation = generationOf(model);
		const { model: id } = request;
		if (!model || generation === null || typeof id !== 'string') return [];
		return toolsIn(request).flatMap(({ value: { type }, index }) => {
			if (typeof type !== 'string') return [];
			const path = ['tools', index, 'type'];
			// The text goes on with the types that the model does take.
			const apiMessage = `'${id}' does not support tool types: ${type}.`;
			if (type === TOOLSET && generation < TOOLSET_SINCE)
				return [{ path, message: `${model.name} does not take the computer toolset.`, apiMessage }];
			if (type === 'computer_20251124' && (generation < 405 || NEVER_NEWER.includes(model.id)))
				return [{ path, message: `${model.name} takes computer_20250124.`, apiMessage }];
			const isTooOld = generation >= (TOO_OLD_FROM[type] ?? Infinity);
			if (isTooOld && !TOOLSET_ONLY.includes(model.id))
				return [{ path, message: `${model.name} takes no computer tool that old.`, apiMessage }];
			if (/^computer_\d/.test(type) && TOOLSET_ONLY.includes(model.id))
				return [
					{
						path,
						message: `${model.name} takes the computer toolset only.`,
						apiMessage,
						fixes: [
							{
								label: 'Use the computer toolset',
								changes: [{ kind: 'set' as const, path: ['tools', index], value: { type: TOOLSET } }],
							},
						],
					},
				];
			return [];
		});
	},
};
