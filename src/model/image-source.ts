import { fromBase64, referencesIn } from './attachment';
import { isJsonObject, type JsonValue } from './json';

/** Where the picture of an image block comes from: https://platform.claude.com/docs/en/build-with-claude/vision, checked 2026-11-22. */
export type ImageSource =
	/** An attachment; `declared` is the media type the block names, which its bytes need not bear out. */
	| { readonly kind: 'attachment'; readonly sha256: string; readonly declared: string }
	/** Bytes that stand in the text itself. */
	| {
			readonly kind: 'inline';
			readonly bytes: Uint8Array<ArrayBuffer>;
			readonly data: string;
			readonly declared: string;
	  }
	/** An address the API fetches it from. */
	| { readonly kind: 'url'; readonly url: string }
	/** A file uploaded before. */
	| { readonly kind: 'file'; readonly id: string }
	/** Nothing this page knows, or base64 that cannot be read. */
	| { readonly kind: 'unknown' };

/** Read the source of an image block. */
export function imageSourceOf(block: JsonValue): ImageSource {
	const source = isJsonObject(block) ? block.source : undefined;
	if (!isJsonObject(source)) return { kind: 'unknown' };
	const { type, url, file_id: id, data, media_type: declared } = source;
	if (type === 'url' && typeof url === 'string') return { kind: 'url', url };
	if (type === 'file' && typeof id === 'string') return { kind: 'file', id };
	if (type !== 'base64' || typeof data !== 'string' || typeof declared !== 'string') return { kind: 'unknown' };
	const [sha256] = referencesIn(JSON.stringify(data));
	if (sha256 !== undefined) return { kind: 'attachment', sha256, declared };
	const bytes = fromBase64(data);
	return bytes ? { kind: 'inline', bytes, data, declared } : { kind: 'unknown' };
}

/** Whether an address is one a link may lead to. */
export function isWebAddress(url: string): boolean {
	return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
