import { render } from '@testing-library/svelte';
import { Attachments } from '../../../../src/state/attachments.svelte';
import { Intake } from '../../../../src/state/intake.svelte';
import type { Mark } from '../../../../src/state/review.svelte';
import { RequestDocument } from '../../../../src/state/request-document.svelte';
import Form from '../../../../src/ui/request/Form.svelte';
import '../../../../src/ui/tokens.css';
import '../../../../src/ui/base.css';

/** Show the form of the request `text`, and give the document it is a lens over. */
export function formOf(text: string, marks: readonly Mark[] = []): RequestDocument {
	const document = new RequestDocument({ text, now: () => 0, keepAttachment: () => Promise.resolve() });
	const store = {
		keepAttachment: () => Promise.resolve({ kind: 'saved' } as const),
		loadAttachment: () => Promise.resolve(null),
	};
	const attachments = new Attachments({ store, shipped: [], fetch: () => Promise.reject(new Error('not asked for')) });
	const intake = new Intake({ attachments, tier: () => 'high', imageCount: () => 0, insert: () => {} });
	render(Form, {
		document,
		apiVersion: '2023-06-01',
		headers: [],
		maskedKey: null,
		today: '2026-11-22',
		attachments,
		intake,
		complete: true,
		marks,
		ongoto: () => {},
		onfork: () => {},
		onheaders: () => {},
	});
	return document;
}
