import { render, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Notice } from '../../../../src/state/intake.svelte';
import FileNotices from '../../../../src/ui/files/FileNotices.svelte';

const offer: Notice = {
	id: 1,
	place: { turn: 0, replacing: null },
	name: 'ant.bmp',
	reason: 'It is BMP; the API takes JPEG, PNG, GIF and WebP.',
	action: 'Convert to PNG',
	busy: false,
};
const refusal: Notice = { ...offer, id: 2, name: 'ant.heic', action: null };

function show(notices: readonly Notice[]) {
	const done: string[] = [];
	const intake = {
		accept: (id: number) => Promise.resolve(void done.push(`accept ${id}`)),
		dismiss: (id: number) => void done.push(`dismiss ${id}`),
	};
	render(FileNotices, { intake, notices });
	return done;
}

describe('FileNotices', () => {
	test('says which file was not added, why, and offers what helps', async () => {
		const done = show([offer, refusal]);
		const [first, second] = screen.getAllByRole('alert');
		expect(first?.textContent).toContain('ant.bmp was not added. It is BMP; the API takes JPEG, PNG, GIF and WebP.');
		expect(second?.querySelectorAll('button')).toHaveLength(1);
		await userEvent.click(screen.getByRole('button', { name: 'Convert to PNG' }));
		await userEvent.click(screen.getByRole('button', { name: 'Dismiss ant.heic' }));
		expect(done).toEqual(['accept 1', 'dismiss 2']);
	});

	test('cannot be asked twice while the conversion is under way', () => {
		show([{ ...offer, busy: true }]);
		expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Convert to PNG' }).disabled).toBe(true);
	});
});
