import { isJsonObject } from '../../model/json';
import { everyBlock } from '../conversation';
import { payloadOf } from '../base64';
import { CHECKED, docs, type Rule } from '../rule';

/** The day of the oldest refusal in today's words that is known (anthropics/claude-code#35234). */
const FIRST_IN_NEW_WORDS = '2026-03-17';

export const imageMediaType: Rule = {
	id: 'image-media-type',
	severity: 'rejected',
	title: 'media_type names what the bytes are',
	why: 'The bytes of an image decide what it is, whatever its file was called, and media_type has to say the same. Until November 2025 only some images were checked for it: recordings of others were accepted.',
	link: docs('build-with-claude/vision'),
	checked: CHECKED,
	// The day of the oldest refusal (anthropics/claude-code#11908) after the newest recording of one that was taken.
	since: '2025-11-18',
	check: (context) =>
		everyBlock(context.request).flatMap(({ type, value: { source }, path: block }) => {
			if (type !== 'image' || !isJsonObject(source) || source.type !== 'base64') return [];
			const { data, media_type: claimed } = source;
			if (typeof data !== 'string' || typeof claimed !== 'string') return [];
			const { mediaType } = payloadOf(data, context)?.image() ?? { mediaType: claimed };
			if (mediaType === claimed) return [];
			const path = [...block, 'source', 'media_type'];
			const name = `${block.join('.')}.image.source.base64`;
			return [
				{
					path,
					message: `The bytes are ${mediaType}.`,
					apiMessage:
						context.today < FIRST_IN_NEW_WORDS
							? `${name}.data: Image does not match the provided media type ${claimed}`
							: `${name}: The image was specified using the ${claimed} media type, but the image appears to be a ${mediaType} image`,
					fixes: [{ label: `Say ${mediaType}`, changes: [{ kind: 'set', path, value: mediaType }] }],
				},
			];
		}),
};
