import { token } from './code';
import { js, jsFiles, jsNotation } from './javascript';
import { writeMember, writeObject, writeText } from './literal';
import { numbersSurvive, survivesAsDouble } from './numbers';
import { textLiteral, type Literal } from './source';
import { credentialComments, ownHeaders, type ExportTarget } from './target';

const NUMBERS = token('comment', '  // As text: one of its numbers is not the same as a number of JavaScript.\n');

/** The request with nothing but the platform's own `fetch`, for Node. */
export const fetchTarget: ExportTarget = {
	id: 'fetch',
	name: 'fetch',
	language: 'javascript',
	fileName: 'request.mjs',
	install: () => null,
	run: 'node request.mjs',
	write(source, { apiVersion, headers, baseUrl, images }) {
		const notation = jsNotation(images);
		const { imports, reads } = jsFiles(source.attachments, images);
		const { betas, others } = ownHeaders(headers);
		const header = (name: string, value: Literal) => writeMember([name, value], notation, 2);
		const sent = [
			...header('anthropic-version', textLiteral(apiVersion)),
			...header('content-type', textLiteral('application/json')),
			...(betas.length > 0 ? header('anthropic-beta', textLiteral(betas.join(','))) : []),
			...others.flatMap(([name, value]) => header(name, value)),
		];
		const url = notation.string(`${baseUrl}/v1/messages`);
		const key = (name: string) => token('key', name);
		return [
			...imports,
			...(imports.length > 0 ? [token('plain', '\n')] : []),
			...reads,
			...credentialComments(headers, '//'),
			...js`const response = await fetch(${url}, {\n  ${key('method')}: 'POST',\n  ${key('headers')}: {\n`,
			...js`    ${notation.name('x-api-key')}: process.env.ANTHROPIC_API_KEY,\n${sent}  },\n`,
			...(numbersSurvive(source.root, survivesAsDouble)
				? js`  ${key('body')}: JSON.stringify(${writeObject(source.root, notation, 1)}),\n});\n`
				: js`${NUMBERS}  ${key('body')}: ${writeText(source, notation)},\n});\n`),
			...(source.request['stream'] === true
				? js`for await (const text of response.body.pipeThrough(new TextDecoderStream())) {\n  process.stdout.write(text);\n}\n`
				: js`console.log(await response.json());\n`),
		];
	},
};
