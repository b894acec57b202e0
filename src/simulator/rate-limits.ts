/** The limits of the documentation's first tier: https://platform.claude.com/docs/en/api/rate-limits, checked 2026-11-22. */
const LIMITS = { requests: 1_000, 'input-tokens': 2_000_000, 'output-tokens': 400_000, tokens: 2_400_000 };

/** The rate-limit headers of an answer to so many input `tokens`. Nothing is really used up: each request finds the bucket full but for itself. */
export function rateLimits(tokens: number, now: number): Record<string, string> {
	const used = { requests: 1, 'input-tokens': tokens, 'output-tokens': 0, tokens };
	const reset = instant(now + 1000);
	return Object.fromEntries(
		(Object.keys(LIMITS) as (keyof typeof LIMITS)[]).flatMap((name) => {
			const left = LIMITS[name] - used[name];
			// Tokens that are left are told in thousands.
			const remaining = name === 'requests' ? left : Math.max(0, Math.round(left / 1000) * 1000);
			const header = `anthropic-ratelimit-${name}`;
			return [
				[`${header}-limit`, String(LIMITS[name])],
				[`${header}-remaining`, String(remaining)],
				[`${header}-reset`, reset],
			];
		}),
	);
}

/** The moment `at`, in milliseconds since the epoch, as the API writes it into headers: RFC 3339, whole seconds. */
export function instant(at: number): string {
	return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
