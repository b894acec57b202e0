import { referenceTo } from '../model/attachment';
import type { JsonObject } from '../model/json';
import antUrl from './ant.jpg?url';

/** A request to start from. */
export interface Example {
	readonly id: string;
	readonly title: string;
	/** One sentence: what it shows. */
	readonly about: string;
	/** The request document, its picture as a reference. */
	readonly text: string;
}

/** A picture that comes with the page: what a document refers to it by, and where it lies below the page's own address. */
export interface ShippedPicture {
	readonly sha256: string;
	readonly url: string;
}

/** Our own drawing (`ant.svg`), as a JPEG of 640 × 480 pixels. */
const ant: ShippedPicture = {
	sha256: '6ed8565d3da3929606275a589d1c9da46a6d5abcaa344459b3dea9b2cba7424f',
	url: antUrl,
};

/** The pictures the examples refer to. */
export const shippedPictures: readonly ShippedPicture[] = [ant];

const question = { type: 'text', text: 'What is in the above image?' };

/**
 * The requests of the guide "Using the Messages API", with its exact bodies; where it reads a picture from a file, ours.
 * https://platform.claude.com/docs/en/build-with-claude/working-with-messages, as it stood in late 2025.
 */
export const examples: readonly Example[] = [
	example('hello', 'Hello, Claude', 'The smallest request: a model, a limit and one user turn.', {
		model: 'claude-sonnet-4-5',
		max_tokens: 1024,
		messages: [{ role: 'user', content: 'Hello, Claude' }],
	}),
	example(
		'turns',
		'Multiple turns',
		'The API keeps nothing: every request carries the whole conversation, answers included.',
		{
			model: 'claude-sonnet-4-5',
			max_tokens: 1024,
			messages: [
				{ role: 'user', content: 'Hello, Claude' },
				{ role: 'assistant', content: 'Hello!' },
				{ role: 'user', content: 'Can you describe LLMs to me?' },
			],
		},
	),
	example(
		'prefill',
		"Putting words in Claude's mouth",
		'A last turn of the assistant is where the answer begins; one more token gives the letter.',
		{
			model: 'claude-sonnet-4-5',
			max_tokens: 1,
			messages: [
				{ role: 'user', content: 'What is latin for Ant? (A) Apoidea, (B) Rhopalocera, (C) Formicidae' },
				{ role: 'assistant', content: 'The answer is (' },
			],
		},
	),
	example('image', 'Image as base64', 'A picture travels inside the request, as base64 before the question about it.', {
		model: 'claude-sonnet-4-5',
		max_tokens: 1024,
		messages: [
			{
				role: 'user',
				content: [
					{
						type: 'image',
						source: { type: 'base64', media_type: 'image/jpeg', data: referenceTo(ant.sha256) },
					},
					question,
				],
			},
		],
	}),
	example('image-url', 'Image from URL', 'The request names an address, and the API fetches the picture from there.', {
		model: 'claude-sonnet-4-5',
		max_tokens: 1024,
		messages: [
			{
				role: 'user',
				content: [
					{
						type: 'image',
						source: {
							type: 'url',
							url: 'https://upload.wikimedia.org/wikipedia/commons/a/a7/Camponotus_flavomarginatus_ant.jpg',
						},
					},
					question,
				],
			},
		],
	}),
];

function example(id: string, title: string, about: string, request: JsonObject): Example {
	return { id, title, about, text: JSON.stringify(request, null, 2) };
}
