import { isRetired, MODELS, modelsThatPrefill, type Model, type ModelLine } from '../model/models';
import { prefillOf } from './conversation';
import type { Context, Fix } from './rule';

/** The newest model of a line that answers on `today` and is there for everyone. */
export function currentModel(
	{ today, models = MODELS }: Pick<Context, 'today' | 'models'>,
	line: ModelLine | null = 'sonnet',
): Model | null {
	const fits = (model: Model) =>
		model.line === line && model.lifecycle === 'active' && !model.unlisted && !isRetired(model, today);
	return models.find(fits) ?? null;
}

/** The change to a model that stays and can do what the request asks of it: continue a prefill, if there is one. */
export function changeOfModel(context: Context): Fix | null {
	const { request, model, today, models } = context;
	const next = prefillOf(request)
		? modelsThatPrefill(today, models).find(({ retiresOn }) => retiresOn === undefined)
		: (currentModel(context, model?.line) ?? currentModel(context));
	return next ? { label: `Use ${next.id}`, changes: [{ kind: 'set', path: ['model'], value: next.id }] } : null;
}
