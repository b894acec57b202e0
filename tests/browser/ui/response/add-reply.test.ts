import { render } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Edit } from '../../../../src/model/edit';
import { RequestDocument } from '../../../../src/state/request-document.svelte';
import AddReply from '../../../../src/ui/response/AddReply.svelte';

const SENT = '{"messages": [{"role": "user", "content": "Ant?"}]}';
const content = [{ type: 'text', text: 'Formica.' }];
const button = page.getByRole('button', { name: 'Add reply to messages' });

/** The button, and the document it adds to. */
function open() {
	const document = new RequestDocument({ text: SENT, now: () => 0, keepAttachment: () => Promise.resolve(true) });
	const props = {
		content,
		sent: SENT,
		get draft() {
			return document.draft;
		},
		busy: false,
		onaddreply: (edits: readonly Edit[]) => document.edit(edits),
	};
	render(AddReply, props);
	return document;
}

describe('the reply', () => {
	test('is added once, and again only when that was undone', async () => {
		const document = open();
		await userEvent.click(button);
		expect(document.request.messages).toHaveLength(3);
		await expect.element(button).toBeDisabled();
		await expect.element(button).toHaveAccessibleDescription('It is in the messages.');
		document.edit([{ offset: document.text.lastIndexOf('""') + 1, length: 0, content: 'And bee?' }]);
		await expect.element(button).toBeDisabled();
		document.undo();
		document.undo();
		await expect.element(button).toBeEnabled();
		await userEvent.click(button);
		expect(document.request.messages).toHaveLength(3);
	});

	test('cannot be added to a text that does not parse, and says so', async () => {
		const document = open();
		document.replace(SENT.slice(1));
		await expect.element(button).toBeDisabled();
		await expect.element(button).toHaveAccessibleDescription('The request does not parse; mend it first.');
		document.undo();
		await expect.element(button).toBeEnabled();
	});
});
