import { describe, expect, test } from 'vitest';
import { request } from '../understand';

/** The holes of a request whose only turn says what `code` calls `prompt`. */
const saidBy = (code: string) => {
	const { body, holes } = request(code);
	return holes.length > 0 ? holes.map(({ name }) => `a hole: ${name}`).join() : body;
};
const python = 'client.messages.create(model="m", max_tokens=1, messages=[{"role": "user", "content": prompt}])';
const javascript = `client.messages.create({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: prompt }] })`;
const saying = (content: string) => ({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content }] });

describe('a name that is set outside', () => {
	test.each([
		['a parameter', `def ask(prompt: str, n=1):\n    return ${python}`],
		['a parameter after others', `async def ask(a, *, prompt="x"):\n    x = [1]\n    if a:\n        return ${python}`],
		['all other arguments', `def ask(*prompt):\n    return ${python}`],
		['the parameter of a lambda', `ask = lambda a, prompt: ${python}`],
		['the variable of a loop', `for prompt in prompts:\n    ${python}`],
		['one of the variables of a loop', `for i, (prompt, n) in enumerate(prompts):\n    ${python}`],
		['what a with is called', `with open("a") as prompt:\n    ${python}`],
		['one of several that are set together', `prompt, n = pick()\n${python}`],
	])('is not taken for %s of Python', (_name, code) => {
		expect(saidBy(`prompt = "outside"\n\n${code}`)).toBe('a hole: prompt');
	});

	test.each([
		['a parameter', `function ask(a, prompt) { return ${javascript}; }`],
		[
			'a parameter with types',
			`async function ask(a: Map<string, number>, prompt: string): Promise<void> { await ${javascript}; }`,
		],
		['a part of a parameter', `function ask({ text: prompt = 'x' }) { return ${javascript}; }`],
		['the parameter of a method', `class A { ask(prompt) { return ${javascript}; } }`],
		['the parameter of an arrow function', `const ask = (prompt) => ${javascript};`],
		[
			'the parameter of an arrow function without parentheses',
			`prompts.map(async prompt => { await ${javascript}; });`,
		],
		['the variable of a loop', `for (const prompt of prompts) { await ${javascript}; }`],
		['the variable of a loop without braces', `for await (const prompt of prompts) await ${javascript};`],
		['a counter', `for (let prompt = 0; prompt < 9; prompt++) ${javascript};`],
		['what a catch catches', `try { f(); } catch (prompt) { ${javascript}; }`],
		['a part of a value', `const { prompt } = pick();\n${javascript}`],
	])('is not taken for %s of JavaScript', (_name, code) => {
		expect(saidBy(`const prompt = 'outside';\n\n${code}`)).toBe('a hole: prompt');
	});

	test.each([
		['after the function', `def ask(prompt):\n    pass\n\n${python}`],
		['in a function that sets it itself', `def ask(prompt):\n    prompt = "outside"\n    ${python}`],
		['as an argument that is named so', `ask(prompt="inside")\n${python}`],
		['beside a comprehension', `x = [prompt for prompt in prompts]\n${python}`],
	])('is taken in Python %s', (_name, code) => {
		expect(saidBy(`prompt = "outside"\n${code}`)).toEqual(saying('outside'));
	});

	test.each([
		['after the function', `const ask = (prompt) => prompt;\n${javascript}`],
		['after the loop', `for (const prompt of prompts) { f(prompt); }\n${javascript}`],
		['behind a condition', `if (prompt) { ${javascript}; }`],
	])('is taken in JavaScript %s', (_name, code) => {
		expect(saidBy(`const prompt = 'outside';\n${code}`)).toEqual(saying('outside'));
	});
});

describe('a part of a variable that is set', () => {
	const changed = '`params` is changed later on; it is taken as it was first set.';
	const inPython = (code: string) =>
		request(
			`params = {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "Hi"}]}\n${code}\nclient.messages.create(**params)`,
		);
	const inJavaScript = (code: string) =>
		request(
			`const params = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };\n${code}\nclient.messages.create(params);`,
		);

	test.each([
		['a member', 'params["temperature"] = 0.5', { ...saying('Hi'), temperature: 0.5 }],
		['a member within', 'params["messages"][0]["content"] = "Ho"', saying('Ho')],
		['a member that is deleted', 'params["system"] = "S"\ndel params["system"]', saying('Hi')],
		[
			'a list that grows',
			'params["messages"].append({"role": "assistant", "content": "x"})',
			{ ...saying('Hi'), messages: [...saying('Hi').messages, { role: 'assistant', content: 'x' }] },
		],
	])('is taken as it was set in Python: %s', (_name, code, body) => {
		expect(inPython(code)).toMatchObject({ notes: [] });
		expect(inPython(code).body).toEqual(body);
	});

	test.each([
		['a member by its name', 'params.temperature = 0.5;', { ...saying('Hi'), temperature: 0.5 }],
		[
			'a member as text, on the same line',
			`params['system'] = 'S'; params.system = 'T'`,
			{ ...saying('Hi'), system: 'T' },
		],
		['a member that is deleted', 'params.top_k = 3;\ndelete params.top_k;', saying('Hi')],
		[
			'a list that grows',
			`params.messages.push({ role: 'assistant', content: 'x' });`,
			{ ...saying('Hi'), messages: [...saying('Hi').messages, { role: 'assistant', content: 'x' }] },
		],
	])('is taken as it was set in JavaScript: %s', (_name, code, body) => {
		expect(inJavaScript(code)).toMatchObject({ notes: [] });
		expect(inJavaScript(code).body).toEqual(body);
	});

	test.each([
		'if hot:\n    params["temperature"] = 1',
		'if hot: params["temperature"] = 1',
		'params.setdefault("top_k", 2)',
		'params.update({"top_k": 2})',
		'params |= {"top_k": 2}',
		'params[name] = 2',
		'params["tools"][0]["name"] = "x"',
	])('is said to be changed where only running would tell, in Python: %s', (code) => {
		const { body, notes } = inPython(code);
		expect({ body, notes }).toEqual({ body: saying('Hi'), notes: [changed] });
	});

	test.each([
		'if (hot) params.temperature = 1;',
		'if (hot) { params.stream = false; params.temperature = 1; }',
		'Object.assign(params, { temperature: 1 });',
		'params[name] = 1;',
		'params.messages.unshift({});',
		'params.tools ??= [];',
		'params.max_tokens += 1;',
	])('is said to be changed where only running would tell, in JavaScript: %s', (code) => {
		const { body, notes } = inJavaScript(code);
		expect({ body, notes }).toEqual({ body: saying('Hi'), notes: [changed] });
	});

	test('may grow by what it holds', () => {
		const code =
			'messages = [{"role": "user", "content": "Hi"}]\nmessages.append(messages)\nclient.messages.create(model="m", max_tokens=1, messages=messages)';
		expect(request(code).holes).toEqual([{ name: 'messages', path: ['messages', 1] }]);
	});
});
