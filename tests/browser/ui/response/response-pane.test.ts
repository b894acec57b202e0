import axe from 'axe-core';
import { render } from '@testing-library/svelte';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ResponsePane from '../../../../src/ui/response/ResponsePane.svelte';
import '../../../../src/ui/base.css';
import '../../../../src/ui/tokens.css';
import type { Exchange } from '../../../../src/state/exchange.svelte';
import everyBlock from '../../../fixtures/streams/every-block.sse?raw';
import { runWith, STREAM } from '../../../fixtures/runs';
import { readDraft } from '../../../../src/model/draft';
import { joinReply } from '../../../../src/model/join-reply';
import { answering, showing, streamOf } from './exchanges';

type View = 'read' | 'json' | 'stream' | 'headers';

/** A clock that goes on only to the next moment somebody waits for. */
function handClock(start: string) {
	let time = Date.parse(start);
	let waiting: { readonly at: number; readonly run: () => void } | null = null;
	return {
		now: () => time,
		after: (milliseconds: number, run: () => void) => {
			waiting = { at: time + milliseconds, run };
			return () => (waiting = null);
		},
		/** Whether anybody had been waiting. */
		goOn() {
			const next = waiting;
			if (!next) return false;
			waiting = null;
			time = next.at;
			next.run();
			return true;
		},
	};
}

function show(
	exchange: Exchange,
	options: { view?: View; prefill?: string; markdown?: boolean; clock?: ReturnType<typeof handClock> } = {},
) {
	const { view = 'read', prefill = null, markdown = false, clock = handClock('2026-11-22T12:00:00.000Z') } = options;
	const does = { onview: vi.fn(), onmarkdown: vi.fn(), onaddreply: vi.fn(), onretry: vi.fn() };
	const bodyAsSent = () => Promise.resolve('{"whole": "body"}');
	// A pane has the height of the page: what it shows scrolls within.
	const target = document.body.appendChild(document.createElement('div'));
	target.style.height = '700px';
	onTestFinished(() => target.remove());
	const props = {
		exchange,
		view,
		prefill,
		markdown,
		complete: true,
		bodyAsSent,
		clock,
		draft: readDraft('{}'),
		...does,
	};
	const { rerender } = render(ResponsePane, { target, props });
	return { ...does, rerender };
}

const message = (content: unknown, more = {}) =>
	JSON.stringify({
		type: 'message',
		content,
		stop_reason: 'end_turn',
		usage: { input_tokens: 12, output_tokens: 6 },
		...more,
	});
const text = (words: string) => runWith({ body: message([{ type: 'text', text: words }]) });
const rateLimited = (retryAfter: string) =>
	runWith({
		body: JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'Too many.' } }),
		status: 429,
		headers: [
			['content-type', 'application/json'],
			['retry-after', retryAfter],
		],
	});
const article = page.getByRole('article', { name: 'Assistant message' });

