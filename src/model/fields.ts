import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json';

/** What edits one value in the form. A value that does not suit its control is edited as JSON instead. */
export type Control =
	| { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly step?: number }
	| { readonly kind: 'choice'; readonly options: readonly string[] }
	| { readonly kind: 'text' }
	| { readonly kind: 'long-text' }
	| { readonly kind: 'switch' }
	| { readonly kind: 'strings' }
	| { readonly kind: 'json' };

/** One value in the form: where it stands below its owner, and what edits it. */
export interface Field {
	readonly path: readonly string[];
	readonly control: Control;
	/** What it becomes when it is first set. */
	readonly start: JsonValue;
	/** Whether its owner cannot be without it: it is shown even when absent. */
	readonly required?: boolean;
}

/** The control that can show `value` without losing anything of it: the field's own, or JSON. */
export function controlFor(control: Control, value: JsonValue | undefined): Control {
	return value === undefined || suits(control, value) ? control : { kind: 'json' };
}

function suits(control: Control, value: JsonValue): boolean {
	switch (control.kind) {
		case 'number':
			return typeof value === 'number';
		case 'choice':
		case 'text':
		case 'long-text':
			return typeof value === 'string';
		case 'switch':
			return typeof value === 'boolean';
		case 'strings':
			return isJsonArray(value) && value.every((item) => typeof item === 'string');
		case 'json':
			return true;
	}
}

/**
 * The fields to show for `value`: those of `known` that are required or set, and one for every other key, so that
 * nothing the form has never heard of is hidden. Paths are below `value`.
 */
export function fieldsToShow(known: readonly Field[], value: JsonObject): Field[] {
	const shown = known.filter((field) => field.required || valueBelow(value, field.path) !== undefined);
	return [...shown, ...unknownFields(known, value)];
}

/** The fields of `known` that are not set in `value` and could be. */
export function fieldsToOffer(known: readonly Field[], value: JsonObject): Field[] {
	return known.filter((field) => !field.required && valueBelow(value, field.path) === undefined);
}

function unknownFields(known: readonly Field[], value: JsonObject, base: readonly string[] = []): Field[] {
	return Object.entries(value).flatMap(([key, inner]) => {
		const path = [...base, key];
		const covering = known.filter((field) => path.every((step, depth) => field.path[depth] === step));
		if (covering.some((field) => field.path.length === path.length)) return [];
		// Some known field lies deeper: look there, unless the value is no object and can only be shown as it is.
		if (covering.length > 0 && isJsonObject(inner)) return unknownFields(known, inner, path);
		return [{ path, control: { kind: 'json' }, start: null } as const];
	});
}

function valueBelow(value: JsonObject, path: readonly string[]): JsonValue | undefined {
	let here: JsonValue | undefined = value;
	for (const step of path) here = isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
	return here;
}
