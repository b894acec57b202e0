import { currentModel } from '../successor';
import { CHECKED, docs, type Rule } from '../rule';
import { filledText, requiredKey } from '../shape';

export const modelShape: Rule = {
	id: 'model-shape',
	severity: 'rejected',
	title: 'The model is a text',
	why: 'Every request names the model that is to answer it; the API has no default.',
	link: docs('about-claude/models/overview'),
	checked: CHECKED,
	check: requiredKey('model', filledText, (context) => {
		const model = currentModel(context);
		return model && { label: `Use ${model.id}`, changes: [{ kind: 'set', path: ['model'], value: model.id }] };
	}),
};
