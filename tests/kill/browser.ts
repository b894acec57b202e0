import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type BrowserContext } from '@playwright/test';
import { requireChromium } from '../../scripts/browsers.mjs';

/** A Chromium of its own on a profile that outlives it. */
export interface MortalBrowser {
	readonly context: BrowserContext;
	/**
	 * End all of its processes at once, with no chance to finish anything, and wait until the last of them is gone: one that
	 * is not may still hold files of the profile. Gives when they were ended, in milliseconds since 1970; also when asked again.
	 */
	kill(): Promise<number>;
}

/** Start Chromium on the profile in the folder `profile`. Throws where there is none, or it does not start. */
export async function startBrowser(profile: string): Promise<MortalBrowser> {
	const { executablePath, env } = requireChromium(chromium.executablePath());
	const browser = spawn(
		executablePath,
		[
			`--user-data-dir=${profile}`,
			'--remote-debugging-port=0',
			'--headless',
			'--window-size=1440,900',
			'--no-sandbox',
			'--no-first-run',
			'--disable-quic',
			'--disable-breakpad',
			'--disable-dev-shm-usage',
			'--disable-component-update',
			'--disable-background-networking',
			// A page that nobody looks at must keep time like one that somebody does.
			'--disable-background-timer-throttling',
			'--disable-backgrounding-occluded-windows',
			'--disable-renderer-backgrounding',
			'about:blank',
		],
		// A group of its own, so that the whole of it can be killed.
		{ detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
	);
	// Each of its processes has this pipe, which closes with the last of them; the first is often gone before the others.
	const gone = once(browser, 'close');
	const connection = await chromium.connectOverCDP(await addressIn(browser.stderr));
	const context = connection.contexts()[0]!; // the profile's own
	const kill = async () => {
		const pid = browser.pid!; // it has been connected to
		const at = Date.now();
		if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
		else process.kill(-pid, 'SIGKILL');
		await gone;
		return at;
	};
	let killed: Promise<number> | null = null;
	return { context, kill: () => (killed ??= kill()) };
}

/** The address that Chromium says it listens at. Throws with what it said instead. */
async function addressIn(said: NodeJS.ReadableStream): Promise<string> {
	const lines: string[] = [];
	for await (const line of createInterface({ input: said })) {
		const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
		if (address) {
			// Whatever else it says must not fill the pipe.
			said.resume();
			return address;
		}
		lines.push(line);
	}
	throw new Error(`Chromium did not start:\n${lines.join('\n')}`);
}
