import { isJsonArray, isJsonObject, type JsonObject } from '../model/json';

/** The names and places of the tools of `request` that are objects. */
export function toolsIn(request: JsonObject): { readonly value: JsonObject; readonly index: number }[] {
	const tools = isJsonArray(request.tools) ? request.tools : [];
	return tools.flatMap((value, index) => (isJsonObject(value) ? [{ value, index }] : []));
}
