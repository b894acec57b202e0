import { codeOutAndIn, codeRun } from './code';
import { refusalsPlaced } from './refusals';
import { requestsSent } from './requests';
import type { Section } from './section';
import { recordedGrammar, simulatedGrammar, simulatedRefusals } from './simulated';
import { streamsCut, streamsRebuild } from './streams';
import { linesRead } from './traffic';
import { acceptedPass, rejectedForeseen, rejectedPlaced, rejectedWorded } from './verdicts';

/** Every question that is asked of recorded traffic. */
export const sections: readonly Section[] = [
	linesRead,
	requestsSent,
	codeRun,
	codeOutAndIn,
	acceptedPass,
	rejectedForeseen,
	rejectedPlaced,
	rejectedWorded,
	refusalsPlaced,
	simulatedRefusals,
	streamsRebuild,
	streamsCut,
	recordedGrammar,
	simulatedGrammar,
];
