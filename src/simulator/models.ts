import type { JsonObject, JsonValue } from '../model/json';
import { findModel, isRetired, MODELS, type Model } from '../model/models';
import { admitHeaders } from './admission';
import { refuse, type Refusal } from './refusal';

type Answer = { readonly body: JsonObject } | Refusal;

/** How many models a page holds, if nobody says, and at most: https://platform.claude.com/docs/en/api/models/list, checked 2026-11-22. */
const PAGE = 20;
const LARGEST_PAGE = 1000;

const STAGES: readonly string[] = ['active', 'deprecated', 'retired'];

/** What the API says of a model whose day is not known: @anthropic-ai/sdk 1.12.0 `ModelInfo`. */
const UNKNOWN_DAY = '1970-01-01';

/**
 * The days on which models were released, as recorded answers and the release notes
 * (https://platform.claude.com/docs/en/release-notes/overview) tell them, checked 2026-11-22. Others are not known.
 */
const released: Readonly<Record<string, string>> = {
	'claude-fable-5-2': '2026-11-09',
	'claude-haiku-5-5': '2026-10-07',
	'claude-sonnet-5-5': '2026-09-28',
	'claude-opus-5-5': '2026-09-22',
	'claude-fable-5-1': '2026-09-01',
	'claude-opus-5': '2026-07-24',
	'claude-sonnet-5': '2026-06-29',
	'claude-fable-5': '2026-06-07',
	'claude-mythos-5': '2026-06-09',
	'claude-opus-4-8': '2026-05-28',
	'claude-opus-4-7': '2026-04-14',
	'claude-sonnet-4-6': '2026-02-17',
	'claude-opus-4-6': '2026-02-04',
	'claude-opus-4-5': '2025-11-24',
	'claude-haiku-4-5': '2025-10-15',
	'claude-sonnet-4-5': '2025-09-29',
	'claude-opus-4-1': '2025-08-05',
	'claude-opus-4-20250514': '2025-05-22',
	'claude-sonnet-4-20250514': '2025-05-22',
	'claude-3-7-sonnet-20250219': '2025-02-24',
	'claude-3-5-sonnet-20241022': '2024-10-22',
	'claude-3-5-haiku-20241022': '2024-10-22',
	'claude-3-haiku-20240307': '2024-03-07',
	'claude-3-opus-20240229': '2024-02-29',
	'claude-3-sonnet-20240229': '2024-02-29',
	'claude-2.1': '2023-11-21',
};

/**
 * The days on which models were deprecated: https://platform.claude.com/docs/en/about-claude/model-deprecations in its
 * editions of 2025 and 2026, checked 2026-11-29.
 */
const deprecated: Readonly<Record<string, string>> = {
	'claude-sonnet-4-5': '2026-09-30',
	'claude-mythos-preview': '2026-06-09',
	'claude-opus-4-1': '2026-06-05',
	'claude-opus-4-20250514': '2026-04-14',
	'claude-sonnet-4-20250514': '2026-04-14',
	'claude-3-haiku-20240307': '2026-02-19',
	'claude-3-5-haiku-20241022': '2025-12-19',
	'claude-3-7-sonnet-20250219': '2025-10-28',
	'claude-3-5-sonnet-20241022': '2025-08-13',
	'claude-3-opus-20240229': '2025-06-30',
	'claude-3-sonnet-20240229': '2025-01-21',
	'claude-2.1': '2025-01-21',
	'claude-instant-1.2': '2024-09-04',
};

