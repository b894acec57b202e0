// Writes src/export/sdk-types.json: what the SDK's own types take as parameters, with and without betas. Run it after
// a new version of @anthropic-ai/sdk was installed; a test says when it was forgotten.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const output = new URL('../src/export/sdk-types.json', import.meta.url);

/** For each of the two `messages.create` its types by name; that of its argument is `MessageCreateParamsBase`. */
export function readSdkTypes() {
	const [plain, beta] = ['', 'beta/'].map((path) =>
		fileURLToPath(
			new URL(`../node_modules/@anthropic-ai/sdk/resources/${path}messages/messages.d.ts`, import.meta.url),
		),
	);
	const program = ts.createProgram([plain, beta], {
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
	});
	return { messages: typesIn(program, plain), 'beta.messages': typesIn(program, beta) };
}

function typesIn(program, file) {
	const checker = program.getTypeChecker();
	const types = {};
	const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
	define(exported.find(({ name }) => name === 'MessageCreateParamsBase'));
	return types;

	/** What a declaration of a type says, under its name in `types`; gives the name. */
	function define(symbol) {
		const name = checker.getFullyQualifiedName(symbol).replace(/^".*"\./, '');
		if (name in types) return name;
		types[name] = null; // a type may hold itself
		const declaration = symbol.declarations.find(
			(found) => ts.isInterfaceDeclaration(found) || ts.isTypeAliasDeclaration(found),
		);
		if (!declaration || declaration.heritageClauses || declaration.typeParameters)
			throw new Error(`No words yet for the type ${name}`);
		types[name] = ts.isInterfaceDeclaration(declaration) ? recordOf(declaration.members) : typeOf(declaration.type);
		return name;
	}

	function recordOf(members) {
		// What travels as a header is no part of the body.
		const fields = members
			.filter(ts.isPropertySignature)
			.filter((field) => !field.getFullText().includes('* Header param:'));
		const named = (some) => Object.fromEntries(some.map(({ name, type }) => [name.text, typeOf(type)]));
		const rest = members.find(ts.isIndexSignatureDeclaration);
		return {
			required: named(fields.filter(({ questionToken }) => !questionToken)),
			optional: named(fields.filter(({ questionToken }) => questionToken)),
			...(rest && { rest: typeOf(rest.type) }),
		};
	}

	/** The name of a type, of the language or in `types`, or what it is made of. */
	function typeOf(node) {
		if (ts.isParenthesizedTypeNode(node)) return typeOf(node.type);
		if (ts.isLiteralTypeNode(node)) return literalOf(node.literal);
		if (ts.isTypeLiteralNode(node)) return recordOf(node.members);
		if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return typeOf(node.type);
		if (ts.isArrayTypeNode(node)) return { list: typeOf(node.elementType) };
		if (ts.isUnionTypeNode(node)) return unionOf(node.types.map(typeOf));
		// `string & {}` is a string that keeps the names beside it apart for completion.
		if (ts.isIntersectionTypeNode(node) && node.getText() === 'string & {}') return 'string';
		if (ts.isTypeReferenceNode(node)) return referenceTo(node);
		const name = ts.tokenToString(node.kind);
		if (['string', 'number', 'boolean', 'unknown'].includes(name)) return name;
		throw new Error(`No words yet for the type ${node.getText()}`);
	}

	function literalOf(literal) {
		if (literal.kind === ts.SyntaxKind.NullKeyword) return 'null';
		if (literal.kind === ts.SyntaxKind.TrueKeyword) return { oneOf: [true] };
		if (literal.kind === ts.SyntaxKind.FalseKeyword) return { oneOf: [false] };
		return { oneOf: [ts.isNumericLiteral(literal) ? Number(literal.text) : literal.text] };
	}

	function unionOf(members) {
		const oneOf = members.flatMap((member) => member.oneOf ?? []);
		const others = members.filter((member) => !member.oneOf);
		const values = oneOf.length === 0 || others.includes('string') ? [] : [{ oneOf }];
		const all = [...values, ...others];
		return all.length === 1 ? all[0] : { anyOf: all };
	}

	function referenceTo(node) {
		if (node.typeName.getText() === 'Array') return { list: typeOf(node.typeArguments[0]) };
		const symbol = checker.getSymbolAtLocation(node.typeName);
		return define(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
	}
}

/** JSON with a line for each type, so that a change of one shows as a change of one. */
function write(value, depth) {
	if (depth === 0) return JSON.stringify(value);
	const lines = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${write(inner, depth - 1)}`);
	return `{\n${lines.join(',\n')}\n}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(output, `${write(readSdkTypes(), 2)}\n`);
