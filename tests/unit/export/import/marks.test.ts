import { describe, expect, test } from 'vitest';
import { looksLikeProgram } from '../../../../src/export/import/marks';

const url = 'https://api.anthropic.com/v1/messages';

describe('what looks like a program', () => {
	test.each([
		['a command', `curl ${url} -d '{}'`],
		['a command after its prompt', `$ curl ${url} \\\n  -d '{}'`],
		['a command in a fence', `\`\`\`bash\ncurl ${url} -d '{}'\n\`\`\``],
		['a command of PowerShell', `$r = Invoke-RestMethod -Uri ${url} -Method Post -Body $body`],
		['an alias of it', `PS C:\\> irm ${url} -Method Post`],
		['Python', 'import anthropic\nanthropic.Anthropic().messages.create(model="m")'],
		['Python that begins with a long string', `"""Asks."""\nclient.messages.create(model="m")`],
		['TypeScript', "const message = await client.messages.create({ model: 'm' });"],
		['fetch', `await fetch('${url}', { body })`],
	])('is %s', (_name, text) => {
		expect(looksLikeProgram(text)).toBe(true);
	});

	const about = 'How do I use\\ncurl? client.messages.create(…)';
	test.each([
		['a whole body', `{"messages": [{"role": "user", "content": "${about}"}]}`],
		['a list of messages', `\n[{"role": "user", "content": "${about}"}]`],
		['a member', `"content": "${about}"`],
		['the end of a message and another', `"}, {"role": "user", "content": "${about}"}`],
		['members after a comma', `, "system": "${about}"`],
		['members after a number', `1024, "system": "${about}"`],
		['members after a word', `true, "system": "${about}"`],
		['words', 'That request (see above) was refused.\ncurl is a program.'],
		['an address', url],
	])('is not %s', (_name, text) => {
		expect(looksLikeProgram(text)).toBe(false);
	});
});
