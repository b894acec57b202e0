import { existsSync } from 'node:fs';
import { parsed } from '../../src/model/json.ts';
import { ALL_FILES, exchangesIn } from './traffic.ts';

/** Where recorded traffic lies beside a working copy; a clone has none. */
export const TRAFFIC = '../shared/traffic';

/**
 * For tests in the browser: recorded requests, one of each shape (which parameters, roles and blocks it has), so that
 * thousands of near repeats are not drawn. Empty where there is no recorded traffic.
 */
export async function recordedRequests(): Promise<string[]> {
	if (!existsSync(TRAFFIC)) return [];
	const byShape = new Map<string, string>();
	for await (const { method, request_body_raw: text } of exchangesIn(TRAFFIC, ALL_FILES)) {
		const request = method === 'POST' && text ? parsed(text) : undefined;
		if (!text || request === undefined) continue;
		const shape = shapeOf(request);
		if (!byShape.has(shape)) byShape.set(shape, text);
	}
	return [...byShape.values()];
}

/** The names and types in a value, without its words and how often things repeat. */
function shapeOf(value: unknown): string {
	if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort().join('|')}]`;
	if (typeof value !== 'object' || value === null) return typeof value;
	const parts = Object.entries(value).map(([key, inner]) =>
		key === 'type' || key === 'role'
			? `${key}=${String(inner)}`
			: key === 'schema' || key === 'input_schema'
				? key
				: `${key}:${shapeOf(inner)}`,
	);
	return `{${parts.sort().join(',')}}`;
}
