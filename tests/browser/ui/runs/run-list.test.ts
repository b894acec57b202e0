import { render } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunHead } from '../../../../src/model/saved';
import RunList from '../../../../src/ui/runs/RunList.svelte';
import { runWith } from '../../../fixtures/runs';

const heads: readonly RunHead[] = [
	{ ...runWith({}), id: 'second', pinned: true },
	{ ...runWith({ status: 400 }), id: 'first' },
];
const called = () => ({ onshow: vi.fn(), onrestore: vi.fn(), onpin: vi.fn(), onrecord: vi.fn(), onremove: vi.fn() });

async function choose(name: string) {
	await page.getByRole('button', { name: 'More' }).click();
	await page.getByRole('menuitem', { name, exact: true }).click();
}

describe('the list of runs', () => {
	test('says of each how it ended and whether it is pinned, and shows it', async () => {
		const props = called();
		render(RunList, { runs: heads, shown: null, underWay: null, ...props });
		const items = page.getByRole('list', { name: 'Runs' }).getByRole('button');
		await expect.element(items.first()).toHaveAccessibleName(/^2 200 .*Pinned$/);
		await expect.element(items.last()).toHaveAccessibleName(/^1 400 /);
		await items.last().click();
		expect(props.onshow).toHaveBeenCalledExactlyOnceWith('first');
		await expect.element(page.getByRole('button', { name: 'More' })).not.toBeInTheDocument();
	});

	test('says of one that had to be kept before it ended that it is under way', async () => {
		const begun = { ...runWith({ ending: { kind: 'broken', reason: 'The page was closed.' } }), id: 'begun' };
		const { rerender } = render(RunList, { runs: [begun], shown: 'begun', underWay: 'begun', ...called() });
		const item = page.getByRole('list', { name: 'Runs' }).getByRole('button');
		await expect.element(item).toHaveAccessibleName(/^1 under way /);
		await rerender({ underWay: null });
		await expect.element(item).toHaveAccessibleName(/^1 cut off /);
	});

	test('pins the run on show and lets it go, restores its request, deletes it', async () => {
		const props = called();
		const { rerender } = render(RunList, { runs: heads, shown: 'first', underWay: null, ...props });
		await choose('Pin run');
		expect(props.onpin).toHaveBeenLastCalledWith('first', true);
		await choose('Restore its request');
		expect(props.onrestore).toHaveBeenCalledExactlyOnceWith('first');
		await choose('Record as a scenario');
		expect(props.onrecord).toHaveBeenCalledExactlyOnceWith('first');
		await choose('Delete run');
		expect(props.onremove).toHaveBeenCalledExactlyOnceWith('first');
		await rerender({ shown: 'second' });
		await choose('Unpin run');
		expect(props.onpin).toHaveBeenLastCalledWith('second', false);
	});

	test('does not delete a run that is pinned, and says why', async () => {
		const props = called();
		render(RunList, { runs: heads, shown: 'second', underWay: null, ...props });
		await page.getByRole('button', { name: 'More' }).click();
		await userEvent.keyboard('{End}');
		const item = page.getByRole('menuitem', { name: 'Delete run (pinned: unpin it first)' });
		await expect.element(item).toHaveFocus();
		await expect.element(item).toHaveAttribute('aria-disabled', 'true');
		await userEvent.keyboard('{Enter}');
		expect(props.onremove).not.toHaveBeenCalled();
		await expect.element(item).toBeVisible();
	});

	test('offers to record only what a real API has answered', async () => {
		const simulated = { ...heads[0]!, target: { kind: 'simulated' } as const }; // there are two
		const unanswered = { ...runWith({ status: null, ending: { kind: 'stopped' } }), id: 'unanswered' };
		const { rerender } = render(RunList, {
			runs: [simulated, unanswered],
			shown: simulated.id,
			underWay: null,
			...called(),
		});
		for (const shown of [simulated.id, unanswered.id]) {
			await rerender({ shown });
			await page.getByRole('button', { name: 'More' }).click();
			await expect.element(page.getByRole('menuitem', { name: 'Delete run' })).toBeVisible();
			expect(page.getByRole('menuitem', { name: 'Record as a scenario' }).query()).toBeNull();
			await userEvent.keyboard('{Escape}');
		}
	});
});
