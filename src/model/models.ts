import type { JsonObject } from './json';

import type { ImageTier } from './image';

/** The model of a request that names none yet: the cheapest that is not about to retire. */
export const STARTING_MODEL = 'claude-haiku-5-5';

/** The day on which every row below was last checked. Pages and rules that rest on the table say so. */
export const MODELS_CHECKED = '2026-11-22';

export type ModelLine = 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos';
export type ThinkingType = 'adaptive' | 'enabled' | 'disabled' | 'between_tools';
export type EffortLevel = 'low' | 'medium' | 'high' | 'xhigh' | 'max';
export type Tokenizer = 'older' | 'newer';

/** US dollars per million tokens; null where no source names the price. */
export interface Price {
	readonly input: number;
	readonly output: number;
	readonly cacheWrite5m: number | null;
	readonly cacheWrite1h: number | null;
	readonly cacheRead: number | null;
}

/** What one model takes and costs. Null means unknown: rules keep silent about it, and the page says "unknown". */
export interface Model {
	readonly id: string;
	/** Other ids that mean the same model. */
	readonly aliases: readonly string[];
	/** The id the API writes into its answers. */
	readonly snapshot: string;
	readonly line: ModelLine | null;
	readonly name: string;
	/** Tokens of input and output together. */
	readonly contextWindow: number | null;
	readonly maxOutput: number | null;
	readonly price: Price | null;
	/** The price of every token of a request whose prompt is longer than `over` tokens. */
	readonly longPrompt?: { readonly over: number; readonly price: Price };
	/** The `thinking.type`s it takes, and whether it thinks and shows it when the request does not say. */
	readonly thinking: {
		readonly types: readonly ThinkingType[];
		readonly byDefault: boolean | null;
		readonly display: 'summarized' | 'omitted' | null;
	} | null;
	/** The `output_config.effort` levels it takes; none at all means that sending one is refused. */
	readonly effort: { readonly levels: readonly EffortLevel[]; readonly byDefault: EffortLevel | null } | null;
	/** Whether a thinking block comes back only with the very conversation it came after. */
	readonly bindsThinking?: true;
	/** The highest effort with which `thinking.type: "disabled"` is taken, where there is such a limit. */
	readonly disabledThinkingEffort?: EffortLevel;
	/** Whether `tool_choice` may be `any` or `tool`. */
	readonly forcedToolChoice: boolean | null;
	/** Whether `temperature`, `top_p` and `top_k` may differ from their defaults (API version 2023-06-01 only). */
	readonly sampling: boolean | null;
	/** Whether `temperature` and `top_p` may come together. */
	readonly bothSamplers: boolean | null;
	/** Whether the conversation may end with the beginning of the answer. */
	readonly prefill: boolean | null;
	/** Whether `output_config.format` is taken. */
	readonly structuredOutputs: boolean | null;
	/** Whether a message may have the role `system`. */
	readonly systemTurns: boolean | null;
	readonly imageTier: ImageTier | null;
	/** Whether that is what models of its time have, and nobody has said it of this one. */
	readonly imageTierUnsure?: true;
	/** The newer tokenizer makes about 30 % more tokens of the same text. */
	readonly tokenizer: Tokenizer | null;
	/** Tokens of the hidden prompt that comes with tools: when calling one is free, and when it is forced. */
	readonly toolPrompt: { readonly free: number; readonly forced: number } | null;
	readonly lifecycle: 'active' | 'deprecated' | 'retired';
	/** The last day on which it answers, as a recording of such a day shows. */
	readonly retiresOn?: string;
	/** It stays at least until this day. */
	readonly retiresNotBefore?: string;
	/** The API lists its models for the user's key, and this one is not among them. */
	readonly unlisted?: true;
	readonly source: string;
	readonly checked: string;
}

const DOCS = 'https://platform.claude.com/docs/en/about-claude/models/overview';
const DEPRECATIONS = 'https://platform.claude.com/docs/en/about-claude/model-deprecations';

const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const NO_XHIGH = ['low', 'medium', 'high', 'max'] as const;

function price(
	input: number,
	output: number,
	cacheWrite5m: number | null,
	cacheWrite1h: number | null,
	cacheRead: number | null,
): Price {
	return { input, output, cacheWrite5m, cacheWrite1h, cacheRead };
}

type Facts = Partial<Model> & Pick<Model, 'id' | 'line' | 'name'>;

