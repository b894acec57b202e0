import { lint } from '../lint/lint';
import type { Context, Finding, Severity } from '../lint/rule';
import { referencesIn } from '../model/attachment';
import type { Size } from '../model/image';
import type { JsonObject } from '../model/json';
import { modelOf } from '../model/models';
import { estimateInputTokens } from '../model/tokens';
import type { CheckFor } from './check-for';

/** How a request would be sent. */
export type Sending = Pick<Context, 'apiVersion' | 'headers' | 'today' | 'models'>;
/** Pixels of images, by the SHA-256 of their attachment; null where they are not known, or not yet. */
export type Sizes = ReadonlyMap<string, Size | null>;

/** What is known of a request beside itself. */
export interface Circumstances {
	readonly sending: Sending;
	/** What the findings shall hold for. */
	readonly checkFor: CheckFor;
	readonly sizes: Sizes;
}

/** What the rules and the estimate have to say of a request. */
export interface Assessment {
	/** The first of what the rules found; null when they could not be loaded. */
	readonly findings: readonly Finding[] | null;
	/** How many they found in all. */
	readonly counts: Counts;
	/** About how many tokens it is. */
	readonly tokens: number;
	/** Attachments that it shows as images and of which `sizes` says nothing. */
	readonly unsized: readonly string[];
}
export type Counts = Readonly<Record<Severity, number>>;

/** More than anyone reads: a request can have a hundred thousand, and to hand those on would hold up the page. */
const FINDINGS = 1000;

/** Ask the rules about `request`, and estimate its tokens. */
export async function assess(request: JsonObject, { sending, checkFor, sizes }: Circumstances): Promise<Assessment> {
	const unsized = new Set<string>();
	const tokens = estimateInputTokens(
		request,
		(source) => {
			const [sha256] = referencesIn(JSON.stringify(source ?? null));
			if (sha256 === undefined) return null;
			if (!sizes.has(sha256)) unsized.add(sha256);
			return sizes.get(sha256) ?? null;
		},
		sending.models,
	);
	// Rules that could not be loaded are asked again with the next change.
	const context = { request, model: modelOf(request, sending.models), ...sending };
	const found = await ask(context, checkFor).catch(() => null);
	return { findings: found?.slice(0, FINDINGS) ?? null, counts: countsOf(found ?? []), tokens, unsized: [...unsized] };
}

async function ask(context: Context, checkFor: CheckFor): Promise<readonly Finding[]> {
	if (checkFor.model === null && checkFor.apiVersion === null) return lint(context);
	return (await import('./check-for')).lintFor(context, checkFor);
}

/** How many of `findings` are of each severity. */
export function countsOf(findings: readonly Finding[]): Counts {
	const counts = { rejected: 0, changed: 0, surprising: 0 };
	for (const { severity } of findings) counts[severity]++;
	return counts;
}
