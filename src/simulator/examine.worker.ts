import { examine } from './examine';
import type { Arrived, Verdict } from './examiner';

addEventListener('message', ({ data: { headers, body, today } }: MessageEvent<Arrived>) => {
	const verdict = examine(new Headers(headers), body, today).then<Verdict>((found) =>
		// The page reads the request itself: to hand it back would take as long.
		'status' in found ? found : { apiVersion: found.apiVersion, inputTokens: found.inputTokens },
	);
	// What could not be loaded here may be loaded there.
	void verdict.then(postMessage, () => postMessage(null));
});
