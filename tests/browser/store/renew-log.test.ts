import { expect, onTestFinished, test, vi } from 'vitest';
import { databaseName, indexedDatabase } from '../../../src/store/database';
import { renewLog } from '../../../src/store/renew-log';

const newName = () => databaseName(`/test/${crypto.randomUUID()}/`);
const namesOf = async () => (await indexedDB.databases()).map(({ name }) => name);

test('a new log takes nothing from what is kept, and leaves nothing beside it', async () => {
	const name = newName();
	const database = indexedDatabase(name);
	await database.write((records) => records.put('setting/theme', 'dark'));
	await renewLog(name);
	expect(await database.read((records) => records.range(''))).toEqual([['setting/theme', 'dark']]);
	expect((await namesOf()).filter((each) => each?.startsWith(name))).toEqual([name]);
});

test('two tabs can begin one at the same time', async () => {
	const name = newName();
	await Promise.all([renewLog(name), renewLog(name)]);
	expect(await namesOf()).not.toContainEqual(expect.stringContaining(name));
});

test('one that cannot be begun is told', async () => {
	const error = new DOMException('The disk is full.', 'QuotaExceededError');
	const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
		throw error;
	});
	onTestFinished(() => opening.mockRestore());
	await expect(renewLog(newName())).rejects.toBe(error);
});
