import { everyBlock } from '../lint/conversation';
import { lint } from '../lint/lint';
import type { Context, Finding, Severity } from '../lint/rule';
import { referencesIn, type AttachmentFacts } from '../model/attachment';
import { base64LengthOf } from '../model/image';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { duplicatesIn } from '../model/lens';
import { modelOf } from '../model/models';
import { estimateInputTokens, type Measure } from '../model/tokens';
import type { CheckFor } from './check-for';

/** How a request would be sent. */
export type Sending = Pick<Context, 'apiVersion' | 'headers' | 'today' | 'models'>;
/** What is known of attachments, by their SHA-256; null where that is nothing, or not yet. */
export type Known = ReadonlyMap<string, AttachmentFacts | null>;

/** What is known of a request beside itself. */
export interface Circumstances {
	readonly sending: Sending;
	/** What the findings shall hold for. */
	readonly checkFor: CheckFor;
	readonly attachments: Known;
}

/** What the rules and the estimate have to say of a request. */
export interface Assessment {
	/** The first of what the rules found; null when they could not be loaded. */
	readonly findings: readonly Finding[] | null;
	/** How many they found in all. */
	readonly counts: Counts;
	/** About how many tokens it is. */
	readonly tokens: number;
	/** Attachments that it refers to, and of which `attachments` says nothing. */
	readonly unknown: readonly string[];
}
export type Counts = Readonly<Record<Severity, number>>;

/** More than anyone reads: a request can have a hundred thousand, and to hand those on would hold up the page. */
const FINDINGS = 1000;

/** Ask the rules about the request that is written as `text`, and estimate its tokens. */
export async function assess(
	text: string,
	request: JsonObject,
	{ sending, checkFor, attachments }: Circumstances,
): Promise<Assessment> {
	const references = everyBlock(request).flatMap(({ value: { source } }) => referencesAt(source));
	const tokens = estimateInputTokens(request, measureBy(attachments), sending.models);
	const own = new TextEncoder().encode(text).length;
	const bytes = references.reduce((sum, sha256) => sum + base64LengthOf(attachments.get(sha256)?.bytes ?? 0), own);
	const duplicates = duplicatesIn(text);
	const context = {
		request,
		model: modelOf(request, sending.models),
		...sending,
		attachments,
		tokens,
		bytes,
		duplicates,
	};
	// Rules that could not be loaded are asked again with the next change.
	const found = await ask(context, checkFor).catch(() => null);
	return {
		findings: found?.slice(0, FINDINGS) ?? null,
		counts: countsOf(found ?? []),
		tokens,
		unknown: [...new Set(references)].filter((sha256) => !attachments.has(sha256)),
	};
}

/** What is known of the image or the PDF that a source refers to. */
export function measureBy(attachments: Known): Measure {
	return (source) => {
		const [sha256] = referencesAt(source);
		const facts = sha256 === undefined ? null : attachments.get(sha256);
		if (!facts) return {};
		const { width, height, pdf } = facts;
		return { size: width !== null && height !== null ? { width, height } : null, pages: pdf?.pages ?? null };
	};
}

/** The SHA-256 of the attachment that stands in a source, as a list of one or none. */
function referencesAt(source: JsonValue | undefined): string[] {
	return isJsonObject(source) && typeof source.data === 'string' ? referencesIn(JSON.stringify(source.data)) : [];
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
