import { expect, test } from 'vitest';
import type { News } from '../../../src/model/saved';
import { SecondLook } from '../../../src/state/second-look';
import type { Steps } from '../../../src/store/database';
import { memoryDatabase } from '../../../src/store/memory-database';

test('looks up what is told while it looks up something else, also where that was shown before', async () => {
	const database = memoryDatabase('test');
	const reading = Promise.withResolvers<void>();
	const read = <T>(steps: Steps<T>) => reading.promise.then(() => database.read(steps));
	const shown: News[] = [];
	const look = new SecondLook({ ...database, read }, { changes: 1, show: (news) => shown.push(...news) });
	look.heard([{ id: 'ant', summary: null }]);
	look.heard([{ id: 'bee', summary: null }]);
	reading.resolve();
	await expect.poll(() => shown.map(({ id }) => id)).toEqual(['ant', 'bee']);
});
