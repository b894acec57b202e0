import { render } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { KeyRing, type Keeping } from '../../../../src/state/key-ring.svelte';
import { databaseName, indexedDatabase } from '../../../../src/store/database';
import { Store } from '../../../../src/store/store';
import CaughtKeyDialog from '../../../../src/ui/key/CaughtKeyDialog.svelte';

const own = 'sk-ant-api03-canary0canary1canary2-zz99';
const other = 'sk-ant-api03-canary3canary4canary5-yy88';
const locked: Keeping = { place: 'locked', passphrase: 'four random words' };

/** The dialog about `text`, which was to go into a field, with the user's own key kept so. */
async function show(text: string, keeping: Keeping | null) {
	const database = indexedDatabase(databaseName(`/test/${crypto.randomUUID()}/`));
	const keyRing = new KeyRing({
		store: new Store(database),
		channel: new BroadcastChannel(database.name),
		now: () => 0,
		after: () => () => {},
	});
	if (keeping) await keyRing.save(own, keeping);
	const field = document.body.appendChild(document.createElement('textarea'));
	const onclose = vi.fn();
	const open = () =>
		render(CaughtKeyDialog, { caught: () => ({ text, field, dropped: null }), keyRing, open: true, onclose });
	const saved = () => database.read((records) => records.get('key'));
	return { keyRing, field, open, saved };
}

const dialog = page.getByRole('dialog', { name: 'This looks like an API key' });
const offers = () => dialog.getByRole('button', { name: /\buse\b/i }).elements();
const use = (name: string) => dialog.getByRole('button', { name, exact: true });

describe('the dialog about a key that was caught', () => {
	test.each<Keeping>([{ place: 'tab' }, { place: 'browser' }, locked])(
		'does not offer the key in the place of itself, which is kept %j',
		async (keeping) => {
			const { open } = await show(`Why does ${own} not work?`, keeping);
			open();
			await expect.element(dialog).toHaveTextContent('…zz99');
			expect(offers()).toEqual([]);
		},
	);

	test('offers another key that stands beside it', async () => {
		const { keyRing, field, open, saved } = await show(`Not ${own} but ${other}`, { place: 'browser' });
		open();
		await use('Use …yy88 in place of my key …zz99').click();
		await expect.poll(() => field.value).toBe('Not sk-ant-…zz99 but sk-ant-…yy88');
		expect([keyRing.read(), await saved()]).toEqual([other, { version: 1, kind: 'plain', key: other }]);
	});

	test('offers another key for this tab beside one under a passphrase, which stays', async () => {
		for (const locks of [true, false]) {
			const { keyRing, open, saved } = await show(other, locked);
			const before = await saved();
			if (locks) keyRing.lock();
			const { unmount } = open();
			await use('Use …yy88 in this tab, in place of my key …zz99').click();
			await expect.poll(() => keyRing.state).toEqual({ kind: 'held', last4: 'yy88', place: 'tab' });
			expect([before, await saved()]).toEqual([expect.objectContaining({ kind: 'locked' }), before]);
			unmount();
		}
	});

	test('does not offer what the locked key seems to be', async () => {
		const { keyRing, open } = await show(own, locked);
		keyRing.lock();
		open();
		await expect.element(dialog).toHaveTextContent('…zz99');
		expect(offers()).toEqual([]);
	});
});