/** The 4.7 generation and what came after it; a row names what differs. */
function current(facts: Facts): Model {
	return {
		aliases: [],
		snapshot: facts.id,
		contextWindow: 1_000_000,
		maxOutput: 128_000,
		price: null,
		thinking: { types: ['adaptive'], byDefault: true, display: 'omitted' },
		effort: { levels: EFFORTS, byDefault: 'high' },
		forcedToolChoice: false,
		sampling: false,
		bothSamplers: null,
		prefill: false,
		structuredOutputs: true,
		systemTurns: true,
		imageTier: 'high',
		tokenizer: 'newer',
		toolPrompt: null,
		lifecycle: 'active',
		source: DOCS,
		checked: MODELS_CHECKED,
		...facts,
	};
}

/** The 4.5 and 4.6 generations. */
function older(facts: Facts): Model {
	return {
		...current(facts),
		contextWindow: 200_000,
		maxOutput: 64_000,
		thinking: { types: ['enabled', 'disabled'], byDefault: false, display: 'summarized' },
		effort: { levels: [], byDefault: null },
		forcedToolChoice: true,
		sampling: true,
		bothSamplers: false,
		prefill: true,
		systemTurns: false,
		imageTier: 'standard',
		tokenizer: 'older',
		toolPrompt: { free: 496, forced: 588 },
		...facts,
	};
}

/**
 * A model that answers no more: what it could do is partly not written down any longer. The days are those of the source;
 * the newest edition of it leaves out the oldest (Claude 2, Sonnet 3, Instant), which stand in those of 2025 (checked
 * 2026-11-29).
 */
function retired(
	line: ModelLine | null,
	name: string,
	retiresOn: string,
	maxOutput: number,
	id: string,
	...aliases: string[]
): Model {
	return {
		...older({ id, line, name }),
		aliases,
		maxOutput,
		forcedToolChoice: null,
		bothSamplers: null,
		structuredOutputs: false,
		toolPrompt: null,
		lifecycle: 'retired',
		retiresOn,
		source: DEPRECATIONS,
	};
}

/** One from before Claude 3.7, which was the first to think. All of them were told not to, and took it. */
function thoughtless(...facts: Parameters<typeof retired>): Model {
	return { ...retired(...facts), thinking: { types: ['disabled'], byDefault: false, display: null } };
}

const FREE_THINKING = { types: ['adaptive', 'disabled'], byDefault: true, display: 'omitted' } as const;
const OPT_IN_THINKING = { types: ['adaptive', 'disabled'], byDefault: false, display: 'omitted' } as const;
const THINKING_4_6 = { types: ['adaptive', 'enabled', 'disabled'], byDefault: false, display: 'summarized' } as const;
const OPUS_PRICE = price(5, 25, 6.25, 10, 0.5);

