import { expect, test } from './playground';

const examples = [
	{ title: 'Hello, Claude', turns: ['user'], says: /simulated/i },
	{ title: 'Multiple turns', turns: ['user', 'assistant', 'user'], says: /simulated/i },
	{ title: 'Image as base64', turns: ['user'], says: /image\/jpeg/ },
	{ title: 'Image from URL', turns: ['user'], says: /simulated/i },
];

for (const { title, turns, says } of examples) {
	test(`the example "${title}" runs on the simulated API`, async ({ playground }) => {
		await playground.visit();
		await playground.open(title);
		for (const [index, role] of turns.entries())
			await expect(playground.turn(`Turn ${index + 1}: ${role}`)).toBeVisible();
		await playground.run();
		await expect(playground.status).toHaveText(/^Finished: end_turn, \d+ in, \d+ out$/);
		await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toContainText(says);
	});
}

test('the prefilled ant question answers with one letter, joined to the prefill', async ({ playground }) => {
	await playground.visit();
	await playground.open("Putting words in Claude's mouth");
	await expect(playground.turn('Turn 2: assistant')).toContainText('the answer begins here');
	await playground.run();
	await expect(playground.status).toHaveText(/^Finished: max_tokens, \d+ in, 1 out$/);
	await expect(playground.response.getByRole('article', { name: 'Assistant message' })).toContainText(
		'The answer is (C',
	);

	await playground.response.getByRole('button', { name: 'Add reply to messages' }).click();
	await expect(playground.turn('Turn 2: assistant').getByRole('textbox', { name: 'Text' })).toHaveValue(
		'The answer is (C',
	);
	await expect(playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' })).toHaveValue('');
});

test('the base64 example draws its picture, and sends its real bytes', async ({ page, playground, api }) => {
	await playground.visit();
	await playground.open('Image as base64');
	await expect(
		playground.turn('Turn 1: user').getByRole('img', { name: /^image\/jpeg, 640 × 480 pixels/ }),
	).toBeVisible();
	await playground.sendTo(api.url);
	await playground.run();
	const sent = JSON.parse(api.received[0]?.body ?? '') as { messages: { content: { source: { data: string } }[] }[] };
	const data = Buffer.from(sent.messages[0]?.content[0]?.source.data ?? '', 'base64');
	// A JPEG begins with these three bytes: ITU-T T.81, B.1.1.3.
	expect([...data.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
	await expect(page.getByRole('status')).toHaveText(/^Finished/);
});

test('the example by URL shows the address as a link, and the page never fetches it', async ({ playground }) => {
	await playground.visit();
	await playground.open('Image from URL');
	const link = playground.turn('Turn 1: user').getByRole('link', { name: /upload\.wikimedia\.org/ });
	await expect(link).toHaveAttribute('target', '_blank');
	await expect(link).toHaveAttribute('rel', /noopener/);
});
