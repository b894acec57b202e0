import { describe, expect, test } from 'vitest';
import { lint } from '../../../src/lint/lint';
import { explainRefusal, hasPlace, placeOf } from '../../../src/lint/refusal';
import type { JsonObject } from '../../../src/model/json';
import { writePath } from '../../../src/model/json';
import { findModel } from '../../../src/model/models';
import refusals from '../../fixtures/refusals.json';

/** What the API answered, the place it means, and the rule that foresees it; as the public recordings show them. */
interface Refused {
	readonly request: JsonObject;
	readonly message: string;
	readonly place: string | null;
	readonly rule: string | null;
}

async function findingsOf(request: JsonObject) {
	const model = typeof request.model === 'string' ? findModel(request.model) : null;
	return lint({ request, apiVersion: '2023-06-01', headers: [], model, today: '2026-08-01' });
}

describe('a refusal', () => {
	test.each(refusals as readonly Refused[])('$message', async ({ request, message, place, rule }) => {
		const named = placeOf(message, request);
		const finding = explainRefusal(message, await findingsOf(request), named);
		expect(finding?.rule ?? null).toBe(rule);
		const path = finding?.path ?? named;
		expect(path && writePath(path)).toBe(place);
	});
});

describe('placeOf', () => {
	const request: JsonObject = {
		model: 'claude-sonnet-5',
		system: [{ type: 'text', text: 'Short.' }],
		messages: [{ role: 'user', content: 'Hi' }],
		tools: [{ type: 'custom', name: 'a' }, { name: 'b' }],
	};
	test.each([
		['tools.0.custom.name: String should match pattern', 'tools.0.name'],
		['tools.1.custom.name: String should match pattern', 'tools.1.name'],
		['tools.1.custom: Invalid schema', 'tools.1'],
		['tools.1.custom.input_schema: Field required', 'tools.1.input_schema'],
		['tools.7.custom.name: Field required', 'tools'],
		['system.0.text.text: Input should be a valid string', 'system.0.text'],
		['messages.0.content.0.text.text: Input should be a valid string', 'messages.0.content'],
		['max_tokens: Field required', 'max_tokens'],
	])('of %j is %s', (message, place) => {
		expect(writePath(placeOf(message, request)!)).toBe(place);
	});

	const image = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
	const pdf = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: '' } };
	const said = { type: 'text', text: 'Look.' };
	test.each([
		['This model does not support the effort parameter.', 'output_config.effort'],
		['adaptive thinking is not supported on this model', 'thinking.type'],
		['Thinking may not be enabled when tool_choice forces tool use.', 'tool_choice.type'],
		["Tool 'c' not found in provided tools", 'tool_choice.name'],
		[
			'This model does not support assistant message prefill. The conversation must end with a user message.',
			'messages.1',
		],
		['Could not process image', 'messages.0.content.1'],
		['Unable to download the file. Please verify the URL and try again.', 'messages.0.content.1'],
		["This URL is disallowed by the website's robots.txt file.", 'messages.0.content.1'],
		['The PDF specified is password protected.', 'messages.0.content.2'],
		['Too much media: 0 document pages + 102 images > 100', 'messages'],
		['prompt is too long: 210000 tokens > 200000 maximum', 'messages'],
		['The compiled grammar is too large, which would cause performance issues.', 'tools'],
	])('of %j, which names none, is %s', (message, place) => {
		const asked: JsonObject = {
			...request,
			model: 'claude-nope',
			messages: [
				{ role: 'user', content: [said, image, pdf] },
				{ role: 'assistant', content: 'I' },
			],
			output_config: { effort: 'low' },
			thinking: { type: 'adaptive' },
			tool_choice: { type: 'tool', name: 'c' },
		};
		expect(writePath(placeOf(message, asked)!)).toBe(place);
	});

	test('is all messages where one of several images is meant', () => {
		const several: JsonObject = { ...request, messages: [{ role: 'user', content: [image, image] }] };
		expect(writePath(placeOf('Could not process image', several)!)).toBe('messages');
	});

	test.each([
		'Your credit balance is too low to access the Anthropic API.',
		'Error: something went wrong',
		'This model does not support the effort parameter.',
		'constructor: Extra inputs are not permitted',
	])('of %j is nowhere', (message) => {
		expect(placeOf(message, request)).toBeNull();
	});
});

describe('explainRefusal', () => {
	const finding = (path: readonly (string | number)[], apiMessage?: string) => ({
		rule: 'some-rule',
		severity: 'rejected' as const,
		path,
		message: 'Words.',
		...(apiMessage !== undefined && { apiMessage }),
	});

	test('prefers the very words, then the same words at the same place, then the place', () => {
		const first = finding(['messages', 0], 'messages.0: too long: 5 > 3');
		const second = finding(['messages', 1], 'messages.1: too long: 5 > 3');
		const third = finding(['messages', 2]);
		const all = [first, second, third];
		expect(explainRefusal('messages.1: too long: 5 > 3', all, ['messages', 0])).toBe(second);
		expect(explainRefusal('messages.1: too long: 9 > 3', all, ['messages', 1])).toBe(second);
		expect(explainRefusal('messages.7: too long: 9 > 3', all, ['messages', 7])).toBe(first);
		expect(explainRefusal('messages.2: other words', all, ['messages', 2])).toBe(third);
		expect(explainRefusal('other words', all, null)).toBeNull();
	});

	test('takes what is found within a message, but not whatever is found in a whole parameter', () => {
		const inner = finding(['messages', 2, 'content']);
		expect(explainRefusal('messages.2: other words', [inner], ['messages', 2])).toBe(inner);
		expect(explainRefusal('messages: other words', [inner], ['messages'])).toBeNull();
	});

	test('takes a mere surprise for the reason only where the refusal came in its words', () => {
		const surprise = { ...finding(['model'], 'model: gone'), severity: 'surprising' as const };
		expect(explainRefusal('model: other words', [surprise], ['model'])).toBeNull();
		expect(explainRefusal('model: gone', [surprise], ['model'])).toBe(surprise);
	});
});

describe('hasPlace', () => {
	const request: JsonObject = { model: 'claude-sonnet-5', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };
	test.each([
		['messages.0.content: not today', true],
		['messages.1.content: not today', false],
		['messages.0.content.0.text: not today', false],
		['tools.0.custom.name: Field required', false],
		['max_tokens: Field required', true],
		['model: claude-sonnet-5', true],
		['model: claude-nope', false],
		['model: Input should be a valid string', true],
	])('of %j is %s', (message, expected) => {
		expect(hasPlace(message, request, placeOf(message, request) ?? [])).toBe(expected);
	});
});
