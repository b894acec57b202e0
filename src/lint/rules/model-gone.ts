import { isRetired, mayExist, MODELS_CHECKED } from '../../model/models';
import { docs, type Rule } from '../rule';
import { changeOfModel } from '../successor';

export const modelGone: Rule = {
	id: 'model-gone',
	severity: 'rejected',
	title: 'The model exists',
	why: 'A model id that was never given out, or whose model has retired, is answered with 404. What is known here is the table of models as of the day it was checked.',
	link: docs('about-claude/model-deprecations'),
	checked: MODELS_CHECKED,
	check(context) {
		const { request, model, models, today } = context;
		const id = request.model;
		if (typeof id !== 'string' || id === '' || (model && !isRetired(model, today))) return [];
		const path = ['model'];
		if (!model && mayExist(id, models))
			return [
				{
					path,
					severity: 'surprising',
					message: `This page does not know ${id}: it may be newer than ${MODELS_CHECKED}, and no rule about models applies.`,
				},
			];
		const change = changeOfModel(context);
		return [
			{
				path,
				message: model
					? `${model.name} ${model.retiresOn ? `retired on ${model.retiresOn}` : 'has retired'}.`
					: `There is no model “${id}”.`,
				apiMessage: `model: ${id}`,
				status: 404,
				fixes: change ? [change] : [],
			},
		];
	},
};
