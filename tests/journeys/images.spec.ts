import { expect, test } from './playground';

/** A PNG of 2 by 1 pixels. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAwPAfAAcAAf9+CLHQAAAAAElFTkSuQmCC';

test('an image that is dropped on a turn becomes a block, told by its bytes, and goes out whole', async ({
	page,
	playground,
	api,
}) => {
	await playground.visit();
	const turn = playground.turn('Turn 1: user');
	const transfer = await page.evaluateHandle((base64) => {
		const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
		const carried = new DataTransfer();
		carried.items.add(new File([bytes], 'misnamed.jpg', { type: 'image/jpeg' }));
		return carried;
	}, png);
	await turn.dispatchEvent('dragover', { dataTransfer: transfer });
	await turn.dispatchEvent('drop', { dataTransfer: transfer });
	await expect(turn.getByRole('img', { name: /^image\/png, 2 × 1 pixels/ })).toBeVisible();
	await expect(turn.getByRole('textbox', { name: 'Text' })).toHaveValue('Hello, Claude');

	await playground.sendTo(api.url);
	await playground.run();
	expect(JSON.parse(api.received[0]?.body ?? '')).toMatchObject({
		messages: [
			{
				content: [
					{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
					{ type: 'text', text: 'Hello, Claude' },
				],
			},
		],
	});
});

test('a file the API does not take is refused with the reason, and nothing is lost', async ({ page, playground }) => {
	await playground.visit();
	const turn = playground.turn('Turn 1: user');
	const transfer = await page.evaluateHandle(() => {
		const carried = new DataTransfer();
		carried.items.add(new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])], 'archive.png', { type: 'image/png' }));
		return carried;
	});
	await turn.dispatchEvent('drop', { dataTransfer: transfer });
	await expect(turn.getByRole('alert')).toContainText('archive.png');
	await expect(turn.getByRole('alert')).toContainText(/JPEG, PNG, GIF and WebP/);
	await expect(turn.getByRole('textbox', { name: 'Text' })).toHaveValue('Hello, Claude');
});
