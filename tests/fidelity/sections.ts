import { codeOutAndIn, codeRun } from './code';
import { refusalsPlaced } from './refusals';
import { requestsSent } from './requests';
import type { Section } from './section';
import { streamsCut, streamsRebuild } from './streams';

/** Every question that is asked of recorded traffic. */
export const sections: readonly Section[] = [
	requestsSent,
	codeRun,
	codeOutAndIn,
	refusalsPlaced,
	streamsRebuild,
	streamsCut,
];
