// Made once: to make one takes longer than all else that a row of the list needs.
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago `then` (RFC 3339) was, as people say it: "now", "3 hours ago", "yesterday", "14 Nov". Empty if it is no date. */
export function when(then: string, now: number): string {
	const at = Date.parse(then);
	if (Number.isNaN(at)) return '';
	const past = Math.max(0, now - at);
	const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
	if (past < MINUTE) return ago.format(0, 'second');
	if (past < HOUR) return ago.format(-Math.floor(past / MINUTE), 'minute');
	if (days < 1) return ago.format(-Math.floor(past / HOUR), 'hour');
	if (days < 7) return ago.format(-days, 'day');
	const sameYear = new Date(now).getFullYear() === new Date(at).getFullYear();
	return (sameYear ? dayAndMonth : dayMonthAndYear).format(at);
}

function startOfDay(time: number): number {
	return new Date(time).setHours(0, 0, 0, 0);
}
