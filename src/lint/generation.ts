import type { Model } from '../model/models';

/**
 * The generation that a model's id names, as a number that can be compared: 408 for Claude 4.8, 500 for Claude 5. Null for
 * a model that is unknown, of a line that is, or whose id names none.
 */
export function generationOf(model: Model | null): number | null {
	// Of a line that nobody knows, nobody knows how it counts.
	if (!model?.line) return null;
	const [, major, minor = '0'] = /-(\d{1,2})(?:-(\d{1,2}))?(?:-|$)/.exec(model.id) ?? [];
	return major === undefined ? null : Number(major) * 100 + Number(minor);
}
