import { afterEach, describe, expect, test } from 'vitest';
import { stickToEnd } from '../../../../src/ui/response/stick-to-end';

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
let cleanUp = () => {};
afterEach(() => cleanUp());

/** A scroller 100 px high whose content a test can let grow. */
function scroller(growing: () => boolean) {
	const element = document.createElement('div');
	const content = document.createElement('div');
	element.style.cssText = 'height: 100px; overflow: auto; overflow-anchor: none';
	element.append(content);
	document.body.append(element);
	const detach = stickToEnd(growing)(element);
	cleanUp = () => {
		if (detach) detach();
		element.remove();
	};
	return {
		element,
		grow: async (height: number) => {
			content.style.height = `${height}px`;
			await frame();
			return element.scrollTop;
		},
		scroll: async (top: number) => {
			element.scrollTop = top;
			await frame();
		},
	};
}

describe('stickToEnd', () => {
	test('stays at the end while the content grows', async () => {
		const { grow } = scroller(() => true);
		expect(await grow(50)).toBe(0);
		expect(await grow(300)).toBe(200);
		expect(await grow(1000)).toBe(900);
	});

	test('leaves the reader who scrolled up where they are, until they come back', async () => {
		const { grow, scroll } = scroller(() => true);
		await grow(1000);
		await scroll(400);
		expect(await grow(1200)).toBe(400);
		await scroll(1100);
		expect(await grow(1500)).toBe(1400);
	});

	test('shows a reader at the end the ending too, and what comes after it, until they turn to something', async () => {
		let growing = true;
		const { grow } = scroller(() => growing);
		await grow(300);
		growing = false;
		expect(await grow(400)).toBe(300);
		expect(await grow(450)).toBe(350);
		dispatchEvent(new PointerEvent('pointerdown'));
		expect(await grow(1000)).toBe(350);
	});

	test('leaves what is complete at its beginning', async () => {
		const { grow } = scroller(() => false);
		expect(await grow(1000)).toBe(0);
	});
});
