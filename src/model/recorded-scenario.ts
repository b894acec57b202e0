/** What the id of the scenario that plays a recording begins with. */
const SCENARIO = 'recording:';

/** The id of the scenario that plays the recording with this id. */
export function scenarioOf(recording: string): string {
	return SCENARIO + recording;
}

/** The id of the recording that a scenario plays; null when it is none of those. */
export function recordingIn(scenario: string): string | null {
	return scenario.startsWith(SCENARIO) ? scenario.slice(SCENARIO.length) : null;
}
