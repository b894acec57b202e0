import { spawnSync } from 'node:child_process';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { curl } from '../../../src/export/curl';
import { python } from '../../../src/export/python';
import type { ExportTarget } from '../../../src/export/target';
import { typescript } from '../../../src/export/typescript';
import { examples } from '../../../src/lessons/examples';
import { COMPUTED, guideBodies, guideCalls, guideCommand } from '../../fixtures/guide';
import { write } from './write';

/*
 * The code for the five examples beside that of the guide: same address, same headers, same JSON, keys in the same order.
 * What differs, and is not looked at:
 * - the picture: the guide downloads it from an address, the page reads a file that it hands out (the bytes are its own);
 * - names of variables, and whether the client has one: `anthropic.Anthropic().messages` there, `client.messages` here;
 * - `media_type`, which the guide keeps in a variable, and the page writes where it belongs.
 */

/** What a program calls, and with what: literals as they are, and what only running would tell as `COMPUTED`. */
interface Parsed {
	readonly call: object;
	readonly arguments: object;
	/** The expressions behind it. */
	readonly computed: readonly string[];
}

const codeOf = (target: ExportTarget) =>
	examples.map(({ text }) => write(target, text, { apiVersion: '2023-06-01', images: 'file' }));

const guideBody = (title: string) => body(guideBodies[title as keyof typeof guideBodies]);

/** As text, so that the order of keys counts. */
const body = (value: unknown) => JSON.stringify(value, null, 1);

test('has the five requests of the page', () => {
	expect(examples.map(({ title }) => title)).toEqual(Object.keys(guideBodies));
});

describe('the shell of each example sends what the guide sends', () => {
	/** What a shell makes of the command: its arguments, and what is on its standard input. */
	function parsed(script: string) {
		const shown = `base64() { printf '${COMPUTED}'; }; curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat ;; esac; }; ANTHROPIC_API_KEY='$ANTHROPIC_API_KEY'
			cd "$(mktemp -d)"; touch image-1.jpg\n${script}; rm image-1.jpg; rmdir "$PWD"`;
		const parts = spawnSync('bash', ['-c', shown], { encoding: 'utf8' }).stdout.split('\0');
		return { words: parts.slice(0, -1), input: parts.at(-1) ?? '' };
	}

	test.each(examples)('$title', ({ title, text }) => {
		const { words, input } = parsed(write(curl, text, { apiVersion: '2023-06-01', images: 'file' }));
		const headers = guideCommand.headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
		expect(words.slice(0, 7)).toEqual([guideCommand.url, ...headers]);
		expect(words.slice(7, -1)).toEqual([expect.stringMatching(/^--data(-binary)?$/)]);
		const sent = words.at(-1) === '@-' ? input : words.at(-1)!; // there are at least eight words
		expect(body(JSON.parse(sent))).toBe(guideBody(title));
	});
});

function compare(parsed: readonly Parsed[], call: object, picture: string): void {
	for (const [index, { title }] of examples.entries()) {
		const { call: called, arguments: sent, computed } = parsed[index]!; // one for each
		expect(called, title).toEqual(call);
		expect(body(sent), title).toBe(guideBody(title));
		expect(computed, title).toEqual(title === 'Image as base64' ? [picture] : []);
	}
}

test("the Python of each example calls what the guide calls, by Python's own parser", ({ skip }) => {
	const script = new URL('calls.py', import.meta.url).pathname;
	const run = spawnSync('python3', [script], { input: JSON.stringify(codeOf(python)), encoding: 'utf8' });
	if (run.error) skip('needs python3 on the PATH');
	expect(run.stderr).toBe('');
	const picture = "base64.standard_b64encode(Path('image-1.jpg').read_bytes()).decode()";
	compare(JSON.parse(run.stdout) as Parsed[], guideCalls.python, picture);
});

test("the TypeScript of each example calls what the guide calls, by the compiler's own parser", () => {
	const picture = "await readFile('image-1.jpg', 'base64')";
	compare(codeOf(typescript).map(callIn), guideCalls.typescript, picture);
});

function callIn(code: string): Parsed {
	const source = ts.createSourceFile('request.ts', code, ts.ScriptTarget.ES2022, true);
	const names = new Map<string, ts.Expression>();
	const imports: string[] = [];
	const calls: ts.CallExpression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
			names.set(node.name.text, node.initializer);
		if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && node.importClause?.name)
			imports.push(`${node.importClause.name.text} from ${node.moduleSpecifier.text}`);
		if (ts.isCallExpression(node)) calls.push(node);
		ts.forEachChild(node, visit);
	};
	visit(source);

	const valueOf = (node: ts.Expression): unknown => {
		if (ts.isStringLiteralLike(node)) return node.text;
		if (ts.isNumericLiteral(node)) return Number(node.text);
		if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
		if (ts.isObjectLiteralExpression(node))
			return Object.fromEntries(
				node.properties
					.filter(ts.isPropertyAssignment)
					.map(({ name, initializer }) => [
						ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : COMPUTED,
						valueOf(initializer),
					]),
			);
		const value = ts.isIdentifier(node) ? names.get(node.text) : undefined;
		return value ? valueOf(value) : COMPUTED;
	};

	const [call, ...others] = calls.filter(({ expression }) => expression.getText().endsWith('messages.create'));
	const [client = '', ...method] = call?.expression.getText().split('.') ?? [];
	const made = names.get(client);
	if (!call || others.length > 0 || !made || !ts.isNewExpression(made)) throw new Error(code);
	return {
		call: {
			imports: imports[0],
			client: made.expression.getText(),
			told: made.arguments?.length ? valueOf(made.arguments[0]!) : {},
			method: method.join('.'),
		},
		arguments: valueOf(call.arguments[0]!) as object, // the guide's call has one argument, or the comparison fails
		computed: [...names.values()].map((node) => node.getText()).filter((text) => text.includes('readFile(')),
	};
}
