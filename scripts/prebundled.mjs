/**
 * The packages the page loads late. Vite is told of them beforehand, so that it does not find one in the middle of a
 * visit or a test run, bundle again and reload.
 */
export const prebundled = [
	'@anthropic-ai/sdk/client',
	'@codemirror/commands',
	'@codemirror/lang-json',
	'@codemirror/language',
	'@codemirror/lint',
	'@codemirror/search',
	'@codemirror/state',
	'@codemirror/view',
	'@lezer/highlight',
	'fflate',
	'idb-keyval',
	'jsonc-parser',
	'marked',
];
