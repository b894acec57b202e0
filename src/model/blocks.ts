import type { Field } from './fields';

const text: Field['control'] = { kind: 'text' };
const json: Field['control'] = { kind: 'json' };
const cacheControl: Field = { path: ['cache_control'], control: json, start: { type: 'ephemeral' } };

/**
 * What the form shows of each type of block beside its `type`; keys not named here are shown as JSON.
 * Source: @anthropic-ai/sdk 1.12.0 `ContentBlockParam`, checked 2026-11-22.
 */
const fields: Readonly<Record<string, readonly Field[]>> = {
	text: [{ path: ['citations'], control: json, start: [] }, cacheControl],
	image: [{ path: ['transformations'], control: json, start: { oversized_image: 'error' } }, cacheControl],
	document: [
		{ path: ['source'], control: json, start: { type: 'text', media_type: 'text/plain', data: '' }, required: true },
		{ path: ['title'], control: text, start: 'Untitled' },
		{ path: ['context'], control: text, start: '' },
		{ path: ['citations'], control: json, start: { enabled: true } },
		cacheControl,
	],
	search_result: [
		{ path: ['title'], control: text, start: '', required: true },
		{ path: ['source'], control: text, start: '', required: true },
		{ path: ['content'], control: json, start: [{ type: 'text', text: '' }], required: true },
		{ path: ['citations'], control: json, start: { enabled: true } },
		cacheControl,
	],
	tool_use: [
		{ path: ['id'], control: text, start: 'toolu_01', required: true },
		{ path: ['name'], control: text, start: 'get_weather', required: true },
		{ path: ['input'], control: json, start: {}, required: true },
		cacheControl,
	],
	tool_result: [
		{ path: ['tool_use_id'], control: text, start: 'toolu_01', required: true },
		{ path: ['content'], control: { kind: 'long-text' }, start: '' },
		{ path: ['is_error'], control: { kind: 'switch' }, start: true },
		cacheControl,
	],
	thinking: [
		{ path: ['thinking'], control: { kind: 'long-text' }, start: '', required: true },
		{ path: ['signature'], control: text, start: '', required: true },
	],
	redacted_thinking: [{ path: ['data'], control: text, start: '', required: true }],
};

/** The fields of a block of this type beside its `type`; none for a type the form has never heard of. */
export function fieldsOfBlock(type: string): readonly Field[] {
	return Object.hasOwn(fields, type) ? fields[type]! : []; // just seen to be there
}
