/** A request to start from, around the JSON text of its `messages`: the cheapest model that is not about to retire. */
export function newRequest(messages: string): string {
	return `{
  "model": "claude-haiku-5-5",
  "max_tokens": 1024,
  "messages": ${messages}
}`;
}
