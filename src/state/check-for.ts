import { lint } from '../lint/lint';
import type { Context, Finding, Fix } from '../lint/rule';
import { modelOf } from '../model/models';
import type { ApiVersion } from '../model/target';

/** What findings shall hold for; null where it is what the request names and how it is sent. */
export interface CheckFor {
	readonly model: string | null;
	readonly apiVersion: ApiVersion | null;
}

/** What the rules would say of a request if it named another model, or went out with another version. Rejects when they cannot be loaded. */
export async function lintFor(context: Context, { model, apiVersion }: CheckFor): Promise<readonly Finding[]> {
	const request = model === null ? context.request : { ...context.request, model };
	const findings = await lint({
		...context,
		request,
		model: modelOf(request, context.models),
		apiVersion: apiVersion ?? context.apiVersion,
	});
	if (model === null) return findings;
	// The request's own model is not what is complained of: to put another in its place would be no way out.
	return findings.map(({ fixes = [], ...finding }) => ({
		...finding,
		fixes: fixes.filter((fix) => !changesModel(fix)),
	}));
}

function changesModel({ changes }: Fix): boolean {
	return changes.some(({ path }) => path.length === 1 && path[0] === 'model');
}
