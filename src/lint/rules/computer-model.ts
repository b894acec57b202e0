import { toolsIn } from '../conversation';
import { generationOf } from '../generation';
import { CHECKED, docs, type Rule } from '../rule';

/** The first models with the toolset, and those that take nothing else. */
const TOOLSET_SINCE = 408;
const TOOLSET_ONLY = ['claude-opus-5-5', 'claude-sonnet-5-5'];

export const computerModel: Rule = {
	id: 'computer-model',
	severity: 'rejected',
	title: 'The model takes this computer tool',
	why: 'The computer toolset came with Opus 4.8. Models before it take the older tools with their beta headers, Opus 5.5 and Sonnet 5.5 the toolset only.',
	link: docs('agents-and-tools/tool-use/computer-use-tool'),
	checked: CHECKED,
	check({ request, model }) {
		const generation = generationOf(model);
		if (!model || generation === null) return [];
		return toolsIn(request).flatMap(({ value: { type }, index }) => {
			const isToolset = type === 'computer_toolset_20260801';
			const isOlder = typeof type === 'string' && /^computer_\d/.test(type);
			const path = ['tools', index, 'type'];
			if (isToolset && generation < TOOLSET_SINCE)
				return [{ path, message: `${model.name} does not take the computer toolset.` }];
			if (isOlder && TOOLSET_ONLY.includes(model.id))
				return [
					{
						path,
						message: `${model.name} takes the computer toolset only.`,
						fixes: [
							{
								label: 'Use the computer toolset',
								changes: [
									{ kind: 'set' as const, path: ['tools', index], value: { type: 'computer_toolset_20260801' } },
								],
							},
						],
					},
				];
			return [];
		});
	},
};