describe('ResponsePane', () => {
	test('says what would be here before anything was sent', async () => {
		show(showing(null));
		await expect.element(page.getByText(/the answer is shown here/)).toBeVisible();
		await expect.element(page.getByText('Nothing has been sent yet')).toBeVisible();
	});

	test('offers four views', async () => {
		const { onview } = show(showing(null));
		const views = page.getByRole('tablist', { name: 'Response view' }).getByRole('tab');
		expect(views.elements().map((tab) => tab.textContent.trim())).toEqual(['Read', 'JSON', 'Stream', 'Headers']);
		await userEvent.click(page.getByRole('tab', { name: 'Stream' }));
		expect(onview).toHaveBeenCalledExactlyOnceWith('stream');
	});

	test('is badged when the answer is simulated, and only then', async () => {
		show(showing({ ...text('Hi'), target: { kind: 'simulated' } }));
		await expect.element(page.getByText('Simulated', { exact: true })).toBeVisible();
	});

	test('bears no badge when the answer is real', () => {
		show(showing(text('Hi')));
		expect(page.getByText('Simulated').elements()).toEqual([]);
	});

	test('sums the run up at its foot', async () => {
		const headers = [...STREAM, ['request-id', 'req_42']] as const;
		show(showing(runWith({ headers, body: everyBlock })));
		const foot = page.getByRole('region', { name: 'Response' }).getByText('512 in · 71 out');
		await expect.element(foot).toBeVisible();
		for (const part of ['200', 'tool_use', 'first byte 12 ms', '20 ms', 'req_42'])
			await expect.element(page.getByText(part, { exact: true }).last()).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Copy request id' })).toBeVisible();
	});

	test('keeps its foot as high as it was, whatever it says', () => {
		const height = () => document.querySelector('footer')!.offsetHeight;
		const { rerender } = show(showing(null));
		const empty = height();
		void rerender({ exchange: showing(runWith({ headers: STREAM, body: everyBlock })) });
		expect(height()).toBe(empty);
	});

	test.each(['read', 'json', 'stream', 'headers'] as const)('has no fault that axe finds in %s', async (view) => {
		show(showing(runWith({ headers: STREAM, body: everyBlock })), { view });
		if (view === 'json') await expect.element(page.getByText('The message that the events add up to')).toBeVisible();
		const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});

describe('Read', () => {
	test('shows texts to the letter, white space kept, markup not drawn', async () => {
		show(showing(text('  <b>bold</b>\n\n  **stars**')));
		await expect.element(article).toHaveTextContent('<b>bold</b>');
		const shown = article.element().querySelector('p')!;
		expect(shown.textContent).toBe('  <b>bold</b>\n\n  **stars**');
		expect(getComputedStyle(shown).whiteSpace).toBe('pre-wrap');
	});

	test('draws markdown when asked to', async () => {
		const { onmarkdown, rerender } = show(showing(text('# Title\n\n**stars**')));
		await userEvent.click(page.getByRole('button', { name: 'Markdown' }));
		expect(onmarkdown).toHaveBeenCalledExactlyOnceWith(true);
		await rerender({ markdown: true });
		await expect.element(article.getByRole('heading', { name: 'Title' })).toBeVisible();
		expect(article.element().querySelector('strong')?.textContent).toBe('stars');
	});

	test('shows the prefill before the words that go on from it', async () => {
		show(showing(text('C')), { prefill: 'The answer is (' });
		await expect.element(article).toHaveTextContent('The answer is (C');
	});

	test('shows no prefill where no answer went on from it', async () => {
		show(showing(rateLimited('7')), { prefill: 'The answer is (' });
		await expect.element(page.getByText('Too many.')).toBeVisible();
		await expect.element(page.getByText('The answer is (')).not.toBeInTheDocument();
	});

	test('shows thinking folded, and says where it is hidden', async () => {
		const blocks = [
			{ type: 'thinking', thinking: 'Hm.', signature: 'x' },
			{ type: 'thinking', thinking: '', signature: 'x' },
			{ type: 'redacted_thinking', data: 'x' },
		];
		show(showing(runWith({ body: message(blocks) })));
		await expect.element(page.getByText('Hm.')).not.toBeVisible();
		await userEvent.click(page.getByText('3 characters'));
		await expect.element(page.getByText('Hm.')).toBeVisible();
		await expect.element(page.getByText(/hidden by display: omitted/)).toBeVisible();
		await expect.element(page.getByText(/redacted by the API/)).toBeVisible();
	});

	test('shows tool uses with their input, and blocks it has never heard of as JSON', async () => {
		show(showing(runWith({ headers: STREAM, body: everyBlock })));
		await expect.element(article.getByText('get_weather')).toBeVisible();
		await expect.element(article).toHaveTextContent('"city": "Lisboa"');
		await userEvent.click(article.getByText('block_of_tomorrow'));
		await expect.element(article.getByText('"bytes": [')).toBeVisible();
	});

	test('shows the input of a tool use that was cut off as far as it came', async () => {
		const body = everyBlock.slice(
			0,
			everyBlock.indexOf(
				'event: content_block_delta\ndata: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"oa',
			),
		);
		show(showing(runWith({ headers: STREAM, body })));
		await expect.element(article).toHaveTextContent('{"city": "Lisb');
		await expect.element(article.getByText(/not whole JSON/)).toBeVisible();
		await expect.element(page.getByRole('heading', { name: 'Cut off' })).toBeVisible();
	});

	test('lists citations, with a link only where it leads to the web', async () => {
		const citations = [
			{ type: 'web_search_result_location', cited_text: 'one', url: 'https://example.com/', title: 'Example' },
			{ type: 'web_search_result_location', cited_text: 'two', url: 'javascript:alert(1)', title: 'Trick' },
		];
		show(showing(runWith({ body: message([{ type: 'text', text: 'x', citations }]) })));
		await userEvent.click(page.getByText('2 citations'));
		expect(
			page
				.getByRole('link')
				.elements()
				.map((link) => link.getAttribute('href')),
		).toEqual(['https://example.com/']);
		await expect.element(page.getByText('Trick')).toBeVisible();
	});

	test('grows as the answer comes, and offers the reply once it is there', async () => {
		const { exchange, respond, say, end } = answering();
		const { onaddreply } = show(exchange);
		await expect.element(page.getByText('Waiting for the answer…')).toBeVisible();
		const stream = streamOf(['Hel', 'lo']);
		const half = stream.indexOf('event: content_block_stop');
		respond();
		say(stream.slice(0, half));
		await expect.element(article).toHaveTextContent('Hello');
		await expect.element(page.getByRole('button', { name: 'Add reply to messages' })).toBeDisabled();
		say(stream.slice(half));
		await end();
		await expect.element(page.getByText('The answer reached max_tokens')).toBeVisible();
		await userEvent.click(page.getByRole('button', { name: 'Add reply to messages' }));
		expect(onaddreply).toHaveBeenCalledExactlyOnceWith(joinReply('{}', [{ type: 'text', text: 'Hello' }]));
	});

	test('explains a refusal, and offers to try again', async () => {
		const body = '{"type":"error","error":{"type":"not_found_error","message":"model: claude-x"},"request_id":"req_7"}';
		const { onretry } = show(showing(runWith({ status: 404, body })));
		const notice = page.getByRole('region', { name: 'Not found (404)' });
		await expect.element(notice).toHaveTextContent('model: claude-x');
		await expect.element(notice).toHaveTextContent('req_7');
		expect(notice.getByRole('link').element().getAttribute('rel')).toBe('noopener noreferrer');
		await userEvent.click(notice.getByRole('button', { name: 'Try again' }));
		expect(onretry).toHaveBeenCalledOnce();
		expect(page.getByRole('button', { name: 'Add reply to messages' }).elements()).toEqual([]);
	});

	test('keeps what came when it was stopped, marked so', async () => {
		const body = everyBlock.slice(0, everyBlock.indexOf('event: message_delta'));
		show(showing(runWith({ headers: STREAM, body, ending: { kind: 'stopped' } })));
		await expect.element(page.getByRole('region', { name: 'Stopped' })).toBeVisible();
		await expect.element(article).toHaveTextContent('Olá, 🐜.');
	});
});

describe('JSON', () => {
	const region = page.getByRole('region', { name: 'Response JSON' });

	test('shows the body as it came, and tidied when asked to, without touching a number', async () => {
		show(showing(runWith({ body: '{"type":"message","content":[],"n":1.0}' })), { view: 'json' });
		await expect.element(region).toHaveTextContent('{"type":"message","content":[],"n":1.0}');
		await userEvent.click(page.getByRole('button', { name: 'Pretty' }));
		await expect.element(region).toHaveTextContent('"n": 1.0');
	});

	test('shows what the events of a stream add up to', async () => {
		show(showing(runWith({ headers: STREAM, body: streamOf(['Hel', 'lo']) })), { view: 'json' });
		await expect.element(region).toHaveTextContent('"text": "Hello"');
	});

	test('says so when there is no body', async () => {
		show(showing(runWith({ status: null, ending: { kind: 'stopped' } })), { view: 'json' });
		await expect.element(region).toHaveTextContent('No body.');
	});

	test('names a download after its target', async () => {
		const names: string[] = [];
		const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
			names.push(this.download);
		});
		show(showing({ ...text('Hi'), target: { kind: 'simulated' } }), { view: 'json' });
		await userEvent.click(page.getByRole('button', { name: 'Download JSON' }));
		click.mockRestore();
		expect(names).toEqual(['simulated-response-2026-11-22T12-00-00-000Z.json']);
	});
});

