import { describe, expect, test } from 'vitest';
import { lint } from '../../../src/lint/lint';
import type { JsonObject } from '../../../src/model/json';
import { withReport } from '../../../src/model/model-report';
import { findModel, type Model } from '../../../src/model/models';
import { API_VERSIONS } from '../../../src/model/target';

const id = 'claude-lyric-1';
const said = [{ role: 'user', content: 'Hi' }];
const tools = [{ name: 'look', input_schema: { type: 'object' } }];
const schema = { type: 'object', properties: {}, additionalProperties: false };

/** What some model refuses, changes or takes by surprise, since it is the model it is; the row of one that does. */
const particular: readonly (readonly [what: string, request: JsonObject, by: string])[] = [
	['a prefill', { messages: [...said, { role: 'assistant', content: 'Well,' }] }, 'claude-opus-5'],
	['a turn of the system', { messages: [...said, { role: 'system', content: 'Be brief.' }] }, 'claude-opus-4-6'],
	['thinking of a budget', { thinking: { type: 'enabled', budget_tokens: 2048 } }, 'claude-opus-5'],
	['adaptive thinking', { thinking: { type: 'adaptive' } }, 'claude-haiku-4-5'],
	['thinking between tools', { thinking: { type: 'between_tools' } }, 'claude-opus-5'],
	['no thinking', { thinking: { type: 'disabled' } }, 'claude-opus-5-5'],
	['low effort', { output_config: { effort: 'low' } }, 'claude-haiku-4-5'],
	['the most effort', { output_config: { effort: 'xhigh' } }, 'claude-opus-4-6'],
	['a forced tool', { tools, tool_choice: { type: 'any' } }, 'claude-opus-5-5'],
	[
		'an answer after a schema',
		{ output_config: { format: { type: 'json_schema', schema } } },
		'claude-3-haiku-20240307',
	],
	['many tokens', { max_tokens: 500_000 }, 'claude-opus-5'],
	['a place', { inference_geo: 'us' }, 'claude-haiku-4-5'],
	['the computer toolset', { tools: [{ type: 'computer_toolset_20260801' }] }, 'claude-haiku-4-5'],
];
/** What only one version takes at all. */
const sampling: typeof particular = [
	['a temperature', { temperature: 0.5 }, 'claude-opus-5'],
	['two samplers', { temperature: 0.5, top_p: 0.5 }, 'claude-haiku-4-5'],
];

function findingsOf(more: JsonObject, model: Model | null, apiVersion: (typeof API_VERSIONS)[number]) {
	const request = { model: model?.id ?? id, max_tokens: 4096, messages: said, ...more };
	return lint({ request, apiVersion, headers: [], model, today: '2026-11-22' });
}

describe.each(API_VERSIONS)('of a model of which it says that nothing is known, in version %s', (version) => {
	const target = { kind: 'anthropic' } as const;
	const [listed] = withReport({ version: 1, target, askedAt: '2026-11-22T00:00:00Z', items: [{ id }] });
	const cases = version === '2023-06-01' ? [...particular, ...sampling] : particular;

	test.each(cases)('nothing else is said against %s, which another does not take', async (_, more, by) => {
		expect(await findingsOf(more, findModel(by), version)).not.toEqual([]);
		const alone = await findingsOf(more, null, version);
		expect(alone.map(({ rule, severity }) => [rule, severity])).toEqual([['model-gone', 'surprising']]);
		expect(await findingsOf(more, listed!, version)).toEqual([]); // it is listed
	});
});
