import { isRetired, MODELS, modelsThatPrefill, type Model, type ModelLine } from '../model/models';
import { prefillOf } from './conversation';
import type { Context, Fix } from './rule';

/** The newest model of a line that answers on `today` and is there for everyone. */
export function currentModel(today: string, line: ModelLine | null = 'sonnet'): Model | null {
	return (
		MODELS.find((model) => model.line === line && model.lifecycle === 'active' && !isRetired(model, today)) ?? null
	);
}

/** The change to a model that stays and can do what the request asks of it: continue a prefill, if there is one. */
export function changeOfModel({ request, model, today }: Context): Fix | null {
	const next = prefillOf(request)
		? modelsThatPrefill(today).find(({ retiresOn }) => retiresOn === undefined)
		: (currentModel(today, model?.line) ?? currentModel(today));
	return next ? { label: `Use ${next.id}`, changes: [{ kind: 'set', path: ['model'], value: next.id }] } : null;
}
