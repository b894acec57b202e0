import { isPlain, PLAIN } from './plain';
import type { Context, Finding } from './rule';

/**
 * What the rules have to say of a request. The first finding that is `rejected` is what the API answers. Most rules are
 * loaded for the first request that can meet them: rejects when they cannot be.
 */
export async function lint(context: Context): Promise<readonly Finding[]> {
	const rules = isPlain(context) ? PLAIN : (await import('./every-rule')).rulesOn(context.today);
	return rules.flatMap((rule) =>
		rule.check(context).map((fault) => ({ severity: rule.severity, ...fault, rule: rule.id })),
	);
}

/** The finding with which the API would refuse the request, or null when nothing speaks against it. */
export function refusalIn(findings: readonly Finding[]): Finding | null {
	return findings.find(({ severity }) => severity === 'rejected') ?? null;
}
