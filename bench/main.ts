import type { Bench, Round } from './bench';
import { checkManyBytes, checkManyFaults, checkManyTurns, checkSmall } from './checking';
import { drawImages, openImages } from './images';
import { openLibrary, saveEdit } from './library';
import { emptySearch, searches, searchFirst, searchScrolling, searchTyping } from './search';
import { sendManyTurns } from './sending';
import { typeAmongFew, typeAmongMany } from './typing';

const benches: readonly Bench[] = [
	openLibrary,
	saveEdit,
	...searches,
	emptySearch,
	searchTyping,
	searchScrolling,
	searchFirst,
	openImages,
	drawImages,
	checkSmall,
	checkManyTurns,
	checkManyFaults,
	checkManyBytes,
	sendManyTurns,
	typeAmongFew,
	typeAmongMany,
];

/** What there is to measure. */
function list(): Pick<Bench, 'what' | 'floor' | 'limit'>[] {
	return benches.map(({ what, floor, limit }) => ({ what, floor, limit }));
}

/** Do `rounds` rounds of a bench, after one that only warms up. */
async function run(index: number, rounds: number): Promise<Round[]> {
	const round = await benches[index]!.prepare(); // an index of the list above
	await round();
	const results: Round[] = [];
	for (let done = 0; done < rounds; done++) results.push(await round());
	return results;
}

/** For the driver: see scripts/bench.mjs. */
Object.assign(window, { benches: { list, run } });