/** `GET /v1/models`: newest first, page by page, without the retired ones unless they are asked for. */
export function listModels(headers: Headers, query: URLSearchParams, today: string): Answer {
	const version = admitHeaders(headers);
	if (typeof version === 'object') return version;
	const limit = Number(query.get('limit') ?? PAGE);
	// The wording of what follows is ours: no such answer was seen.
	if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
		return refuse(400, `limit: must be between 1 and ${LARGEST_PAGE}`);
	const asked = [...query.getAll('lifecycle'), ...query.getAll('lifecycle[]')];
	if (!asked.every((stage) => STAGES.includes(stage)))
		return refuse(400, "lifecycle: Input should be 'active', 'deprecated' or 'retired'");
	const stages = asked.length > 0 ? asked : ['active', 'deprecated'];
	const all = MODELS.filter((model) => stages.includes(lifecycleOf(model, today))).toSorted((a, b) =>
		dayOf(b).localeCompare(dayOf(a)),
	);
	const after = query.get('after_id');
	const before = query.get('before_id');
	if (after !== null && before !== null) return refuse(400, 'Only one of after_id and before_id may be given.');
	const at = all.findIndex(({ snapshot }) => snapshot === (after ?? before));
	if (at < 0 && (after ?? before) !== null)
		return refuse(400, `${after === null ? 'before_id' : 'after_id'}: no such model`);
	const [start, end] = before === null ? [at + 1, at + 1 + limit] : [Math.max(0, at - limit), at];
	const page = all.slice(start, end);
	return {
		body: {
			data: page.map((model) => infoOf(model, today)),
			has_more: before === null ? end < all.length : start > 0,
			first_id: page.at(0)?.snapshot ?? null,
			last_id: page.at(-1)?.snapshot ?? null,
		},
	};
}

/** `GET /v1/models/{id}`, by the model's id or an alias. */
export function retrieveModel(headers: Headers, id: string, today: string): Answer {
	const version = admitHeaders(headers);
	if (typeof version === 'object') return version;
	const model = findModel(id);
	return model ? { body: infoOf(model, today) } : refuse(404, `model: ${id}`);
}

function dayOf({ id }: Model): string {
	return released[id] ?? UNKNOWN_DAY;
}

function lifecycleOf(model: Model, today: string): Model['lifecycle'] {
	return isRetired(model, today) ? 'retired' : model.lifecycle;
}

function infoOf(model: Model, today: string): JsonObject {
	const lifecycle = lifecycleOf(model, today);
	const { [model.id]: deprecatedOn } = deprecated;
	const isLeaving = lifecycle !== 'active';
	return {
		type: 'model',
		id: model.snapshot,
		display_name: model.name,
		created_at: instantOf(dayOf(model)),
		lifecycle,
		deprecated_at: isLeaving && deprecatedOn !== undefined ? instantOf(deprecatedOn) : null,
		retires_at: isLeaving && model.retiresOn !== undefined ? instantOf(model.retiresOn) : null,
		line: model.line,
		max_input_tokens: model.contextWindow,
		max_tokens: model.maxOutput,
		capabilities: capabilitiesOf(model),
	};
}

/** Null where it is not known how a model thinks, or whether it answers after a schema. */
function capabilitiesOf({ thinking, effort, structuredOutputs }: Model): JsonValue {
	if (!thinking || !effort || structuredOutputs === null) return null;
	const is = (supported: boolean) => ({ supported });
	const level = (name: (typeof effort.levels)[number]) => is(effort.levels.includes(name));
	const type = (name: (typeof thinking.types)[number]) => is(thinking.types.includes(name));
	// The table of models says nothing of what every model in it can do.
	const yes = is(true);
	return {
		batch: yes,
		citations: yes,
		code_execution: yes,
		context_management: {
			supported: true,
			clear_thinking_20251015: yes,
			clear_tool_uses_20250919: yes,
			compact_20260112: yes,
		},
		effort: {
			supported: effort.levels.length > 0,
			low: level('low'),
			medium: level('medium'),
			high: level('high'),
			xhigh: level('xhigh'),
			max: level('max'),
		},
		image_input: yes,
		pdf_input: yes,
		server_tools: { supported: true, code_execution: yes, web_search: yes },
		structured_outputs: is(structuredOutputs),
		thinking: {
			supported: thinking.types.some((each) => each === 'adaptive' || each === 'enabled'),
			types: {
				adaptive: type('adaptive'),
				enabled: type('enabled'),
				disabled: type('disabled'),
				between_tools: type('between_tools'),
			},
		},
	};
}

function instantOf(day: string): string {
	return `${day}T00:00:00Z`;
}
