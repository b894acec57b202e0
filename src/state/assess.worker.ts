import type { JsonObject } from '../model/json';
import { assess } from './assess';
import type { Question } from './assessor';

addEventListener('message', ({ data }: MessageEvent<Question>) => {
	// Only what parses as an object is asked about.
	void assess(data.text, JSON.parse(data.text) as JsonObject, data).then((assessment) => postMessage(assessment));
});