/** Every model this page knows, newest first within what is alive. */
export const MODELS: readonly Model[] = [
	current({
		id: 'claude-fable-5-2',
		line: 'fable',
		name: 'Claude Fable 5.2',
		price: price(8, 40, null, null, null),
		bindsThinking: true,
	}),
	current({
		id: 'claude-mythos-5-2',
		line: 'mythos',
		name: 'Claude Mythos 5.2',
		thinking: null,
		effort: null,
		bindsThinking: true,
	}),
	current({
		id: 'claude-haiku-5-5',
		line: 'haiku',
		name: 'Claude Haiku 5.5',
		price: price(0.1, 0.5, 0.125, 0.2, 0.01),
		longPrompt: { over: 100_000, price: price(0.5, 2.5, 0.625, 1, 0.05) },
		thinking: { types: ['adaptive', 'disabled'], byDefault: null, display: null },
		effort: { levels: EFFORTS, byDefault: 'medium' },
		bindsThinking: true,
		disabledThinkingEffort: 'high',
		forcedToolChoice: null,
		systemTurns: null,
		imageTierUnsure: true,
		retiresNotBefore: '2027-10-07',
	}),
	current({
		id: 'claude-sonnet-5-5',
		line: 'sonnet',
		name: 'Claude Sonnet 5.5',
		price: price(2, 10, 2.5, 4, 0.1),
		thinking: { types: ['adaptive', 'between_tools'], byDefault: true, display: 'omitted' },
		bindsThinking: true,
		retiresNotBefore: '2027-09-28',
	}),
	current({
		id: 'claude-opus-5-5',
		line: 'opus',
		name: 'Claude Opus 5.5',
		price: price(4, 20, 5, 8, 0.2),
		bindsThinking: true,
		effort: { levels: EFFORTS, byDefault: 'medium' },
		retiresNotBefore: '2027-09-22',
	}),
	current({
		id: 'claude-fable-5-1',
		line: 'fable',
		name: 'Claude Fable 5.1',
		price: price(10, 50, 12.5, 20, 0.25),
		bindsThinking: true,
		retiresNotBefore: '2027-09-01',
	}),
	current({ id: 'claude-mythos-5-1', line: 'mythos', name: 'Claude Mythos 5.1', bindsThinking: true }),
	current({
		id: 'claude-opus-5',
		line: 'opus',
		name: 'Claude Opus 5',
		price: OPUS_PRICE,
		thinking: FREE_THINKING,
		disabledThinkingEffort: 'high',
		forcedToolChoice: true,
		toolPrompt: { free: 286, forced: 406 },
		retiresNotBefore: '2027-07-24',
	}),
	current({
		id: 'claude-sonnet-5',
		line: 'sonnet',
		name: 'Claude Sonnet 5',
		price: price(2, 10, 2.5, 4, 0.2),
		thinking: FREE_THINKING,
		forcedToolChoice: true,
		toolPrompt: { free: 354, forced: 474 },
		retiresNotBefore: '2027-06-30',
	}),
	current({
		id: 'claude-fable-5',
		line: 'fable',
		name: 'Claude Fable 5',
		price: price(10, 50, 12.5, 20, 1),
		forcedToolChoice: null,
		retiresNotBefore: '2027-06-09',
	}),
	current({
		id: 'claude-mythos-5',
		line: 'mythos',
		name: 'Claude Mythos 5',
		price: price(10, 50, 12.5, 20, 1),
		forcedToolChoice: null,
		retiresNotBefore: '2027-06-09',
	}),
	current({
		id: 'claude-opus-4-8',
		line: 'opus',
		name: 'Claude Opus 4.8',
		price: OPUS_PRICE,
		thinking: OPT_IN_THINKING,
		forcedToolChoice: true,
		toolPrompt: { free: 290, forced: 410 },
		retiresNotBefore: '2027-05-28',
	}),
	current({
		id: 'claude-opus-4-7',
		line: 'opus',
		name: 'Claude Opus 4.7',
		price: OPUS_PRICE,
		thinking: OPT_IN_THINKING,
		forcedToolChoice: true,
		systemTurns: false,
		toolPrompt: { free: 675, forced: 804 },
		retiresNotBefore: '2027-04-16',
	}),
	current({
		id: 'claude-mythos-preview',
		line: 'mythos',
		name: 'Claude Mythos Preview',
		contextWindow: null,
		maxOutput: null,
		thinking: { types: ['adaptive', 'enabled'], byDefault: null, display: 'omitted' },
		effort: null,
		systemTurns: null,
		lifecycle: 'deprecated',
	}),
	older({
		id: 'claude-opus-4-6',
		line: 'opus',
		name: 'Claude Opus 4.6',
		contextWindow: 1_000_000,
		maxOutput: 128_000,
		price: OPUS_PRICE,
		thinking: THINKING_4_6,
		effort: { levels: NO_XHIGH, byDefault: 'high' },
		prefill: false,
		toolPrompt: { free: 497, forced: 589 },
		retiresNotBefore: '2027-02-05',
	}),
	older({
		id: 'claude-sonnet-4-6',
		line: 'sonnet',
		name: 'Claude Sonnet 4.6',
		contextWindow: 1_000_000,
		maxOutput: 128_000,
		price: price(3, 15, 3.75, 6, 0.3),
		thinking: THINKING_4_6,
		effort: { levels: NO_XHIGH, byDefault: 'high' },
		prefill: false,
		toolPrompt: { free: 497, forced: 589 },
		retiresNotBefore: '2027-02-17',
	}),
	older({
		id: 'claude-opus-4-5',
		aliases: ['claude-opus-4-5-20251101'],
		snapshot: 'claude-opus-4-5-20251101',
		line: 'opus',
		name: 'Claude Opus 4.5',
		price: OPUS_PRICE,
		effort: { levels: ['low', 'medium', 'high'], byDefault: 'high' },
		retiresNotBefore: '2026-11-24',
	}),
	older({
		id: 'claude-haiku-4-5',
		aliases: ['claude-haiku-4-5-20251001'],
		snapshot: 'claude-haiku-4-5-20251001',
		line: 'haiku',
		name: 'Claude Haiku 4.5',
		price: price(1, 5, 1.25, 2, 0.1),
		retiresNotBefore: '2026-10-15',
	}),
	older({
		id: 'claude-sonnet-4-5',
		aliases: ['claude-sonnet-4-5-20250929'],
		snapshot: 'claude-sonnet-4-5-20250929',
		line: 'sonnet',
		name: 'Claude Sonnet 4.5',
		price: price(3, 15, 3.75, 6, 0.3),
		lifecycle: 'deprecated',
		retiresOn: '2026-11-30',
		source: DEPRECATIONS,
	}),
	{
		...retired('opus', 'Claude Opus 4.1', '2026-08-05', 32_000, 'claude-opus-4-1', 'claude-opus-4-1-20250805'),
		// As its recorded answers name it.
		snapshot: 'claude-opus-4-1-20250805',
		bothSamplers: false,
		// Its refusals of schemas show that it read them.
		structuredOutputs: null,
	},
	retired(
		'opus',
		'Claude Opus 4',
		'2026-06-15',
		32_000,
		'claude-opus-4-20250514',
		'claude-opus-4-0',
		'claude-4-opus-20250514',
	),
	retired(
		'sonnet',
		'Claude Sonnet 4',
		'2026-06-15',
		64_000,
		'claude-sonnet-4-20250514',
		'claude-sonnet-4-0',
		'claude-4-sonnet-20250514',
	),
	thoughtless('haiku', 'Claude Haiku 3', '2026-04-20', 4096, 'claude-3-haiku-20240307'),
	retired(
		'sonnet',
		'Claude Sonnet 3.7',
		'2026-02-19',
		64_000,
		'claude-3-7-sonnet-20250219',
		'claude-3-7-sonnet-latest',
	),
	thoughtless('haiku', 'Claude Haiku 3.5', '2026-02-19', 8192, 'claude-3-5-haiku-20241022', 'claude-3-5-haiku-latest'),
	thoughtless('opus', 'Claude Opus 3', '2026-01-05', 4096, 'claude-3-opus-20240229', 'claude-3-opus-latest'),
	thoughtless(
		'sonnet',
		'Claude Sonnet 3.5',
		'2025-10-28',
		8192,
		'claude-3-5-sonnet-20241022',
		'claude-3-5-sonnet-20240620',
		'claude-3-5-sonnet-latest',
	),
	thoughtless('sonnet', 'Claude Sonnet 3', '2025-07-21', 4096, 'claude-3-sonnet-20240229'),
	thoughtless(null, 'Claude 2', '2025-07-21', 4096, 'claude-2.1', 'claude-2.0', 'claude-2'),
	{
		...thoughtless(
			null,
			'Claude Instant',
			'2024-11-06',
			4096,
			'claude-instant-1.2',
			'claude-instant-1',
			'claude-instant',
		),
		contextWindow: 100_000,
	},
];

