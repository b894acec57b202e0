import { describe, expect, test } from 'vitest';
import { request, understood } from '../understand';

const body = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };
const inPython = `{"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "Hi"}]}`;
const inJavaScript = `{ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] }`;

describe('a body that has a name, and is not sent', () => {
	test.each([
		['a dictionary', `params = ${inPython} # so`, 'A Python dictionary', 'params'],
		['one that is made by name', `p: Params = dict(**${inPython})`, 'A Python dictionary', 'p'],
		['a member', `self.params = ${inPython}`, 'A Python dictionary', 'self.params'],
		['one whose messages have a name', `m = ${inPython}["messages"]\np = ${inPython}`, 'A Python dictionary', 'p'],
		['JSON in a string', `BODY = """\n${inPython}\n"""`, 'A Python dictionary', 'BODY'],
		['beside a string that is not closed', `x = 'oops\nparams = ${inPython}`, 'A Python dictionary', 'params'],
		['an object', `const params = ${inJavaScript};`, 'A JavaScript object', 'params'],
		['an object with a type', `export const p: A.B = ${inJavaScript} satisfies A.B;`, 'A JavaScript object', 'p'],
		['a module', `module.exports = Object.freeze(${inJavaScript})`, 'A JavaScript object', 'module.exports'],
		['JSON that is written', `const b = JSON.stringify(${inJavaScript});`, 'A JavaScript object', 'b'],
		['beside another call', `const b = ${inJavaScript};\nfetch('/log', { body: 'x' })`, 'A JavaScript object', 'b'],
	])('is read: %s', (_name, code, what, name) => {
		expect(request(code)).toMatchObject({
			what,
			body,
			headers: null,
			baseUrl: null,
			notes: [`\`${name}\` was taken as the body: nothing in the text sends it.`],
		});
	});

	test.each([
		['what is handed on', `export default ${inJavaScript} as const;`],
		['what a function gives', `def body():\n    return ${inPython}`],
	])('is read without one: %s', (_name, code) => {
		expect(request(code)).toMatchObject({ body, notes: [] });
	});

	test('is read as it is in the end', () => {
		expect(request(`params = ${inPython}\nparams["temperature"] = 0.5`).body).toEqual({ ...body, temperature: 0.5 });
	});

	test('may be the messages alone', () => {
		expect(request(`messages = ${JSON.stringify(body.messages)}`)).toMatchObject({ what: 'A list of messages' });
	});

	test('is quoted where it stops', () => {
		expect(understood(`const p = {\n  model: 'm',\n  messages: [{ role: 'user' content: 'Hi' }] };`)).toMatchObject({
			kind: 'unknown',
			line: 3,
			column: 29,
			reason: 'Expected a comma, and found content.',
		});
	});
});

describe('what TypeScript says of a type', () => {
	test.each([
		['in angle brackets', `<A.B<{ a: string }>>${inJavaScript}`],
		['after it', `${inJavaScript} as unknown as Record<string, unknown>`],
		['within it, with a comma', `{ model: 'm', max_tokens: 1, messages: [] as Record<string, a>[], temperature: 1 }`],
		['within it, as an object', `{ model: 'm' as { a: 1, b: 2 }['a'], max_tokens: 1!, messages: (<any>[]) }`],
		['within it, as a function', `{ model: <const>'m', max_tokens: 1 as ((a: b, c: d) => e), messages: [] }`],
		['and goes on', `{ model: 'm' as string + 'n', max_tokens: 1, messages: [] }`],
	])('is read through: %s', (_name, params) => {
		const { body: read, holes } = request(`client.messages.create(${params})`);
		expect(holes).toEqual([]);
		expect(read).toMatchObject({ model: /'n'/.test(params) ? 'mn' : 'm', max_tokens: 1 });
		expect(Object.keys(read as object)).toHaveLength(params.includes('temperature') ? 4 : 3);
	});
});
