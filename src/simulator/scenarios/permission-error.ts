import { refusing } from './refusing';

/** The wording is ours: no such answer was seen. */
export const permissionError = refusing({
	status: 403,
	title: '403 permission_error',
	about: 'The key is good, but may not be used for this.',
	message: 'This API key is not permitted to use the requested resource.',
});
