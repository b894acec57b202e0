import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examples, shippedPictures } from '../../../src/lessons/examples';
import { readImage } from '../../../src/model/image-bytes';

const picture = readFileSync(new URL('../../../src/lessons/ant.jpg', import.meta.url));
const sha256 = createHash('sha256').update(picture).digest('hex');

/** The bodies as the guide prints them. */
const guide: Record<string, string> = {
	'Hello, Claude': `{
		"model": "claude-sonnet-4-5",
		"max_tokens": 1024,
		"messages": [
			{"role": "user", "content": "Hello, Claude"}
		]
	}`,
	'Multiple turns': `{
		"model": "claude-sonnet-4-5",
		"max_tokens": 1024,
		"messages": [
			{"role": "user", "content": "Hello, Claude"},
			{"role": "assistant", "content": "Hello!"},
			{"role": "user", "content": "Can you describe LLMs to me?"}
		]
	}`,
	"Putting words in Claude's mouth": `{
		"model": "claude-sonnet-4-5",
		"max_tokens": 1,
		"messages": [
			{"role": "user", "content": "What is latin for Ant? (A) Apoidea, (B) Rhopalocera, (C) Formicidae"},
			{"role": "assistant", "content": "The answer is ("}
		]
	}`,
	'Image as base64': `{
		"model": "claude-sonnet-4-5",
		"max_tokens": 1024,
		"messages": [
			{"role": "user", "content": [
				{"type": "image", "source": {
					"type": "base64",
					"media_type": "image/jpeg",
					"data": "attachment:sha256-${sha256}"
				}},
				{"type": "text", "text": "What is in the above image?"}
			]}
		]
	}`,
	'Image from URL': `{
		"model": "claude-sonnet-4-5",
		"max_tokens": 1024,
		"messages": [
			{"role": "user", "content": [
				{"type": "image", "source": {
					"type": "url",
					"url": "https://upload.wikimedia.org/wikipedia/commons/a/a7/Camponotus_flavomarginatus_ant.jpg"
				}},
				{"type": "text", "text": "What is in the above image?"}
			]}
		]
	}`,
};

describe('the examples', () => {
	test('are the five of the guide, in its order', () => {
		expect(examples.map(({ title }) => title)).toEqual(Object.keys(guide));
		expect(new Set(examples.map(({ id }) => id)).size).toBe(5);
	});

	test.each(examples)('"$title" has the body of the guide, key for key', ({ title, text }) => {
		expect(text).toBe(JSON.stringify(JSON.parse(guide[title] ?? ''), null, 2));
	});

	test('come with the picture they refer to: a small JPEG', () => {
		expect(shippedPictures.map((shipped) => shipped.sha256)).toEqual([sha256]);
		expect(readImage(picture)).toEqual({ mediaType: 'image/jpeg', width: 640, height: 480 });
		expect(picture.length).toBeLessThan(40_000);
	});
});
