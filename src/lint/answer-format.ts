import { valueAt, type JsonObject, type JsonPath } from '../model/json';

/** Where the request says what form the answer has, today or as it did while that was a beta feature; null where it does not. */
export function formatIn(request: JsonObject): JsonPath | null {
	const paths = [['output_config', 'format'], ['output_format']];
	return paths.find((path) => (valueAt(request, path) ?? null) !== null) ?? null;
}
