import type { Model } from '../model/models';

/**
 * Tokens below which nothing is cached, and nothing is said of it. Models that are not here are not documented.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching, checked 2026-11-22.
 */
const LEAST: Readonly<Record<string, number>> = {
	'claude-opus-5': 512,
	'claude-fable-5': 512,
	'claude-mythos-5': 512,
	'claude-opus-4-8': 1024,
	'claude-sonnet-5': 1024,
	'claude-sonnet-4-6': 1024,
	'claude-sonnet-4-5': 1024,
	'claude-opus-4-7': 2048,
	'claude-mythos-preview': 2048,
	'claude-opus-4-6': 4096,
	'claude-opus-4-5': 4096,
	'claude-haiku-4-5': 4096,
};

/** The fewest tokens of a prompt that `model` caches; null where that is unknown. */
export function leastCached(model: Model | null): number | null {
	return (model && LEAST[model.id]) ?? null;
}
