import { describe, expect, test } from 'vitest';
import { readSdkTypes } from '../../../scripts/sdk-types.mjs';
import sdkTypes from '../../../src/export/sdk-types.json';
import { isCallable, isTyped } from '../../../src/export/typed';

describe('sdk-types.json', () => {
	test('is what the types of the installed SDK say: npm run sdk-types', { timeout: 600_000 }, () => {
		expect(readSdkTypes()).toEqual(sdkTypes);
	});
});

describe('isTyped', () => {
	test('knows a parameter where its face has it', () => {
		const edits = { edits: [{ type: 'clear_tool_uses_20250919' }] };
		expect(isTyped('context_management', edits, 'beta.messages')).toBe(true);
		expect(isTyped('context_management', edits, 'messages')).toBe(false);
	});

	test.each([
		['a field too many', { type: 'ephemeral', colour: 'red' }],
		['a field too few', { ttl: '5m' }],
		['a value that is none of those', { type: 'ephemeral', ttl: '2d' }],
		['what every object inherits', { type: 'ephemeral', toString: 'x' }],
		['a list', []],
	])('says no to %s', (_, value) => {
		expect(isTyped('cache_control', value, 'messages')).toBe(false);
	});

	test('takes what may be null, and fields of any name where the types do', () => {
		expect(isTyped('cache_control', null, 'messages')).toBe(true);
		const schema = { type: 'object', properties: null, anything: [{}] };
		expect(isTyped('tools', [{ name: 'add', input_schema: schema }], 'messages')).toBe(true);
	});
});

describe('isCallable', () => {
	const hello = { model: 'm', max_tokens: 8, messages: [] };

	test.each([{ model: null }, { max_tokens: '8' }, { messages: [null] }, { tools: {} }, { thinking: 'enabled' }])(
		'is not what the method would look into in vain: %j',
		(wrong) => {
			expect(isCallable(hello)).toBe(true);
			expect(isCallable({ ...hello, ...wrong })).toBe(false);
		},
	);
});
