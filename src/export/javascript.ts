import { languageWith, token, type Code, type Token } from './code';
import { escapeCharacter, isLongText, quoteFor, UNSEEN, type Notation } from './literal';
import type { Attachment } from './source';
import type { Images } from './target';

export const js = languageWith(['import', 'from', 'const', 'new', 'await', 'for', 'of', 'as']);

/** How JavaScript and TypeScript write JSON values. */
export function jsNotation(images: Images): Notation {
	return {
		indent: '  ',
		padding: ' ',
		name: jsName,
		string: (text) => token('string', jsString(text)),
		number: (spelling) => spelling,
		constant: String,
		attachment: (attachment) =>
			images === 'file'
				? [token('plain', variable(attachment))]
				: [token('string', "'"), token('attachment', attachment.reference), token('string', "'")],
		environment: (variable) => [token('plain', `process.env.${variable}`)],
	};
}

/** The lines that read the files the code needs, if any, and the import they ask for. */
export function jsFiles(attachments: readonly Attachment[], images: Images): { imports: Code; reads: Code } {
	if (images === 'inline' || attachments.length === 0) return { imports: [], reads: [] };
	const reads = attachments.flatMap((attachment) => [
		token('comment', `// The file at ${attachment.place}, as base64.\n`),
		...js`const ${variable(attachment)} = await readFile(${token('string', jsString(attachment.fileName))}, 'base64');\n`,
	]);
	return { imports: js`import { readFile } from 'node:fs/promises';\n`, reads: [...reads, token('plain', '\n')] };
}

/** `image-1` as a variable: `image1`. */
const variable = ({ name }: Attachment) => name.replace('-', '');

const ESCAPED_IN = {
	"'": new RegExp(`[\\\\']|${UNSEEN.source}`, 'gu'),
	'"': new RegExp(`[\\\\"]|${UNSEEN.source}`, 'gu'),
	'`': new RegExp(`(?!\\n)(?:[\\\\\`]|\\$(?=\\{)|${UNSEEN.source})`, 'gu'),
};

/** `text` as a string literal; a long one with line breaks as a template. */
export function jsString(text: string): string {
	return quoted(text, isLongText(text) ? '`' : quoteFor(text, "'"));
}

function quoted(text: string, quote: keyof typeof ESCAPED_IN): string {
	return quote + text.replace(ESCAPED_IN[quote], (found) => escapeCharacter(found, (hex) => `\\u{${hex}}`)) + quote;
}

function jsName(name: string): Token {
	// Written plainly this key would set the object's prototype instead of a property.
	if (name === '__proto__') return token('key', "['__proto__']");
	return token('key', /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, quoteFor(name, "'")));
}
