import { describe, expect, test } from 'vitest';
import { RULES } from '../../../src/lint/every-rule';
import { editsOf } from '../../../src/lint/fix';
import { lint, refusalIn } from '../../../src/lint/lint';
import type { Context, Fault, Severity } from '../../../src/lint/rule';
import type { AttachmentFacts } from '../../../src/model/attachment';
import { applyEdits } from '../../../src/model/edit';
import { writePath, type JsonObject } from '../../../src/model/json';
import { duplicatesIn } from '../../../src/model/lens';
import { findModel } from '../../../src/model/models';
import type { Header } from '../../../src/model/run';
import type { ApiVersion } from '../../../src/model/target';

/** A request, as what differs from a small good one, and its circumstances. */
interface Example {
	readonly about: string;
	readonly request?: JsonObject;
	/** The whole of it as it is written, where that matters. */
	readonly text?: string;
	readonly without?: readonly string[];
	readonly apiVersion?: ApiVersion;
	readonly headers?: readonly Header[];
	readonly today?: string;
	readonly bytes?: number;
	readonly tokens?: number;
	/** By the character of which their SHA-256 is made. */
	readonly attachments?: Readonly<Record<string, AttachmentFacts>>;
}
/** The fault a rule has to find first. */
interface Failing extends Example {
	readonly path: string;
	readonly apiMessage?: string;
	readonly message?: string;
	readonly status?: number;
	readonly severity?: Severity;
}

const passes = import.meta.glob<Example[]>('../../fixtures/lint/*/passes.json', { import: 'default', eager: true });
const fails = import.meta.glob<Failing[]>('../../fixtures/lint/*/fails.json', { import: 'default', eager: true });

const good: JsonObject = { model: 'claude-sonnet-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Hi' }] };

function textOf({ request, text, without = [] }: Example): string {
	const entries = Object.entries({ ...good, ...request }).filter(([key]) => !without.includes(key));
	return text ?? JSON.stringify(Object.fromEntries(entries), null, 2);
}

function contextOf(example: Example, text = textOf(example)): Context {
	const request = JSON.parse(text) as JsonObject;
	const { apiVersion = '2023-06-01', headers = [], today = '2026-11-22' } = example;
	const model = typeof request.model === 'string' ? findModel(request.model) : null;
	const attachments = new Map(Object.entries(example.attachments ?? {}).map(([key, facts]) => [key.repeat(64), facts]));
	const { bytes = 0, tokens = 0 } = example;
	return { request, apiVersion, headers, model, today, attachments, bytes, tokens, duplicates: duplicatesIn(text) };
}

const places = (faults: readonly Fault[]) => faults.map(({ path, message }) => `${writePath(path)} ${message}`);

test('a small good request meets no rule', async () => expect(await lint(contextOf({ about: '' }))).toEqual([]));

test('every folder of examples belongs to a rule', () => {
	const folders = [...Object.keys(passes), ...Object.keys(fails)].map((path) => path.split('/').at(-2));
	expect(folders.filter((folder) => !RULES.some(({ id }) => id === folder))).toEqual([]);
});

describe.each(RULES)('the rule $id', (rule) => {
	const passing = passes[`../../fixtures/lint/${rule.id}/passes.json`] ?? [];
	const failing = fails[`../../fixtures/lint/${rule.id}/fails.json`] ?? [];
	const severity = (fault: Fault) => fault.severity ?? rule.severity;

	test('has examples, a reason, a page to read and the day that was checked', () => {
		expect(passing).not.toEqual([]);
		expect(failing).not.toEqual([]);
		expect(rule.why).toMatch(/\.\)?$/);
		expect(rule.link).toMatch(/^https:\/\/platform\.claude\.com\/docs\/en\/[a-z]/);
		expect(rule.checked).toMatch(/^\d{4}-\d\d-\d\d$/);
	});

	test.each(passing)('is silent about $about', async (example) => {
		expect(rule.check(contextOf(example))).toEqual([]);
		// An example of what is accepted that another rule would refuse shows nothing.
		expect(refusalIn(await lint(contextOf(example)))?.rule ?? null).toSatisfy(
			(id: string | null) => id === null || example.about.includes('none of its business') || isAboutOther(rule.id, id),
		);
	});

	test.each(failing)('speaks up about $about', (example) => {
		const [fault] = rule.check(contextOf(example));
		expect(fault && writePath(fault.path)).toBe(example.path);
		expect(fault?.apiMessage).toBe(example.apiMessage);
		if (example.message !== undefined) expect(fault?.message).toBe(example.message);
		expect(fault?.status).toBe(example.status);
		expect(fault && severity(fault)).toBe(example.severity ?? rule.severity);
	});

	test.each(failing)('decides what the API answers to $about', async (example) => {
		const refusal = refusalIn(await lint(contextOf(example)));
		if ((example.severity ?? rule.severity) === 'rejected') expect(refusal?.rule).toBe(rule.id);
		else expect(refusal).toBeNull();
	});

	test.each(failing)('offers only ways out of $about that lead out of it', (example) => {
		const text = textOf(example);
		for (const fault of rule.check(contextOf(example))) {
			for (const fix of fault.fixes ?? []) {
				const mended = applyEdits(text, editsOf(fix, text));
				expect(places(rule.check(contextOf(example, mended))), fix.label).not.toContain(places([fault])[0]);
			}
		}
	});
});

/** Models that were retired by now, and a model this page does not know, are refused for that alone. */
function isAboutOther(own: string, other: string): boolean {
	return other === 'model-gone' && (own === 'model-shape' || own === 'model-retires');
}
