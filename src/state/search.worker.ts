// Searches beside the page, so that the page never waits. The first message says where; each other one asks a question.
import { indexedDatabase } from '../store/database';
import { Searcher } from '../store/searcher';
import type { Answer, Opening, Question } from './worker-searcher';

let searcher: Searcher | null = null;
const tell = (answer: Answer, transfer: readonly Transferable[] = []) =>
	postMessage(answer, { transfer: [...transfer] });

addEventListener('message', ({ data }: MessageEvent<Opening | Question>) => {
	if (data.kind === 'open') {
		searcher = new Searcher({
			database: indexedDatabase(data.database),
			channel: new BroadcastChannel(data.channel),
			onchange: () => tell({ kind: 'changed' }),
		});
	} else if (searcher) void answer(searcher, data);
});

async function answer(searcher: Searcher, question: Question): Promise<void> {
	const { number, query } = question;
	try {
		if (question.kind === 'match')
			return tell({ kind: 'answer', number, value: await searcher.match(query, question.ids) });
		const value = await searcher.find(query, question.rows, question.known);
		tell({ kind: 'answer', number, value }, [value.numbers.buffer]);
	} catch (error) {
		tell({ kind: 'failed', number, reason: String(error) });
	}
}