/** The model that `id` names, by its id or an alias, alive or retired; null when it is not among `models`. */
export function findModel(id: string, models: readonly Model[] = MODELS): Model | null {
	return models.find((model) => model.id === id || model.aliases.includes(id)) ?? null;
}

/** The model that a request names; null when it names none, or one that is not among `models`. */
export function modelOf({ model }: JsonObject, models: readonly Model[] = MODELS): Model | null {
	return typeof model === 'string' ? findModel(model, models) : null;
}

/** Whether requests to `model` are refused on the day `today` (YYYY-MM-DD). */
export function isRetired({ retiresOn, lifecycle }: Model, today: string): boolean {
	return retiresOn === undefined ? lifecycle === 'retired' : today > retiresOn;
}

/** Those of `models` that continue a prefilled answer on `today`: those with no end in sight first, the cheaper first. */
export function modelsThatPrefill(today: string, models: readonly Model[] = MODELS): Model[] {
	const doomed = (model: Model) => Number(model.retiresOn !== undefined);
	const cost = (model: Model) => model.price?.input ?? Infinity;
	return models
		.filter((model) => model.prefill === true && !model.unlisted && !isRetired(model, today))
		.toSorted((a, b) => doomed(a) - doomed(b) || cost(a) - cost(b));
}

/**
 * Whether `id` may be a model's though none of `models` has it: one of a line they do not know, a newer one of its line, or
 * a dated name of one that they know by no other than its own. Nothing can be said about such a one.
 */
export function mayExist(id: string, models: readonly Model[] = MODELS): boolean {
	const [, undated, line, ...version] = /^(claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?)(?:-\d{8})?$/.exec(id) ?? [];
	if (undated === undefined) return false;
	const newest = models.find((model) => model.line === line)?.id.match(/\d+/g) ?? null;
	if (newest === null || rank(version) > rank(newest)) return true;
	return models.some((model) => model.id === undated && model.snapshot === undated);
}

function rank([major, minor]: readonly (string | undefined)[]): number {
	return Number(major ?? 0) * 100 + Number(minor ?? 0);
}
