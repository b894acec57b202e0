import type { ImageFacts } from '../../model/image';
import { IMAGE_LIMITS } from '../../model/image-limits';
import { isJsonObject, type JsonPath } from '../../model/json';
import { everyBlock } from '../conversation';
import { payloadOf } from '../base64';
import { CHECKED, docs, type Fault, type Rule } from '../rule';

const MEGABYTE = 1_048_576;
/** The last day on which an image could have half of what it can since (release notes of May 2026). */
const LAST_SMALL = '2026-05-12';

export const imageBytes: Rule = {
	id: 'image-bytes',
	severity: 'rejected',
	title: 'An image can be read, and is not too large',
	why: 'An image may be 10 MB as base64 (5 MB until May 2026) and 8,000 pixels a side, 2,000 once there are more than 20 images.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	check(context) {
		const images = everyBlock(context.request).filter(({ type }) => type === 'image');
		const most = context.today > LAST_SMALL ? IMAGE_LIMITS.base64Length : 5 * MEGABYTE;
		const many = images.length > IMAGE_LIMITS.fewImages;
		return images.flatMap(({ value: { source }, path }) => {
			if (!isJsonObject(source) || source.type !== 'base64' || typeof source.data !== 'string') return [];
			const { data } = source;
			const payload = payloadOf(data, context);
			if (!payload) return [];
			const place = [...path, 'source'];
			const name = `${path.join('.')}.image.source.base64`;
			if (payload.length > most)
				return [
					{
						path: [...place, 'data'],
						message: `The image is larger than ${most / MEGABYTE} MB as base64.`,
						apiMessage: `${name}: image exceeds ${most / MEGABYTE} MB maximum: ${payload.length} bytes > ${most} bytes`,
					},
				];
			const image = payload.image();
			if (!image) return [unreadable(data, [...place, 'data'])];
			return oversized(image, many, place, name);
		});
	},
};

function unreadable(data: string, path: JsonPath): Fault {
	const [, bare] = /^data:[^,]*;base64,(.*)$/s.exec(data) ?? [];
	return {
		path,
		message:
			bare === undefined
				? 'This is not the base64 of an image the API can read.'
				: 'data is plain base64, without “data:” before it.',
		apiMessage: 'Could not process image',
		fixes:
			bare === undefined
				? []
				: [{ label: 'Remove what stands before the base64', changes: [{ kind: 'set', path, value: bare }] }],
	};
}

function oversized({ width, height }: ImageFacts, many: boolean, place: JsonPath, name: string): Fault[] {
	const side = many ? IMAGE_LIMITS.sideOfMany : IMAGE_LIMITS.side;
	if (Math.max(width, height) <= side) return [];
	return [
		{
			path: [...place, 'data'],
			message: `The image is ${width} × ${height} pixels; ${side} a side are taken${many ? ' with more than 20 images' : ''}.`,
			apiMessage: `${name}.data: At least one of the image dimensions exceed max allowed size${many ? ' for many-image requests' : ''}: ${side} pixels`,
		},
	];
}
