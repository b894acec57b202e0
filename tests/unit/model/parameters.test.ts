import { describe, expect, test } from 'vitest';
import { BETA_KEYS } from '../../../src/lint/betas';
import { fieldsToShow } from '../../../src/model/fields';
import { isJsonObject } from '../../../src/model/json';
import { parameters, parametersOf, parametersToOffer } from '../../../src/model/parameters';

const keys = (found: readonly { key: string }[]) => found.map(({ key }) => key);

describe('parametersOf', () => {
	test('leaves out what the form shows in places of its own', () => {
		const request = { model: 'm', max_tokens: 1, messages: [], system: '', stream: true, top_k: 1 };
		expect(keys(parametersOf(request))).toEqual(['top_k']);
	});

	test('shows parameters nobody has heard of after the known ones, as JSON', () => {
		const shown = parametersOf({ brand_new: {}, temperature: 1 });
		expect(keys(shown)).toEqual(['temperature', 'brand_new']);
		expect(shown[1]?.fields).toMatchObject([{ path: [], control: { kind: 'json' } }]);
	});

	test('shows a parameter as JSON when its value has not the shape its parts need', () => {
		expect(parametersOf({ thinking: 'yes' })[0]?.fields).toMatchObject([{ path: [], control: { kind: 'json' } }]);
		expect(parametersOf({ thinking: {} })[0]?.fields.length).toBeGreaterThan(1);
	});
});

describe('parametersToOffer', () => {
	test('offers every known parameter the request leaves out, and none it has', () => {
		const offered = keys(parametersToOffer({ tools: [] }));
		expect(offered).not.toContain('tools');
		expect(offered).toHaveLength(parameters.length - 1);
	});
});

describe('the parameters', () => {
	test('name the beta that the rules ask for', () => {
		for (const { key, beta } of parameters)
			if (beta !== undefined || Object.hasOwn(BETA_KEYS, key)) expect(BETA_KEYS[key]).toContain(beta);
	});

	test.each(parameters.map((parameter) => [parameter.key, parameter] as const))(
		'%s starts as something its own controls can show',
		(_key, { start, fields }) => {
			if (fields[0]?.path.length === 0) return expect(fields).toHaveLength(1);
			if (!isJsonObject(start)) throw new TypeError('A parameter with parts starts as an object.');
			const shown = fieldsToShow(fields, start);
			expect(shown.every((field) => fields.includes(field))).toBe(true);
		},
	);
});
