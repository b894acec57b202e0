import { isJsonArray, isJsonObject, type JsonValue } from './json';

/** The media types an image block may name: https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** What the first bytes of an image tell. Width and height are the pixels as stored, before any EXIF orientation. */
export interface ImageFacts {
	readonly mediaType: ImageType;
	readonly width: number;
	readonly height: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

/** How large an image a model looks at; a larger one is scaled down by the API before it is read. */
export type ImageTier = 'standard' | 'high';

/** `high`: Claude 4.7 and later. https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22. */
export const IMAGE_TIERS: Readonly<Record<ImageTier, { readonly maxSide: number; readonly maxTokens: number }>> = {
	standard: { maxSide: 1568, maxTokens: 1568 },
	high: { maxSide: 2576, maxTokens: 4784 },
};

/** The number of base64 characters that `byteLength` bytes become, padding counted. */
export function base64LengthOf(byteLength: number): number {
	return Math.ceil(byteLength / 3) * 4;
}

/** The largest size of the same shape that keeps within both limits, which is what the API scales to. Never larger than it was. */
export function fitWithin(
	{ width, height }: Size,
	{ maxSide, maxTokens }: { maxSide: number; maxTokens: number },
): Size {
	const longest = Math.max(width, height);
	// The size is whole pixels of the long side with the other one rounded: it reproduces every size the documentation prints.
	const scaledTo = (side: number): Size =>
		side === longest
			? { width, height }
			: {
					width: Math.max(1, Math.round((width * side) / longest)),
					height: Math.max(1, Math.round((height * side) / longest)),
				};
	let side = Math.min(longest, maxSide);
	while (side > 1 && patchesOf(scaledTo(side)) > maxTokens) side--;
	return scaledTo(side);
}

/**
 * The tokens an image costs: one a patch of 28 × 28 pixels, after the API has scaled it to the model's tier.
 * https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22.
 */
export function imageTokens(size: Size, tier: ImageTier): number {
	return patchesOf(fitWithin(size, IMAGE_TIERS[tier]));
}

const PATCH = 28;

function patchesOf({ width, height }: Size): number {
	return Math.ceil(width / PATCH) * Math.ceil(height / PATCH);
}

/** How many images `value` holds, a request's messages or a part of them, however deep. */
export function imagesIn(value: JsonValue | undefined): number {
	if (isJsonArray(value)) return value.reduce<number>((sum, item) => sum + imagesIn(item), 0);
	if (!isJsonObject(value)) return 0;
	return value.type === 'image' ? 1 : imagesIn(value.content);
}
