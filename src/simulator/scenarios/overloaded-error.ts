import { refusing } from './refusing';

export const overloadedError = refusing({
	status: 529,
	title: '529 overloaded_error',
	about: 'The API has too much to do for everybody.',
	message: 'Overloaded',
});
