import { StateField, type Extension, type Range, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import { referencesIn } from '../../model/attachment';
import { writeBytes, writeSize } from '../../model/measures';

/** What a chip says of an attachment. */
export interface Description {
	/** Null where the bytes are of no kind the page knows. */
	readonly mediaType: string | null;
	readonly width: number | null;
	readonly height: number | null;
	readonly bytes: number;
	/** About how many a picture is. */
	readonly tokens?: number;
	/** A small picture of it. */
	readonly url?: string | null;
}
/** Look an attachment up by its SHA-256; null when it is not there. */
export type Describe = (sha256: string) => Promise<Description | null>;

/** A shorter string is shown as it is. */
const LONG = 1024;

/**
 * Draw what is not for reading as one short thing that the caret steps over: a reference to an attachment as a chip that
 * says what it is, and a long base64 string by its beginning and its length. A line of megabytes would take seconds to wrap.
 * Without `describe`, references are shown as they are written.
 */
export function payloads(describe?: Describe): Extension {
	const decorationsIn = (doc: Text, from: number, to: number) => {
		const found: Range<Decoration>[] = [];
		for (let at = from; at <= to;) {
			const line = doc.lineAt(at);
			for (const { start, content } of payloadsIn(line.text)) {
				const [sha256] = referencesIn(`"${content}"`);
				if (sha256 !== undefined && !describe) continue;
				const widget = sha256 !== undefined && describe ? new Chip(sha256, describe) : new Abridged(content);
				const offset = line.from + start;
				found.push(Decoration.replace({ widget }).range(offset, offset + content.length));
			}
			at = line.to + 1;
		}
		return found;
	};
	return StateField.define<DecorationSet>({
		create: ({ doc }) => Decoration.set(decorationsIn(doc, 0, doc.length)),
		update(decorations, { changes, newDoc }) {
			let next = decorations.map(changes);
			changes.iterChangedRanges((_from, _to, fromB, toB) => {
				const from = newDoc.lineAt(fromB).from;
				const to = newDoc.lineAt(toB).to;
				next = next.update({
					filterFrom: from,
					filterTo: to,
					filter: () => false,
					add: decorationsIn(newDoc, from, to),
				});
			});
			return next;
		},
		provide: (field) => [
			EditorView.decorations.from(field),
			EditorView.atomicRanges.of((view) => view.state.field(field)),
		],
	});
}

/** The strings in a line that are references or long base64. By `indexOf`, for a line can be megabytes long. */
function* payloadsIn(line: string): Iterable<{ readonly start: number; readonly content: string }> {
	let open = line.indexOf('"');
	while (open !== -1) {
		const close = line.indexOf('"', open + 1);
		if (close === -1) return;
		const start = open + 1;
		const isPayload = line.startsWith('attachment:sha256-', start)
			? referencesIn(line.slice(open, close + 1)).length > 0
			: close - start > LONG && !/[^\w+/=-]/.test(line.slice(start, close));
		if (isPayload) yield { start, content: line.slice(start, close) };
		// After any other string: what ends one may as well begin the next.
		open = isPayload ? line.indexOf('"', close + 1) : close;
	}
}

class Chip extends WidgetType {
	constructor(
		readonly sha256: string,
		readonly describe: Describe,
	) {
		super();
	}

	override eq(other: WidgetType): boolean {
		return other instanceof Chip && other.sha256 === this.sha256;
	}

	override toDOM(view: EditorView): HTMLElement {
		const chip = document.createElement('span');
		chip.className = 'chip';
		chip.title = `attachment:sha256-${this.sha256}`;
		chip.textContent = 'attachment';
		const show = (description: Description | null) => {
			chip.classList.toggle('missing', description === null);
			chip.textContent = description ? summaryOf(description) : `missing attachment ${this.sha256.slice(0, 8)}…`;
			if (description?.url) chip.prepend(thumbnail(description.url));
			view.requestMeasure();
		};
		this.describe(this.sha256).then(show, () => show(null));
		return chip;
	}

	override ignoreEvent(): boolean {
		return false;
	}
}

class Abridged extends WidgetType {
	constructor(readonly content: string) {
		super();
	}

	override eq(other: WidgetType): boolean {
		return other instanceof Abridged && other.content === this.content;
	}

	override toDOM(): HTMLElement {
		const chip = document.createElement('span');
		chip.className = 'chip';
		chip.textContent = `${this.content.slice(0, 12)}… ${this.content.length.toLocaleString('en')} characters`;
		return chip;
	}

	override ignoreEvent(): boolean {
		return false;
	}
}

function summaryOf({ mediaType, width, height, bytes, tokens }: Description): string {
	const size = width !== null && height !== null ? [writeSize({ width, height })] : [];
	const cost = tokens === undefined ? [] : [`≈ ${tokens.toLocaleString('en')} tokens`];
	return [mediaType ?? 'attachment', ...size, writeBytes(bytes), ...cost].join(' · ');
}

function thumbnail(url: string): HTMLImageElement {
	const image = document.createElement('img');
	image.src = url;
	image.alt = '';
	return image;
}
