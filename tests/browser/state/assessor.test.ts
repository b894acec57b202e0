import { describe, expect, test } from 'vitest';
import { sha256Hex, referenceTo } from '../../../src/model/attachment';
import type { JsonObject } from '../../../src/model/json';
import { assess, type Assessment, type Known } from '../../../src/state/assess';
import { Assessor, type Question } from '../../../src/state/assessor';

/** What is known beside the request, with facts of `attachments`. */
const knowing = (attachments: Known = new Map()) =>
	({
		sending: { apiVersion: '2023-06-01', headers: [], today: '2026-11-22' },
		checkFor: { model: null, apiVersion: null },
		attachments,
	}) as const;

/** `count` messages, of each of which the rules have something to say, and an image. */
async function requestOf(count: number): Promise<{ request: JsonObject; sha256: string }> {
	const sha256 = await sha256Hex(new Uint8Array([1, 2, 3]));
	const source = { type: 'base64', media_type: 'image/png', data: referenceTo(sha256) };
	const faulty = Array.from({ length: count }, () => ({ role: 'user', content: 'Hi', extra: 1 }));
	const messages = [...faulty, { role: 'user', content: [{ type: 'image', source }] }];
	return { request: { model: 'claude-sonnet-5', max_tokens: 1, messages }, sha256 };
}

const questionOf = (request: JsonObject): Question => ({ text: JSON.stringify(request), ...knowing() });

/** A worker made by hand: it keeps what it is asked, and answers when it is told to. */
class HeldWorker {
	onmessage: ((event: MessageEvent<Assessment>) => void) | null = null;
	onerror: (() => void) | null = null;
	asked: Question | null = null;
	/** What of a long text came before the question. */
	readonly parts: string[] = [];
	terminated = false;
	postMessage(message: Question | string): void {
		if (typeof message === 'string') this.parts.push(message);
		else this.asked = message;
	}
	terminate(): void {
		this.terminated = true;
	}
	answer(tokens: number): void {
		const assessment = { findings: [], counts: { rejected: 0, changed: 0, surprising: 0 }, tokens, unknown: [] };
		this.onmessage?.(new MessageEvent('message', { data: assessment }));
	}
}

/** An assessor whose workers answer when they are told to. */
function held() {
	const workers: HeldWorker[] = [];
	const assessor = new Assessor(() => {
		const worker = new HeldWorker();
		workers.push(worker);
		return worker as unknown as Worker; // as much of one as the assessor touches
	});
	return { assessor, workers };
}

