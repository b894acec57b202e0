import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { KeyRing } from '../../../../src/state/key-ring.svelte';
import { databaseName, indexedDatabase } from '../../../../src/store/database';
import { memoryDatabase } from '../../../../src/store/memory-database';
import { Store } from '../../../../src/store/store';
import KeyButton from '../../../../src/ui/key/KeyButton.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

const canary = 'sk-ant-api03-canary-0123456789';
const passphrase = 'four random words';

async function show(database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`))) {
	const keyRing = new KeyRing({
		store: new Store(database),
		channel: new BroadcastChannel(database.name),
		now: () => 0,
		after: () => () => {},
	});
	await keyRing.load();
	render(KeyButton, { keyRing });
	return { database, keyRing };
}

const button = page.getByRole('button', { name: 'API key', exact: true });
const dialog = page.getByRole('dialog', { name: 'API key' });
const key = dialog.getByRole('textbox', { name: 'API key' });
const save = dialog.getByRole('button', { name: 'Save' });
const place = (name: string) =>
	dialog.getByRole('radiogroup', { name: 'Keep it' }).getByRole('radio', { name, exact: true });

describe('the key dialog', () => {
	test('takes a key for this tab, and gives the focus back to a button that shows its last four', async () => {
		const { keyRing } = await show();
		await button.click();
		await expect.element(key).toHaveFocus();
		await expect.element(key).toHaveAttribute('type', 'password');
		await expect.element(place('In this tab only')).toBeChecked();
		await userEvent.keyboard(`  ${canary} {Enter}`);
		await expect.element(dialog).not.toBeInTheDocument();
		expect(keyRing.read()).toBe(canary);
		await expect.element(button).toHaveFocus();
		await expect.element(button).toHaveAccessibleDescription('…6789');
		await expect.element(page.getByText('…6789')).toBeVisible();
	});

	test('shows the key nowhere once it is saved', async () => {
		await show();
		await button.click();
		await key.fill(canary);
		await save.click();
		await expect.element(dialog).not.toBeInTheDocument();
		await button.click();
		await expect.element(key).toHaveValue('');
		expect(document.documentElement.outerHTML).not.toContain('canary');
		const values = [...document.querySelectorAll('input')].map(({ value }) => value);
		expect(values.join()).not.toContain('canary');
	});

	test('says what is wrong with a key, beside it, and keeps nothing of it', async () => {
		const { keyRing } = await show();
		await button.click();
		await save.click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('Enter a key.');
		await key.fill(`"${canary}"`);
		await save.click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('quotation marks');
		await expect.element(key).toHaveAccessibleDescription(/quotation marks/);
		await expect.element(key).toHaveFocus();
		expect(keyRing.state).toEqual({ kind: 'none' });
	});

	test('keeps it in the browser, moves it without asking for it again, and forgets it', async () => {
		const { database, keyRing } = await show();
		const saved = () => database.read((records) => records.range(''));
		await button.click();
		await key.fill(canary);
		await place('In this browser').click();
		await save.click();
		await expect.element(dialog).not.toBeInTheDocument();
		expect(JSON.stringify(await saved())).toContain(canary);

		await button.click();
		await expect.element(place('In this browser')).toBeChecked();
		await place('In this tab only').click();
		await save.click();
		await expect.element(dialog).not.toBeInTheDocument();
		expect(await saved()).toEqual([]);
		expect(keyRing.read()).toBe(canary);

		await button.click();
		await dialog.getByRole('button', { name: 'Forget' }).click();
		expect(keyRing.read()).toBeNull();
		await expect.element(key).toHaveFocus();
		await expect.element(dialog.getByRole('button', { name: 'Forget' })).toBeDisabled();
	});

	test('locks it with a passphrase that was typed the same twice, and unlocks it with no other', async () => {
		const { database } = await show();
		await button.click();
		await key.fill(canary);
		await place('In this browser, locked with a passphrase').click();
		const first = dialog.getByLabelText('Passphrase', { exact: true });
		await first.fill('short');
		await save.click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('at least 8');
		await first.fill(passphrase);
		await dialog.getByLabelText('Passphrase again').fill('four random wards');
		await save.click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('differ');
		await dialog.getByLabelText('Passphrase again').fill(passphrase);
		await save.click();
		await expect.element(dialog).not.toBeInTheDocument();

		await button.click();
		await dialog.getByRole('button', { name: 'Lock now' }).click();
		const unlock = dialog.getByLabelText('Passphrase');
		await expect.element(unlock).toHaveFocus();
		await unlock.fill('five random words');
		await dialog.getByRole('button', { name: 'Unlock' }).click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('not the passphrase');
		await unlock.fill(passphrase);
		await userEvent.keyboard('{Enter}');
		await expect.element(dialog).not.toBeInTheDocument();
		await expect.element(button).toHaveAccessibleDescription('…6789');

		const text =
			document.documentElement.outerHTML + JSON.stringify(await database.read((records) => records.range('')));
		for (const secret of ['canary', passphrase]) expect(text).not.toContain(secret);
	});

	test('lets a key go whose passphrase was forgotten', async () => {
		const { keyRing } = await show();
		await keyRing.save(canary, { place: 'locked', passphrase });
		keyRing.lock();
		await button.click();
		await dialog.getByRole('button', { name: 'Forget' }).click();
		await expect.element(key).toHaveFocus();
		expect(keyRing.state).toEqual({ kind: 'none' });
	});

	test('says so when a key could not be forgotten, locked or not', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		let gone = false;
		const { keyRing } = await show({
			...database,
			write: (steps) => (gone ? Promise.reject(new Error('The disk is gone.')) : database.write(steps)),
		});
		await keyRing.save(canary, { place: 'locked', passphrase });
		gone = true;
		await button.click();
		await dialog.getByRole('button', { name: 'Forget' }).click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('The disk is gone.');
		await dialog.getByRole('button', { name: 'Lock now' }).click();
		await dialog.getByRole('button', { name: 'Forget' }).click();
		await expect.element(dialog.getByRole('alert')).toHaveTextContent('The disk is gone.');
		expect(keyRing.state.kind).toBe('locked');
	});

	test('lets go of what is kept as the key but cannot be read', async () => {
		const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
		await database.write((records) => records.put('key', { version: 1, kind: 'torn' }));
		await show(database);
		await button.click();
		await expect.element(dialog).toHaveTextContent('What this browser keeps as the key cannot be read.');
		await dialog.getByRole('button', { name: 'Forget' }).click();
		await expect.element(dialog).not.toHaveTextContent('cannot be read');
		expect(await database.read((records) => records.range(''))).toEqual([]);
		await expect.element(dialog.getByRole('button', { name: 'Forget' })).toBeDisabled();
	});

	test('offers only what the browser can do', async () => {
		await show(memoryDatabase('memory'));
		await button.click();
		await expect.element(place('In this tab only')).toBeEnabled();
		await expect.element(place('In this browser')).toBeDisabled();
		await expect.element(place('In this browser, locked with a passphrase')).toBeDisabled();
	});

	test('says in plain words what it costs to keep a key', async () => {
		await show();
		await button.click();
		await expect.element(dialog).toHaveTextContent('project pages of one GitHub Pages owner');
		await expect.element(dialog).toHaveTextContent('a workspace of its own, with an expiry date and a spend limit');
	});

	test.each(['light', 'dark'])('has nothing for axe to find in the %s theme', async (theme) => {
		document.documentElement.dataset.theme = theme;
		const { keyRing } = await show();
		await keyRing.save(canary, { place: 'tab' });
		await button.click();
		await place('In this browser, locked with a passphrase').click();
		await save.click();
		const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
		delete document.documentElement.dataset.theme;
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});
