import type { JsonObject } from './json';

/** Blocks the form can add by name, each as it is first written. Images and files come in with their bytes. */
export const newBlocks = {
	text: { type: 'text', text: '' },
	imageFromUrl: { type: 'image', source: { type: 'url', url: 'https://' } },
	document: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '' } },
	toolUse: { type: 'tool_use', id: 'toolu_01', name: 'get_weather', input: { city: 'Lisbon' } },
	toolResult: { type: 'tool_result', tool_use_id: 'toolu_01', content: '' },
	other: { type: 'search_result', source: 'https://', title: '', content: [{ type: 'text', text: '' }] },
} as const satisfies Record<string, JsonObject>;
