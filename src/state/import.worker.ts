// Reads what comes in beside the page, so that the page never stands still. The first message says what is to be read; each
// other one asks for the next part of it.
import type { Answer, Question } from './import-opener';
import { partsOf, readImportFiles, type Part, type ToRead } from './import-reader';
import { Progress, Refusal } from './progress';

let parts: Iterator<Part, undefined> | null = null;
const tell = (answer: Answer) => postMessage(answer);

addEventListener('message', ({ data }: MessageEvent<Question>) => {
	if (data.kind === 'read') void read(data.toRead);
	else tell({ kind: 'part', part: parts?.next().value ?? [] });
});

async function read(toRead: ToRead): Promise<void> {
	// Whoever gives up ends the worker.
	const progress = new Progress(new AbortController().signal, (done, total) => tell({ kind: 'progress', done, total }));
	try {
		const { conversations, recordings, notes } = await readImportFiles(toRead, progress);
		parts = partsOf(conversations);
		tell({ kind: 'understood', count: conversations.length, recordings, notes });
	} catch (error) {
		if (error instanceof Refusal) tell({ kind: 'refused', reason: error.message });
		else tell({ kind: 'failed', reason: String(error) });
	}
}
