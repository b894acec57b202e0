import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import JsonBlock from '../../../../src/ui/response/JsonBlock.svelte';
import { INHERITED } from '../../../fixtures/inherited';

test.each<[type: string, called: string]>([
	['tool_use', 'Tool use'],
	...INHERITED.map((type): [string, string] => [type, type]),
])('a block of the type %s is called %s', async (type, called) => {
	render(JsonBlock, { block: { type }, unfinished: undefined, growing: false });
	await expect.element(page.getByText(called, { exact: true })).toBeVisible();
});
