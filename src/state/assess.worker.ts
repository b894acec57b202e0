import type { JsonObject } from '../model/json';
import { assess } from './assess';
import type { Question } from './assessor';

/** What has come of a text that is too long to be handed over at once. */
let before = '';

addEventListener('message', ({ data }: MessageEvent<Question | string>) => {
	if (typeof data === 'string') {
		before += data;
		return;
	}
	// Only what parses as an object is asked about.
	const text = before + data.text;
	void assess(text, JSON.parse(text) as JsonObject, data).then((assessment) => postMessage(assessment));
});
