import { describe, expect, test } from 'vitest';
import { lockKey, unlockKey } from '../../../src/store/locked-key';

const key = 'sk-ant-api03-canary-0123456789';

describe('a locked key', () => {
	test('opens with its passphrase, however its letters were typed, and with no other', async () => {
		const locked = await lockKey(key, 'caf\u00e9 four random words');
		expect(await unlockKey(locked, 'cafe\u0301 four random words')).toBe(key);
		expect(await unlockKey(locked, 'cafe four random words')).toBeNull();
	});

	test('is different each time and holds nothing of the key', async () => {
		const [one, two] = await Promise.all([lockKey(key, 'words'), lockKey(key, 'words')]);
		expect(one.salt).not.toEqual(two.salt);
		expect(one.iv).not.toEqual(two.iv);
		expect(one.data).not.toEqual(two.data);
		expect(new TextDecoder('latin1').decode(one.data)).not.toContain('canary');
		expect(one.iterations).toBeGreaterThanOrEqual(600_000);
	});

	test('does not open once it was tampered with', async () => {
		const locked = await lockKey(key, 'words');
		const data = locked.data.map((byte, place) => (place === 0 ? byte ^ 1 : byte));
		expect(await unlockKey({ ...locked, data }, 'words')).toBeNull();
	});
});
