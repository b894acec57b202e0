import { hasBeta } from '../betas';
import { CHECKED, docs, type Rule } from '../rule';
import { rootOf } from '../shape';

/** The first model whose fast mode everyone has: the release notes of 2026-10-15. */
const OPEN_TO_ALL = 'claude-opus-5-5';
const BETA = 'fast-mode-2026-02-01';

export const speedModel: Rule = {
	id: 'speed-model',
	severity: 'surprising',
	title: 'Only some Opus models have a fast mode',
	why: 'Opus 5.5 has it for everyone; other Opus models that have one want it asked for by a beta header.',
	link: docs('build-with-claude/fast-mode'),
	checked: CHECKED,
	check(context) {
		const { request, model } = context;
		if (request.speed !== 'fast' || !model || model.id === OPEN_TO_ALL) return [];
		const path = ['speed'];
		if (model.line !== 'opus')
			return [
				{
					path,
					message: `${model.name} has no fast mode that is documented.`,
					fixes: [{ label: 'Remove speed', changes: [{ kind: 'remove', path }] }],
				},
			];
		if (hasBeta(rootOf(context).betas, BETA)) return [];
		return [
			{ path, message: `The fast mode of ${model.name}, if it has one, needs the header anthropic-beta: ${BETA}.` },
		];
	},
};
