import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { playwright } from '@vitest/browser-playwright';
import { chromium } from 'playwright';
import { defineConfig } from 'vitest/config';
import { requireChromium } from './scripts/browsers.mjs';
import { prebundled } from './scripts/prebundled.mjs';
import { recordedRequests } from './tests/fidelity/recorded-requests.ts';

/** When to give up on what does not come, in milliseconds: no promise of speed, so long enough for a busy machine. */
const patience = { test: 60_000, poll: 10_000 };

export default defineConfig(() => {
	const found = requireChromium(chromium.executablePath());
	return {
		plugins: [svelte()],
		define: { __API_ORIGINS__: '[]' },
		worker: { format: 'es' as const },
		test: {
			testTimeout: patience.test,
			projects: [
				{
					extends: true as const,
					test: {
						name: 'unit',
						environment: 'node',
						include: ['tests/unit/**/*.test.ts'],
					},
				},
				{
					extends: true as const,
					// Clean-up only: with the full plugin Svelte resolves to its server build in browser mode.
					plugins: [svelteTesting({ resolveBrowser: false, noExternal: false })],
					optimizeDeps: { include: ['axe-core', '@testing-library/svelte', 'fast-check', ...prebundled] },
					test: {
						name: 'browser',
						include: ['tests/browser/**/*.test.ts'],
						expect: { poll: { timeout: patience.poll } },
						setupFiles: ['tests/browser/patience.ts'],
						provide: { patience: patience.poll },
						browser: {
							enabled: true,
							headless: true,
							screenshotFailures: false,
							commands: { recordedRequests },
							viewport: { width: 1440, height: 900 },
							provider: playwright({
								launchOptions: {
									executablePath: found.executablePath,
									env: { ...process.env, ...found.env },
								},
							}),
							instances: [{ browser: 'chromium' as const }],
						},
					},
				},
			],
		},
	};
});