describe('Stream', () => {
	const items = page.getByRole('list', { name: 'Events' }).getByRole('listitem');

	test('lists each event with its time, name and effect', async () => {
		show(showing(runWith({ headers: STREAM, body: streamOf(['Hel', 'lo']) })), { view: 'stream' });
		await expect
			.element(items.nth(2))
			.toHaveTextContent('12 ms content_block_delta append 3 characters to content[0].text');
		expect(items.elements()).toHaveLength(7);
	});

	test('steps through them with the message as it stood, and shows each to the letter', async () => {
		show(showing(runWith({ headers: STREAM, body: streamOf(['Hel', 'lo']) })), { view: 'stream', prefill: 'Oh. ' });
		const then = page.getByRole('group', { name: 'Message at this event' });
		await expect.element(then).toHaveTextContent('Oh. Hello');
		const slider = page.getByRole('slider', { name: 'Event' });
		await userEvent.click(items.nth(2).getByRole('button'));
		await expect.element(then).toHaveTextContent(/Oh\. Hel$/);
		await expect.element(slider).toHaveValue('3');
		slider.element().focus();
		await userEvent.keyboard('{ArrowLeft}');
		await expect.element(then).toHaveTextContent(/Oh\.$/);
		await expect
			.element(page.getByRole('group', { name: 'Event to the letter' }))
			.toHaveTextContent('event: content_block_start data: {"type":"content_block_start"');
	});

	test('follows the events as they come', async () => {
		const { exchange, respond, say } = answering();
		show(exchange, { view: 'stream' });
		await expect.element(page.getByText('No event has arrived yet.')).toBeVisible();
		respond();
		say('event: ping\ndata: {"type": "ping"}\n\n', 31);
		await expect.element(items).toHaveTextContent('31 ms ping no effect');
		say('event: ping\ndata: {"type": "ping"}\n\n', 47);
		await expect.element(page.getByRole('slider', { name: 'Event' })).toHaveValue('2');
	});

	test('lays out only what is in sight of a long stream, and says how long it is', async () => {
		const texts = Array.from({ length: 20_000 }, () => 'a');
		show(showing(runWith({ headers: STREAM, body: streamOf(texts) })), { view: 'stream' });
		await expect.element(items.first()).toHaveAttribute('aria-setsize', '20005');
		expect(items.elements().length).toBeLessThan(100);
		const slider = page.getByRole('slider', { name: 'Event' });
		await slider.fill('10000');
		const positions = () => items.elements().map((item) => Number(item.getAttribute('aria-posinset')));
		await expect.poll(positions).toContain(10_000);
	});

	test('says so when the answer is no stream', async () => {
		show(showing(text('Hi')), { view: 'stream' });
		await expect.element(page.getByText(/not a stream/)).toBeVisible();
	});
});

