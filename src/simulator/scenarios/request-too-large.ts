import { refusing } from './refusing';

export const requestTooLarge = refusing({
	status: 413,
	title: '413 request_too_large',
	about: 'The body is too large, as any above 32 MB is.',
	message: 'Request exceeds the maximum size',
});
