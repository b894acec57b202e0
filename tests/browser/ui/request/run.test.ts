import { render } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import Run from '../../../../src/ui/request/Run.svelte';

/** The button as the page has it: it is busy from the press on, until it is told to stop. */
function shown() {
	const onrun = vi.fn(() => void rerender({ busy: true }));
	const onstop = vi.fn(() => void rerender({ busy: false }));
	const { rerender } = render(Run, { busy: false, onrun, onstop });
	return { onrun, onstop };
}
const run = page.getByRole('button', { name: 'Run', exact: true });
const stop = page.getByRole('button', { name: 'Stop', exact: true });

test('a double click on Run runs, and stops nothing', async () => {
	const { onrun, onstop } = shown();
	await userEvent.dblClick(run);
	await expect.element(stop).toBeVisible();
	expect(onrun).toHaveBeenCalledOnce();
	expect(onstop).not.toHaveBeenCalled();
});

test('who runs by the keyboard can stop by it, from the same place', async () => {
	const { onstop } = shown();
	(run.element() as HTMLElement).focus(); // a button is one
	await userEvent.keyboard('{Enter}');
	await expect.element(stop).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	await expect.element(run).toHaveFocus();
	expect(onstop).toHaveBeenCalledOnce();
});

test('a key that is held down on Run runs once', async () => {
	const { onrun, onstop } = shown();
	(run.element() as HTMLElement).focus(); // as above
	await userEvent.keyboard('{Enter>3/}');
	expect(onrun).toHaveBeenCalledOnce();
	expect(onstop).not.toHaveBeenCalled();
});
