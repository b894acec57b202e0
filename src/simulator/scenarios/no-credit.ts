import { refusing } from './refusing';

export const noCredit = refusing({
	status: 400,
	title: '400 no credit',
	about: 'The credit of the organization is used up, which the API says as if the request were not valid.',
	message:
		'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
});
