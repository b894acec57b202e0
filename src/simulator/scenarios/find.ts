import { ordinary } from './ordinary';
import type { Scenario } from './scenario';

/** The scenario called `id`, or the ordinary one when there is none. Rejects when the others cannot be loaded. */
export async function findScenario(id: string): Promise<Scenario> {
	if (id === ordinary.id) return ordinary;
	const { scenarios } = await import('./every-scenario');
	return scenarios.find((scenario) => scenario.id === id) ?? ordinary;
}
