import { refusing } from './refusing';

/** The wording is ours: no such answer was seen. */
export const timeoutError = refusing({
	status: 504,
	title: '504 timeout_error',
	about: 'The answer took longer than the API waits for one: streaming avoids that.',
	message: 'The request timed out.',
});
