import { refusing } from './refusing';

export const apiError = refusing({
	status: 500,
	title: '500 api_error',
	about: 'Something went wrong inside the API.',
	message: 'Internal server error',
});
