import { describe, expect, test } from 'vitest';
import { continuePrefill } from '../../../src/simulator/continuation';
import { randomFrom } from '../../../src/simulator/random';

const go = (prefill: string, question = '', seed = 1) =>
	prefill + continuePrefill(prefill, question, 'It is simulated.', randomFrom(seed));

describe('continuePrefill', () => {
	test.each([
		['What is latin for Ant? (A) Apoidea, (B) Rhopalocera, (C) Formicidae', 'C) Formicidae'],
		['What is latin for Butterfly? (A) Apoidea, (B) Rhopalocera, (C) Formicidae', 'B) Rhopalocera'],
		['Latin for bees:\nA. Formicidae\nB. Apoidea', 'B) Apoidea'],
	])('chooses what is right where it knows: %s', (question, choice) => {
		expect(go('The answer is (', question)).toBe(`The answer is (${choice}. It is simulated.`);
	});

	test('chooses by the seed where it does not know', () => {
		const question = 'Which is best? (A) Red, (B) Green, (C) Blue';
		const letters = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => go('[', question, seed)[1]));
		expect([...letters].every((letter) => ['A', 'B', 'C'].includes(letter ?? ''))).toBe(true);
		expect(letters.size).toBeGreaterThan(1);
		expect(go('[', question, 3)).toBe(go('[', question, 3));
	});

	test.each(['{', '[', '{"a', '{"a"', '{"a":', '{"a": "b', '{"a": 1,', '{"a": [1, {"b": "c\\"', '[1,', '{"a": {'])(
		'finishes the JSON %s',
		(start) => expect(() => JSON.parse(go(start)) as unknown).not.toThrow(),
	);

	test.each(['{"a":tru', '{"a": [nul', '{"a": -', '{"a": 1', '[true, f'])(
		'finishes the word or number in %s',
		(start) => {
			expect(() => JSON.parse(go(start)) as unknown).not.toThrow();
		},
	);

	test.each([
		['Here is the JSON:\n{"a":', 'Here is the JSON:\n{"a":"simulated"}'],
		['Here is the JSON: {', 'Here is the JSON: {"simulated": true}'],
		['```json\n{', '```json\n{"simulated": true}\n```'],
		['```json\n', '```json\n{"simulated": true}\n```'],
		['```\n{"a": 1}\n```\nAnd:\n[', '```\n{"a": 1}\n```\nAnd:\n["simulated"]'],
		['{"a": 1', '{"a": 1, "simulated": true}'],
	])('finishes the JSON in %j, and says that it is simulated', (start, whole) => expect(go(start)).toBe(whole));

	test.each([
		['<answer>', '<answer>It is simulated.</answer>'],
		['Done.', 'Done. It is simulated.'],
		['Here it comes:', 'Here it comes: It is simulated.'],
		['Ants are', 'Ants are something only a model could finish. It is simulated.'],
		['He said "', 'He said "simulated" It is simulated.'],
		['Ants (', 'Ants (simulated) It is simulated.'],
	])('carries on with %j', (prefill, whole) => expect(go(prefill)).toBe(whole));
});
