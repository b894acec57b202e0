import { refusing } from './refusing';

export const authenticationError = refusing({
	status: 401,
	title: '401 authentication_error',
	about: 'The key is not known.',
	message: 'invalid x-api-key',
});
