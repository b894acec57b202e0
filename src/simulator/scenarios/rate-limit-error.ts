import { modelIn } from '../exchange';
import { instant, rateLimits } from '../rate-limits';
import { refusing } from './refusing';

const SECONDS = 8;

export const rateLimitError = refusing({
	status: 429,
	title: '429 rate_limit_error',
	about: `Too many requests: to be tried again after ${SECONDS} seconds, as retry-after says.`,
	message: (exchange) =>
		`This request would exceed your organization's rate limit of 1,000 requests per minute (org: 00000000-0000-0000-0000-000000000000, model: ${exchange.model?.snapshot ?? modelIn(exchange)}). For details, refer to: https://docs.claude.com/en/api/rate-limits. You can see the response headers for current usage. Please reduce the prompt length or the maximum tokens requested, or try again later.`,
	headers: ({ inputTokens, now }) => ({
		...rateLimits(inputTokens, now),
		'anthropic-ratelimit-requests-remaining': '0',
		'anthropic-ratelimit-requests-reset': instant(now + SECONDS * 1000),
		'retry-after': String(SECONDS),
	}),
});
