import { Store } from '../src/store/store';
import { appDatabase, clear, conversationOf, openApp, requestOf } from './app';
import { timed, type Bench } from './bench';

/** Type one character into `area`, and let the page answer and lay itself out. */
async function type(area: HTMLTextAreaElement): Promise<void> {
	const { ownerDocument } = area;
	area.focus();
	// Obsolete, and the only way to type from within a page.
	ownerDocument.execCommand('insertText', false, 'a');
	await Promise.resolve();
	ownerDocument.body.getBoundingClientRect();
}

/** A key press in the last turn of a form of `turns` turns, against one in a text area with nothing behind it. */
function typeAmong(turns: number): Bench {
	return {
		what: `type a character among ${turns.toLocaleString('en')} turns`,
		floor: 'in a bare text area',
		limit: null,
		async prepare() {
			await clear();
			const store = new Store(appDatabase());
			await store.saveConversation(conversationOf('turns', 'Turns', requestOf(turns + 1, 250)), 0);
			const app = await openApp();
			await app.find('.turn [aria-label="Text"]');
			const areas = app.view.document.querySelectorAll<HTMLTextAreaElement>('.turn [aria-label="Text"]');
			const area = areas[areas.length - 1]!; // one has just been found
			const bare = document.createElement('textarea');
			bare.value = area.value;
			document.body.append(bare);
			return async () => ({ measured: await timed(() => type(area)), floor: await timed(() => type(bare)) });
		},
	};
}

export const typeAmongFew = typeAmong(20);
export const typeAmongMany = typeAmong(1000);
