import type { JsonObject } from '../model/json';
import { assess } from './assess';
import type { Question } from './assessor';

addEventListener('message', ({ data: { text, sending, sizes } }: MessageEvent<Question>) => {
	// Only what parses as an object is asked about.
	void assess(JSON.parse(text) as JsonObject, sending, sizes).then((assessment) => postMessage(assessment));
});