describe('an assessor', () => {
	test('says what asking directly says', async () => {
		const { request, sha256 } = await requestOf(20);
		const answer = await new Assessor().ask(questionOf(request));
		expect(answer).toEqual(await assess(JSON.stringify(request), request, knowing()));
		expect(answer).toMatchObject({ counts: { rejected: 20 }, unknown: [sha256] });
	});

	test('works in a worker', async () => {
		const { assessor, workers } = held();
		const { request } = await requestOf(1);
		const answer = assessor.ask(questionOf(request));
		expect(workers[0]?.asked).toEqual(questionOf(request));
		workers[0]?.answer(7);
		expect(await answer).toMatchObject({ tokens: 7 });
		expect(workers[0]?.terminated).toBe(true);
	});

	const long = 'Ω😀'.repeat(900_000);

	test('says of a long text what asking directly says', async () => {
		const { request } = await requestOf(1);
		const question = questionOf({ ...request, system: long });
		expect(await new Assessor().ask(question)).toEqual(
			await assess(question.text, { ...request, system: long }, question),
		);
	});

	test('hands a long text over in parts, between which the page goes on', async () => {
		const { assessor, workers } = held();
		const { request } = await requestOf(1);
		const question = questionOf({ ...request, system: long });
		const answer = assessor.ask(question);
		const [worker] = workers as [HeldWorker]; // as asked
		const seen: number[] = [];
		while (!worker.asked) {
			seen.push(worker.parts.length);
			await new Promise((resolve) => setTimeout(resolve));
		}
		expect(new Set(seen)).toEqual(new Set([1, 2]));
		expect([...worker.parts, worker.asked.text].join('')).toBe(question.text);
		worker.answer(7);
		expect(await answer).toMatchObject({ tokens: 7 });
	});

	test('hands over no more of a long text once the next question is asked', async () => {
		const { assessor, workers } = held();
		const { request } = await requestOf(1);
		const first = assessor.ask(questionOf({ ...request, system: long }));
		const second = assessor.ask(questionOf(request));
		expect(await first).toBeNull();
		workers[1]?.answer(7);
		await second;
		await new Promise((resolve) => setTimeout(resolve));
		expect(workers[0]).toMatchObject({ parts: { length: 1 }, asked: null });
	});

	test('leaves a question as soon as the next is asked', async () => {
		const { assessor, workers } = held();
		const { request } = await requestOf(1);
		const first = assessor.ask(questionOf(request));
		const second = assessor.ask(questionOf(request));
		expect(await first).toBeNull();
		expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
		workers[0]?.answer(1);
		workers[1]?.answer(2);
		expect(await second).toMatchObject({ tokens: 2 });
	});

	test.each([
		[
			'cannot be started',
			() => {
				throw new DOMException('Not here.', 'SecurityError');
			},
		],
		['cannot be loaded', () => new Worker(new URL('/nowhere.js', location.href), { type: 'module' })],
	])('does the work itself where the worker %s', async (_, start: () => Worker) => {
		const { request } = await requestOf(3);
		expect(await new Assessor(start).ask(questionOf(request))).toEqual(
			await assess(JSON.stringify(request), request, knowing()),
		);
	});
});

describe('an assessment', () => {
	test('counts all that the rules find, and hands on the first thousand', async () => {
		const { request } = await requestOf(1500);
		const { findings, counts } = await assess(JSON.stringify(request), request, knowing());
		expect(findings).toHaveLength(1000);
		expect(counts.rejected).toBe(1500);
	});

	test('holds for another model where one is chosen', async () => {
		const { request } = await requestOf(0);
		const sampled = { ...request, model: 'claude-haiku-4-5', temperature: 0.5 };
		const own = await assess(JSON.stringify(sampled), sampled, knowing());
		const other = await assess(JSON.stringify(sampled), sampled, {
			...knowing(),
			checkFor: { model: 'claude-opus-5-5', apiVersion: null },
		});
		expect(own.counts.rejected).toBe(0);
		expect(other.counts.rejected).toBe(1);
	});

	test('knows attachments by their bytes: what they are, and how large they make the body', async () => {
		const { request, sha256 } = await requestOf(0);
		const ofAttached = async (mediaType: string, bytes: number) => {
			const known = new Map([[sha256, { mediaType, width: 10, height: 10, bytes }]]);
			const { findings } = await assess(JSON.stringify(request), request, knowing(known));
			return findings?.map(({ rule }) => rule);
		};
		expect(await ofAttached('image/png', 1000)).toEqual([]);
		expect(await ofAttached('image/jpeg', 1000)).toEqual(['image-media-type']);
		expect(await ofAttached('image/png', 25_200_000)).toEqual(['request-size', 'image-bytes']);
	});

	test('names an attachment of unknown size until its size is given', async () => {
		const { request, sha256 } = await requestOf(0);
		const { tokens, unknown } = await assess(JSON.stringify(request), request, knowing());
		const known = await assess(
			JSON.stringify(request),
			request,
			knowing(new Map([[sha256, { mediaType: 'image/png', width: 10, height: 10, bytes: 3 }]])),
		);
		expect(unknown).toEqual([sha256]);
		expect(known.unknown).toEqual([]);
		expect(known.tokens).toBeLessThan(tokens);
	});
});
