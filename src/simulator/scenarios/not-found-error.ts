import { modelIn } from '../exchange';
import { refusing } from './refusing';

export const notFoundError = refusing({
	status: 404,
	title: '404 not_found_error',
	about: 'The model is not there, whichever it is: retired, misspelt, or closed to this key.',
	message: (exchange) => `model: ${modelIn(exchange)}`,
});
