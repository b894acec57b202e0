import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json';
import { findModel, MODELS, type EffortLevel, type Model, type ModelLine, type ThinkingType } from './models';
import { baseUrlOf, type Target } from './target';

/** What an API listed as its models, item by item as it was said: a later version of this page may read more of it. */
export interface ModelReport {
	readonly version: 1;
	readonly target: Target;
	/** When it was asked for, as RFC 3339 in UTC. */
	readonly askedAt: string;
	readonly items: readonly JsonObject[];
}

/** One page of `GET /v1/models`. `next` is the `after_id` of the page behind it; null when this is the last. */
export interface ModelsPage {
	readonly items: readonly JsonObject[];
	readonly next: string | null;
}

const LINES: readonly ModelLine[] = ['haiku', 'sonnet', 'opus', 'fable', 'mythos'];
const LIFECYCLES: readonly Model['lifecycle'][] = ['active', 'deprecated', 'retired'];
const THINKING: readonly ThinkingType[] = ['adaptive', 'enabled', 'disabled', 'between_tools'];
const EFFORTS: readonly EffortLevel[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/**
 * Read one page of the list; null when `body` is none. Local servers answer without `has_more`: theirs is one page.
 * https://platform.claude.com/docs/en/api/models/list, checked 2026-11-22.
 */
export function readModelsPage(body: JsonValue | undefined): ModelsPage | null {
	if (!isJsonObject(body) || !isJsonArray(body.data)) return null;
	const items = body.data.filter(isJsonObject).filter(({ id }) => typeof id === 'string' && id !== '');
	if (items.length !== body.data.length) return null;
	if (body.has_more !== true) return { items, next: null };
	return typeof body.last_id === 'string' ? { items, next: body.last_id } : null;
}

/**
 * The models of `table`, with what `report` says of them in place of what the table says, and behind nothing but what
 * the report says of those it alone knows: these come first. What was not reported stays as it was, or unknown.
 */
export function withReport(
	{ items, target, askedAt }: ModelReport,
	table: readonly Model[] = MODELS,
): readonly Model[] {
	const origin = { source: `${baseUrlOf(target)}/v1/models`, checked: askedAt.slice(0, 10) };
	const reported = new Map<string, Model>();
	for (const item of items) {
		const known = findModel(idOf(item), table);
		const model = { ...reportedModel(item, known, origin.checked), ...origin };
		reported.set(model.id, model);
	}
	const listed = table.map((model) => reported.get(model.id) ?? unlisted(model));
	const known = new Set(table.map(({ id }) => id));
	return [...[...reported.values()].filter(({ id }) => !known.has(id)), ...listed];
}

/** The id of an item; every item that is kept has one. */
function idOf({ id }: JsonObject): string {
	return typeof id === 'string' ? id : '';
}

/** Retired models are listed only for those who ask for them. */
function unlisted(model: Model): Model {
	return model.lifecycle === 'retired' ? model : { ...model, unlisted: true };
}

/** A model of which nothing is known but its id. */
function unknownModel(id: string): Model {
	return {
		id,
		aliases: [],
		snapshot: id,
		line: null,
		name: id,
		contextWindow: null,
		maxOutput: null,
		price: null,
		thinking: null,
		effort: null,
		forcedToolChoice: null,
		sampling: null,
		bothSamplers: null,
		prefill: null,
		structuredOutputs: null,
		systemTurns: null,
		imageTier: null,
		tokenizer: null,
		toolPrompt: null,
		lifecycle: 'active',
		source: '',
		checked: '',
	};
}

function reportedModel(item: JsonObject, known: Model | null, day: string): Model {
	const { retiresOn, ...before } = known ?? unknownModel(idOf(item));
	const capabilities = isJsonObject(item.capabilities) ? item.capabilities : {};
	const lifecycle = LIFECYCLES.find((stage) => stage === item.lifecycle);
	const ends = lifecycle === undefined ? retiresOn : endOf(item, lifecycle, day);
	return {
		...before,
		name: typeof item.display_name === 'string' && item.display_name !== '' ? item.display_name : before.name,
		line: LINES.find((line) => line === item.line) ?? before.line,
		contextWindow: typeof item.max_input_tokens === 'number' ? item.max_input_tokens : before.contextWindow,
		maxOutput: typeof item.max_tokens === 'number' ? item.max_tokens : before.maxOutput,
		thinking: thinkingIn(capabilities.thinking, before.thinking),
		effort: effortIn(capabilities.effort, before.effort),
		structuredOutputs: supported(capabilities.structured_outputs) ?? before.structuredOutputs,
		lifecycle: lifecycle ?? before.lifecycle,
		...(ends !== undefined && { retiresOn: ends }),
	};
}

/**
 * The last day of a model. A day that was over when the list was made is overdue, not come: the stage alone says that a
 * model has retired (@anthropic-ai/sdk 1.12.0 `ModelInfo.retires_at`).
 */
function endOf({ retires_at: at }: JsonObject, lifecycle: Model['lifecycle'], day: string): string | undefined {
	if (lifecycle === 'retired' || typeof at !== 'string') return undefined;
	const end = at.slice(0, 10);
	return /^\d{4}-\d\d-\d\d$/.test(end) && end >= day ? end : undefined;
}

function thinkingIn(said: JsonValue | undefined, known: Model['thinking']): Model['thinking'] {
	const types = taken(isJsonObject(said) ? said.types : undefined, THINKING, known?.types);
	return types ? { byDefault: known?.byDefault ?? null, display: known?.display ?? null, types } : known;
}

function effortIn(said: JsonValue | undefined, known: Model['effort']): Model['effort'] {
	const levels = supported(said) === false ? [] : taken(said, EFFORTS, known?.levels);
	if (!levels) return known;
	const byDefault = known?.byDefault ?? null;
	return { levels, byDefault: byDefault !== null && levels.includes(byDefault) ? byDefault : null };
}

/** Those of `names` that are said to be supported; of what is not said, those `known` before. Null where that leaves a gap. */
function taken<Name extends string>(
	said: JsonValue | undefined,
	names: readonly Name[],
	known: readonly Name[] | undefined,
): readonly Name[] | null {
	if (!isJsonObject(said)) return null;
	const each = names.map((name) => [name, supported(said[name]) ?? known?.includes(name)] as const);
	return each.some(([, is]) => is === undefined) ? null : each.flatMap(([name, is]) => (is ? [name] : []));
}

function supported(leaf: JsonValue | undefined): boolean | null {
	return isJsonObject(leaf) && typeof leaf.supported === 'boolean' ? leaf.supported : null;
}