describe('Headers', () => {
	test('shows both tables, the lines, the times and the sizes', async () => {
		show(showing(text('Hi')), { view: 'headers' });
		await expect.element(page.getByRole('table', { name: 'Request headers' })).toHaveTextContent('x-api-key…wxyz');
		await expect
			.element(page.getByRole('table', { name: 'Response headers' }))
			.toHaveTextContent('content-typeapplication/json');
		await expect.element(page.getByText('POST https://api.anthropic.com/v1/messages')).toBeVisible();
		await expect.element(page.getByText('20 ms').first()).toBeVisible();
		await expect.element(page.getByText('in 1 chunk')).toBeVisible();
	});

	test('says so when no response came', async () => {
		show(showing(runWith({ status: null, ending: { kind: 'no-answer', cause: 'unreachable', reason: '' } })), {
			view: 'headers',
		});
		await expect.element(page.getByText('No response came.')).toBeVisible();
	});

	test('shows the request as sent, with the key masked', async () => {
		show(showing(text('Hi')), { view: 'headers' });
		await userEvent.click(page.getByRole('button', { name: 'Show request as sent' }));
		const dialog = page.getByRole('dialog', { name: 'Request as sent' });
		await expect
			.element(dialog)
			.toHaveTextContent('POST https://api.anthropic.com/v1/messages x-api-key: …wxyz {"whole": "body"}');
		await expect.element(dialog).toHaveTextContent(/the body is as it was sent/);
		await userEvent.keyboard('{Escape}');
		expect(page.getByRole('dialog').elements()).toEqual([]);
	});

	test('does not say of a request that stayed here that it was sent', async () => {
		show(showing(runWith({ ending: { kind: 'not-sent', cause: 'key-missing', reason: 'No key.' } })), {
			view: 'headers',
		});
		await userEvent.click(page.getByRole('button', { name: 'Show request as sent' }));
		await expect
			.element(page.getByRole('dialog', { name: 'Request as sent' }))
			.toHaveTextContent(/the body is as it would have been sent/);
	});
});

describe('a wait the API asks for', () => {
	const again = page.getByRole('button', { name: 'Try again' });

	test('is counted down to its end, and then the button stands out', async () => {
		// The answer came 10 ms after the send.
		const clock = handClock('2026-11-22T12:00:00.010Z');
		const { onretry } = show(showing(rateLimited('2')), { clock });
		await expect.element(page.getByRole('timer')).toHaveTextContent('2 seconds left to wait');
		await expect.element(again).not.toHaveClass('primary');
		clock.goOn();
		await expect.element(page.getByRole('timer')).toHaveTextContent('1 second left to wait');
		clock.goOn();
		await expect.element(page.getByRole('timer')).toHaveTextContent('The wait is over');
		await expect.element(again).toHaveClass('primary');
		expect(clock.goOn()).toBe(false);
		await userEvent.click(again);
		expect(onretry).toHaveBeenCalledOnce();
	});

	test('is over for a run that is shown again long after', async () => {
		show(showing(rateLimited('30')), { clock: handClock('2026-11-23T12:00:00.000Z') });
		await expect.element(page.getByRole('timer')).toHaveTextContent('The wait is over');
	});

	test('is not waited for once nobody looks', async () => {
		const clock = handClock('2026-11-22T12:00:00.010Z');
		const { rerender } = show(showing(rateLimited('30')), { clock });
		await expect.element(page.getByRole('timer')).toHaveTextContent('30 seconds left');
		await rerender({ exchange: showing(text('Hi')) });
		await expect.element(page.getByRole('timer')).not.toBeInTheDocument();
		expect(clock.goOn()).toBe(false);
	});
});
