/** A command in a shell: at the beginning of a line, or after what may stand before it. */
export const CURL =
	/(?:^|[|;&(]|\b(?:then|do|sudo|time)\b)[ \t]*(?:[$>%#] ?|PS[^\n>]*>[ \t]*)?(?:[\w.:\\/-]{0,200}[\\/])?curl(?:\.exe)?[ \t\u00a0\\^`]/m;
/** One of PowerShell's own commands that ask the web, also by the names of others that stand for it there. */
export const INVOKE =
	/(?:^|[|;&({=>])[ \t]*(?:(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)(?=[ \t`])|(?:curl|wget)(?=[ \t][^\n'"]{0,200}(?:'[^'\n]{0,200}'|"[^"\n]{0,200}")?[ \t]*-(?:Uri|Method|Headers|Body)\b))/im;
/** A call in a program that may send a request. */
export const CODE =
	/\b(?:messages|completions|responses|embeddings)\s*(?:\??\.\s*\w+\s*)*\??\.\s*(?:create|stream|parse|count_?tokens|tool_?runner)\s*\(|\b(?:fetch|request|Request)\s*\(|\.\s*post\s*[<(]/i;

/** Whether a command or a program that may send a request stands anywhere in `text`. */
export const holdsProgram = (text: string) => [CURL, INVOKE, CODE].some((mark) => mark.test(text));

/** How a JSON document begins, or a part of one. Python begins a long string in its own way. */
const JSON_PART = /^\s*(?!""")(?:[[\]{}",:]|-?\d|(?:true|false|null)\b)/;
/** What words about a program lack, and a request has: where it goes, or what the call is of. */
const ADDRESSED = /https?:|\b(?:messages|completions|responses)\b/i;

/**
 * Whether `text` looks like a command or a program that sends a request, rather than like JSON or a part of it. A glance,
 * for when there is no time to read it: what it is, `recognise` says.
 */
export function looksLikeProgram(text: string): boolean {
	return !JSON_PART.test(text) && ADDRESSED.test(text) && holdsProgram(text);
}
