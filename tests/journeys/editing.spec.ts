import { expect, test } from './playground';

test('JSON and form are one document with one history', async ({ page, playground }) => {
	await playground.visit();
	await playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' }).fill('Hello from the form');
	await playground.show('JSON');
	const editor = page.getByRole('textbox', { name: 'Request JSON' });
	await expect(editor).toContainText('"content": "Hello from the form"');
	await editor.click();
	await page.keyboard.press('ControlOrMeta+Home');
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await page.keyboard.type('"new_key": 1.0,');
	await playground.show('Form');
	await expect(playground.request.getByText('new_key').first()).toBeVisible();

	const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
	await text.focus();
	for (let steps = 0; steps < 60 && (await text.inputValue()) !== 'Hello, Claude'; steps++)
		await page.keyboard.press('ControlOrMeta+z');
	await expect(text).toHaveValue('Hello, Claude');
	await expect(playground.request.getByText('new_key')).toHaveCount(0);
	await page.keyboard.press('ControlOrMeta+Shift+z');
	await expect(text).toHaveValue(/Hello/);
});

test('while the text does not parse, the form shows the last good reading and the way to the fault', async ({
	page,
	playground,
}) => {
	await playground.visit();
	await playground.show('JSON');
	const editor = page.getByRole('textbox', { name: 'Request JSON' });
	await editor.click();
	await page.keyboard.press('ControlOrMeta+End');
	await page.keyboard.press('Backspace');
	await playground.show('Form');
	await expect(playground.request.getByRole('alert')).toContainText(/line \d+, column \d+/);
	const text = playground.turn('Turn 1: user').getByRole('textbox', { name: 'Text' });
	await expect(text).toHaveValue('Hello, Claude');
	await expect(text).toBeDisabled();
	await playground.request.getByRole('button', { name: 'Go to the fault' }).click();
	await expect(editor).toBeFocused();
	await page.keyboard.type('}');
	await playground.show('Form');
	await expect(text).toBeEnabled();
});

test('turns are added, inserted, moved, duplicated, prefilled and removed', async ({ playground }) => {
	await playground.visit();
	const { request } = playground;
	await request.getByRole('button', { name: 'Add assistant turn' }).click();
	await playground.turn('Turn 2: assistant').getByRole('textbox', { name: 'Text' }).fill('Hi there');
	await request.getByRole('button', { name: 'Add user turn' }).click();
	await playground.turn('Turn 3: user').getByRole('textbox', { name: 'Text' }).fill('Third');
	await playground.turn('Turn 3: user').getByRole('button', { name: 'Move up' }).click();
	await expect(playground.turn('Turn 2: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Third');
	await expect(playground.turn('Turn 3: assistant')).toContainText('the answer begins here');
	await playground.turn('Turn 1: user').getByRole('button', { name: 'Duplicate turn' }).click();
	await expect(playground.turn('Turn 2: user').getByRole('textbox', { name: 'Text' })).toHaveValue('Hello, Claude');
	await playground.turn('Turn 2: user').getByRole('button', { name: 'Insert turn above' }).click();
	await expect(request.getByRole('group', { name: /^Turn \d/ })).toHaveCount(5);
	await playground.turn('Turn 5: assistant').getByRole('button', { name: 'Remove turn' }).click();
	await request.getByRole('button', { name: 'Prefill the answer' }).click();
	await expect(playground.turn('Turn 5: assistant')).toContainText('the answer begins here');
});

test('parameters are omitted until they are set, and can be taken out again', async ({ page, playground }) => {
	await playground.visit();
	const parameters = playground.request.getByRole('group', { name: 'Parameters' });
	await parameters.getByRole('button', { name: /^Set temperature/ }).click();
	await playground.enter(parameters.getByRole('spinbutton', { name: 'temperature' }), '0.5');
	await playground.request.getByRole('switch', { name: 'Stream' }).click();
	await playground.request.getByRole('textbox', { name: 'System' }).fill('Answer in Latin.');
	await playground.enter(playground.request.getByRole('spinbutton', { name: 'Max tokens' }), '7');
	await playground.request.getByRole('combobox', { name: 'Model' }).fill('claude-haiku-4-5');
	await playground.show('JSON');
	const editor = page.getByRole('textbox', { name: 'Request JSON' });
	for (const part of [
		'"temperature": 0.5',
		'"stream": true',
		'"system": "Answer in Latin."',
		'"max_tokens": 7',
		'"model": "claude-haiku-4-5"',
	])
		await expect(editor).toContainText(part);
	await playground.show('Form');
	await parameters.getByRole('button', { name: 'Omit temperature' }).click();
	await playground.run();
	await expect(playground.status).toHaveText(/^Finished: max_tokens/);
	await playground.read('Stream');
	await expect(playground.response.getByRole('list', { name: 'Events' }).getByRole('listitem').first()).toContainText(
		'message_start',
	);
});

test('the page says that the model retires and offers the change in one click', async ({ playground }) => {
	await playground.visit();
	await playground.open("Putting words in Claude's mouth");
	const problems = playground.request.getByRole('region', { name: 'Problems' });
	await expect(problems.getByRole('listitem').first()).toContainText(/^(Surprising|Changed|Rejected):/);
	await expect(problems).toContainText('2026-11-30');
	await problems
		.getByRole('button', { name: /claude-haiku-4-5|claude-opus-4-5/ })
		.first()
		.click();
	await expect(playground.request.getByRole('combobox', { name: 'Model' })).toHaveValue(/claude-(haiku|opus)-4-5/);
	await expect(playground.turn('Turn 2: assistant').getByRole('textbox', { name: 'Text' })).toHaveValue(
		'The answer is (',
	);
});

test('what is typed over several lines of the JSON takes their place, and nothing of it is blocked', async ({
	page,
	playground,
}) => {
	await playground.visit();
	await playground.show('JSON');
	const editor = playground.request.getByRole('textbox', { name: 'Request JSON' });
	await editor.press('ControlOrMeta+Home');
	await editor.press('ArrowRight');
	await editor.press('Shift+ArrowDown');
	await editor.press('Shift+ArrowDown');
	await page.keyboard.type('x');
	await expect(editor).toContainText(/^\{x/);
	await editor.press('ControlOrMeta+z');
	await editor.press('ControlOrMeta+a');
	await page.keyboard.type('{}');
	await expect(editor).toHaveText('{}');
	await editor.press('ControlOrMeta+z');
	await expect(editor).toContainText('"Hello, Claude"');
});
