const relative = { numeric: 'auto', style: 'long' } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago `then` (RFC 3339) was, as people say it: "now", "3 hours ago", "yesterday", "14 Nov". Empty if it is no date. */
export function when(then: string, now: number): string {
	const at = Date.parse(then);
	if (Number.isNaN(at)) return '';
	const format = new Intl.RelativeTimeFormat('en', relative);
	const past = Math.max(0, now - at);
	const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
	if (past < MINUTE) return format.format(0, 'second');
	if (past < HOUR) return format.format(-Math.floor(past / MINUTE), 'minute');
	if (days < 1) return format.format(-Math.floor(past / HOUR), 'hour');
	if (days < 7) return format.format(-days, 'day');
	const sameYear = new Date(now).getFullYear() === new Date(at).getFullYear();
	const year = sameYear ? {} : ({ year: 'numeric' } as const);
	return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...year }).format(at);
}

function startOfDay(time: number): number {
	return new Date(time).setHours(0, 0, 0, 0);
}
