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

/**
 * What the API refuses: base64 characters of one image (seen in its answer of 2026-09-29), pixels of a side, and pixels of
 * a side once a request holds more than `fewImages`. https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22.
 */
export const IMAGE_LIMITS = { base64Length: 10_485_760, side: 8000, sideOfMany: 2000, fewImages: 20 } as const;

/** The accepted media types as a person reads them. */
export const TAKEN_TYPES = 'JPEG, PNG, GIF and WebP';

/** The number of base64 characters that `byteLength` bytes become, padding counted. */
export function base64LengthOf(byteLength: number): number {
	return Math.ceil(byteLength / 3) * 4;
}

/** Why the API would refuse an image: by its type, its size on the wire, or its pixels. */
export interface ImageProblem {
	readonly kind: 'type' | 'bytes' | 'pixels';
	/** A sentence for a person: what is wrong, and what the API takes. */
	readonly message: string;
}

/** What the API would refuse about an image in a request of `imageCount` images, this one counted. Empty when nothing is. */
export function problemsOfImage(
	{ mediaType, width, height, base64Length }: Size & { mediaType: string; base64Length: number },
	{ imageCount }: { imageCount: number },
): ImageProblem[] {
	const problems: ImageProblem[] = [];
	if (!IMAGE_TYPES.some((type) => type === mediaType))
		problems.push({ kind: 'type', message: `It is ${mediaType}; the API takes ${TAKEN_TYPES}.` });
	if (base64Length > IMAGE_LIMITS.base64Length)
		problems.push({
			kind: 'bytes',
			message: `It is ${count(base64Length)} characters as base64; the API takes ${count(IMAGE_LIMITS.base64Length)} (10 MB) an image.`,
		});
	const many = imageCount > IMAGE_LIMITS.fewImages;
	const side = many ? IMAGE_LIMITS.sideOfMany : IMAGE_LIMITS.side;
	if (Math.max(width, height) > side)
		problems.push({
			kind: 'pixels',
			message:
				`It is ${writeSize({ width, height })} pixels; the API takes ${count(side)} a side` +
				(many ? ` when a request holds more than ${IMAGE_LIMITS.fewImages} images.` : '.'),
		});
	return problems;
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

/** Write pixels as the page does everywhere: `812 × 640`. */
export function writeSize({ width, height }: Size): string {
	return `${width} × ${height}`;
}

/** Write a length in bytes for a person, in decimal units: `214 kB`, `1.2 MB`, `10.7 GB`. */
export function writeBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
	return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

const PATCH = 28;

function patchesOf({ width, height }: Size): number {
	return Math.ceil(width / PATCH) * Math.ceil(height / PATCH);
}

function count(value: number): string {
	return value.toLocaleString('en');
}
