import { render } from '@testing-library/svelte';
import type { ListModels } from '../../../../src/api/list-models';
import { Attachments } from '../../../../src/state/attachments.svelte';
import { Catalogue } from '../../../../src/state/catalogue.svelte';
import { Intake } from '../../../../src/state/intake.svelte';
import type { Mark } from '../../../../src/state/review.svelte';
import { RequestDocument } from '../../../../src/state/request-document.svelte';
import { memoryDatabase } from '../../../../src/store/memory-database';
import Form from '../../../../src/ui/request/Form.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

/** Show the form of a request, given as its text or as the document it is, and give the document it is a lens over. */
export function formOf(
	request: string | RequestDocument,
	marks: readonly Mark[] = [],
	listModels: ListModels = () => Promise.reject(new Error('not asked for')),
): RequestDocument {
	const document =
		typeof request === 'string'
			? new RequestDocument({ text: request, now: () => 0, keepAttachment: () => Promise.resolve(true) })
			: request;
	const store = {
		keepAttachment: () => Promise.resolve({ kind: 'saved' } as const),
		loadAttachment: () => Promise.resolve(null),
	};
	const attachments = new Attachments({ store, shipped: [], fetch: () => Promise.reject(new Error('not asked for')) });
	const intake = new Intake({
		...{ attachments, keyRing: { read: () => null }, tier: () => 'high' as const },
		...{ imageCount: () => 0, insert: () => Promise.resolve(false) },
	});
	const target = { kind: 'custom', baseUrl: 'http://localhost:8080' } as const;
	const catalogue = new Catalogue({
		database: memoryDatabase('models'),
		keyRing: { state: { kind: 'none' }, read: () => null },
		listModels,
		now: () => Date.UTC(2026, 10, 23),
		onchange: () => {},
	});
	render(Form, {
		document,
		apiVersion: '2023-06-01',
		headers: [['x-lesson', 'one']],
		maskedKey: null,
		shelf: {
			get models() {
				return catalogue.modelsOf(target);
			},
			today: '2026-11-22',
			conversation: { target, apiVersion: '2023-06-01', headers: [] },
			loadCatalogue: () => Promise.resolve(catalogue),
		},
		attachments,
		intake,
		complete: true,
		marks,
		measure: () => ({ size: { width: 280, height: 280 } }),
		ongoto: () => {},
		onfork: () => {},
		onheaders: () => {},
	});
	return document;
}
