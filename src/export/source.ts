import { referencesIn, referenceTo } from '../model/attachment';
import { isJsonObject, writePath, type JsonObject, type JsonPath } from '../model/json';
import { readTree, type JsonNode } from '../model/json-tree';

/** A request document, read so that it can be written in another language. */
export interface Source {
	readonly text: string;
	readonly request: JsonObject;
	readonly root: ObjectLiteral;
	/** In the order in which they first occur; one that occurs twice is here once. */
	readonly attachments: readonly Attachment[];
}

/** Base64 that is kept beside the document, and the file it becomes when code reads it from one. */
export interface Attachment {
	/** What stands for it in the document. */
	readonly reference: string;
	readonly sha256: string;
	readonly mediaType: string;
	/** `image-1`, `document-2`: the file's name without its ending. */
	readonly name: string;
	readonly fileName: string;
	/** Where it first occurs, as the API writes a path. */
	readonly place: string;
}

export interface ObjectLiteral {
	readonly kind: 'object';
	readonly members: readonly Member[];
}
export type Member = readonly [name: string, value: Literal];

/** A JSON value as it was written: keys in their order, numbers in their spelling. */
export type Literal =
	| ObjectLiteral
	| { readonly kind: 'array'; readonly items: readonly Literal[] }
	| { readonly kind: 'string'; readonly text: string }
	| { readonly kind: 'number'; readonly spelling: string }
	| { readonly kind: 'constant'; readonly value: boolean | null }
	| { readonly kind: 'attachment'; readonly attachment: Attachment }
	| EnvironmentLiteral;

/** What no document holds: the value of a variable of the environment the code runs in. */
export interface EnvironmentLiteral {
	readonly kind: 'environment';
	readonly variable: string;
}

/** A text as a literal, for what is written beside the document. */
export const textLiteral = (text: string) => ({ kind: 'string', text }) satisfies Literal;

/** Read a document; null when its text is not one JSON object, and so there is nothing to write. */
export function readSource(text: string): Source | null {
	const request = parse(text);
	const node = readTree(text).root;
	if (!isJsonObject(request) || !node) return null;
	const shaOf = new Map(referencesIn(text).map((sha256) => [referenceTo(sha256), sha256]));
	const attachments = new Map<string, Attachment>();
	const root = objectOf(node, [], { text, shaOf, attachments });
	return { text, request, root, attachments: [...attachments.values()] };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Where the fault is, the editors say.
		return undefined;
	}
}

interface Reading {
	readonly text: string;
	/** By what stands for it in the text. */
	readonly shaOf: ReadonlyMap<string, string>;
	/** Those met so far, by the same. */
	readonly attachments: Map<string, Attachment>;
}

function literalOf(node: JsonNode, path: JsonPath, reading: Reading): Literal {
	const children = node.children ?? [];
	switch (node.type) {
		case 'object':
			return objectOf(node, path, reading);
		case 'array':
			return { kind: 'array', items: children.map((child, index) => literalOf(child, [...path, index], reading)) };
		case 'string': {
			const attachment = attachmentOf(node, path, reading);
			if (attachment) return { kind: 'attachment', attachment };
			return { kind: 'string', text: String(node.value) };
		}
		case 'number':
			return { kind: 'number', spelling: reading.text.slice(node.offset, node.offset + node.length) };
		default:
			return { kind: 'constant', value: node.value === null ? null : Boolean(node.value) };
	}
}

/** Of a key that is written twice the last value counts, as in every JSON reader; source code must not hold both. */
function objectOf(node: JsonNode, path: JsonPath, reading: Reading): ObjectLiteral {
	const values = new Map<string, JsonNode>();
	for (const property of node.children ?? []) {
		const [name, value] = property.children ?? [];
		if (name && value) values.set(String(name.value), value);
	}
	const members = [...values].map(([name, value]): Member => [name, literalOf(value, [...path, name], reading)]);
	return { kind: 'object', members };
}

function attachmentOf(node: JsonNode, path: JsonPath, { shaOf, attachments }: Reading): Attachment | null {
	const reference = String(node.value);
	const sha256 = shaOf.get(reference);
	if (sha256 === undefined) return null;
	const known = attachments.get(reference);
	if (known) return known;
	const mediaType = mediaTypeBeside(node);
	const kind = mediaType.startsWith('image/') ? 'image' : mediaType === '' ? 'data' : 'document';
	const name = `${kind}-${[...attachments.values()].filter((other) => other.name.startsWith(`${kind}-`)).length + 1}`;
	const ending = /^[a-z]+\/([a-z0-9]+)$/.exec(mediaType)?.[1] ?? 'bin';
	const fileName = `${name}.${ending === 'jpeg' ? 'jpg' : ending}`;
	const attachment = { reference, sha256, mediaType, name, fileName, place: writePath(path) };
	attachments.set(reference, attachment);
	return attachment;
}

/** The `media_type` in the object that holds this value; the empty string when there is none. */
function mediaTypeBeside(node: JsonNode): string {
	const beside = node.parent?.parent?.children?.find((property) => property.children?.[0]?.value === 'media_type');
	const value: unknown = beside?.children?.[1]?.value;
	return typeof value === 'string' ? value : '';
}
