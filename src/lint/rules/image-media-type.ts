import { isJsonObject } from '../../model/json';
import { everyBlock } from '../conversation';
import { payloadOf } from '../base64';
import { CHECKED, docs, type Rule } from '../rule';

export const imageMediaType: Rule = {
	id: 'image-media-type',
	severity: 'rejected',
	title: 'media_type names what the bytes are',
	why: 'The bytes of an image decide what it is, whatever its file was called, and media_type has to say the same. Until some day before April 2026 only some images were checked for it: recordings of smaller ones were accepted.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	since: '2026-04-01',
	check: (context) =>
		everyBlock(context.request).flatMap(({ type, value: { source }, path: block }) => {
			if (type !== 'image' || !isJsonObject(source) || source.type !== 'base64') return [];
			const { data, media_type: claimed } = source;
			if (typeof data !== 'string' || typeof claimed !== 'string') return [];
			const { mediaType } = payloadOf(data, context)?.image() ?? { mediaType: claimed };
			if (mediaType === claimed) return [];
			const path = [...block, 'source', 'media_type'];
			return [
				{
					path,
					message: `The bytes are ${mediaType}.`,
					apiMessage: `${block.join('.')}.image.source.base64: The image was specified using the ${claimed} media type, but the image appears to be a ${mediaType} image`,
					fixes: [{ label: `Say ${mediaType}`, changes: [{ kind: 'set', path, value: mediaType }] }],
				},
			];
		}),
};
