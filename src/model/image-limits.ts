import { IMAGE_TYPES, type Size } from './image';
import { writeSize } from './measures';

/**
 * What the API refuses: base64 characters of one image (seen in its answer of 2026-09-29), pixels of a side, and pixels of
 * a side once a request holds more than `fewImages`. https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22.
 */
export const IMAGE_LIMITS = { base64Length: 10_485_760, side: 8000, sideOfMany: 2000, fewImages: 20 } as const;

/** The accepted media types as a person reads them. */
export const TAKEN_TYPES = 'JPEG, PNG, GIF and WebP';

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

function count(value: number): string {
	return value.toLocaleString('en');
}
