import { isRetired, MODELS_CHECKED } from '../../model/models';
import { prefillOf } from '../conversation';
import { docs, type Rule } from '../rule';
import { changeOfModel } from '../successor';

export const modelRetires: Rule = {
	id: 'model-retires',
	severity: 'surprising',
	title: 'The model retires soon',
	why: 'A model with an end of life answers until that day, and already now only for organisations that used it before. Later models do not continue a prefilled answer.',
	link: docs('about-claude/model-deprecations'),
	checked: MODELS_CHECKED,
	check(context) {
		const { model, today, request } = context;
		if (!model?.retiresOn || isRetired(model, today)) return [];
		const change = changeOfModel(context);
		const prefill = prefillOf(request) ? ' Few models still continue a prefilled answer.' : '';
		return [
			{
				path: ['model'],
				message: `${model.name} answers until ${model.retiresOn}, and only for those who used it before.${prefill}`,
				fixes: change ? [change] : [],
			},
		];
	},
};
