import { array, constant, itemsOf, memberOf, object, stringOf, text, without, type Member, type Value } from '../value';
import { isSet, noteUnread, type Note } from './content';

/** What a parameter that is left out is for, where more is to be said than that there is no such parameter here. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
	['conversation', 'this API keeps no turns, so those before are missing'],
	['metadata', 'the `metadata` of this API takes a `user_id` and nothing else'],
	['previous_response_id', 'this API keeps no turns, so those before are missing'],
	['prompt', 'the template it names is kept by OpenAI'],
]);

/** Parameters of this API, which those who send both kinds of request may mix in. */
const OWN =
	/^(?:cache_control|container|context_management|inference_geo|mcp_servers|stop_sequences|system|thinking|top_k)$/;

/** Turn one parameter that both of their APIs have into what it is here, among the `members` so far. */
export function addParameter([name, value]: Member, members: Map<string, Value>, note: Note): void {
	switch (name) {
		case 'stream':
		case 'top_p':
			members.set(name, value);
			break;
		case 'temperature':
			members.set(name, temperatureOf(value, note));
			break;
		case 'stop':
			members.set('stop_sequences', value.kind === 'array' ? value : array([value]));
			note('`stop` became `stop_sequences`, a list.');
			break;
		case 'user':
		case 'safety_identifier':
			members.set('metadata', object({ user_id: value }));
			note(`\`${name}\` became \`metadata.user_id\`.`);
			break;
		case 'service_tier':
			if (stringOf(value) === 'auto') members.set(name, value);
			else note('`service_tier` was left out: this API has other tiers.');
			break;
		case 'tools':
		case 'functions':
			addTools(name, value, members, note);
			break;
		case 'web_search_options':
			members.set('tools', array([...itemsOf(members.get('tools')), webSearch(value, note)]));
			note('`web_search_options` became the web search of this API, a tool.');
			break;
		case 'tool_choice':
		case 'function_call':
			addToolChoice(name, value, members, note);
			break;
		case 'parallel_tool_calls':
			if (value.kind === 'constant' && value.value === false) addOneToolAtATime(members, note);
			break;
		default:
			if (OWN.test(name) && !members.has(name)) members.set(name, value);
			else note(`\`${name}\` was left out: ${LEFT_OUT.get(name) ?? 'this API has no such parameter'}.`);
	}
}

/** How hard the model thinks, as `output_config.effort`; undefined where there is no such level. */
export function effortOf(value: Value | undefined, note: Note): Value | undefined {
	if (!isSet(value)) return undefined;
	const level = stringOf(value);
	if (level === null || /^(?:low|medium|high|xhigh|max)$/.test(level)) {
		note('The reasoning effort became `output_config.effort`.');
		return value;
	}
	const isLeast = level === 'minimal';
	note(`The reasoning effort ${level} ${isLeast ? 'became low' : 'was left out'}: this API has no such level.`);
	return isLeast ? text('low') : undefined;
}

/** The form of the answer, as `output_config.format`; undefined where it is free, or has no schema. */
export function formatOf(value: Value | undefined, note: Note): Value | undefined {
	const type = stringOf(memberOf(value, 'type'));
	if (!isSet(value) || type === 'text') return undefined;
	const schema = memberOf(memberOf(value, 'json_schema') ?? value, 'schema');
	if (!schema) {
		note(`The response format ${type ?? 'given'} was left out: this API wants a schema.`);
		return undefined;
	}
	note('The response format became `output_config.format`.');
	noteUnread(memberOf(value, 'json_schema') ?? value, /^(?:schema|type)$/, 'the response format', note);
	return object({ type: text('json_schema'), schema });
}

function temperatureOf(value: Value, note: Note): Value {
	if (value.kind !== 'number' || Number(value.spelling) <= 1) return value;
	note(`\`temperature\` became 1, the highest here; it was ${value.spelling}.`);
	return { kind: 'number', spelling: '1' };
}

/** The web search of this API, told what `options` tell theirs. */
function webSearch(options: Value, note: Note): Value {
	const place = memberOf(options, 'user_location');
	const allowed = memberOf(memberOf(options, 'filters'), 'allowed_domains');
	noteUnread(options, /^(?:type|filters|user_location)$/, 'the web search', note);
	noteUnread(memberOf(options, 'filters'), /^allowed_domains$/, 'the web search', note);
	return object({
		type: text('web_search_20250305'),
		name: text('web_search'),
		allowed_domains: isSet(allowed) ? allowed : undefined,
		user_location: isSet(place) ? placeOf(place) : undefined,
	});
}

/** A place as this API takes it; one of theirs has it a level deeper. */
function placeOf(place: Value): Value {
	const { members } = object({ type: text('approximate') });
	const given = memberOf(place, 'approximate') ?? place;
	const parts = given.kind === 'object' ? given.members : [];
	return { kind: 'object', members: [...members, ...parts.filter(([name, part]) => name !== 'type' && isSet(part))] };
}

/** What there is here in the place of a tool of theirs. */
const OTHER_TOOLS: Readonly<Record<string, string>> = {
	code_interpreter: 'here it is the tool `code_execution`, which has other parameters',
	computer_use_preview: 'here it is the tool `computer`, which has other parameters',
	mcp: 'here it is `mcp_servers`, a beta',
};

function addTools(name: string, value: Value, members: Map<string, Value>, note: Note): void {
	if (value.kind === 'hole') {
		members.set('tools', value);
		return note('The tools are to be filled in, as this API has them.');
	}
	const tools = itemsOf(value).flatMap((tool) => {
		const type = stringOf(memberOf(tool, 'type')) ?? 'function';
		// It is one of this API already.
		if (memberOf(tool, 'input_schema') || /_\d{8}$/.test(type)) return [tool];
		if (type.startsWith('web_search')) {
			note('The web search became the one of this API.');
			return [webSearch(tool, note)];
		}
		if (type !== 'function') {
			note(`A tool of the type \`${type}\` was left out: ${OTHER_TOOLS[type] ?? 'this API has no such tool'}.`);
			return [];
		}
		note(`In \`${name}\` the \`parameters\` of each function became \`input_schema\`.`);
		const declared = memberOf(tool, 'function') ?? tool;
		const strict = memberOf(declared, 'strict');
		noteUnread(declared, /^(?:cache_control|description|name|parameters|strict|type)$/, 'a function', note);
		return [
			object({
				name: memberOf(declared, 'name'),
				description: memberOf(declared, 'description'),
				input_schema: schemaOf(memberOf(declared, 'parameters')),
				strict: isSet(strict) ? strict : undefined,
				cache_control: memberOf(tool, 'cache_control') ?? memberOf(declared, 'cache_control'),
			}),
		];
	});
	if (tools.length > 0) members.set('tools', array([...itemsOf(members.get('tools')), ...tools]));
}

/** The schema of a function's parameters, whose type this API wants to be said. */
function schemaOf(parameters: Value | undefined): Value {
	const type = object({ type: text('object') });
	if (!isSet(parameters)) return type;
	if (parameters.kind !== 'object' || memberOf(parameters, 'type')) return parameters;
	return { kind: 'object', members: [...type.members, ...parameters.members] };
}

/** Leave out of the choice of a tool what this API does not take together. */
export function checkToolChoice(members: Map<string, Value>, note: Note): void {
	const choice = members.get('tool_choice');
	if (choice?.kind !== 'object') return;
	if (!members.has('tools')) {
		members.delete('tool_choice');
		note('`tool_choice` was left out: there are no tools.');
	} else if (stringOf(memberOf(choice, 'type')) === 'none')
		members.set('tool_choice', without(choice, ['disable_parallel_tool_use']));
}

function addToolChoice(name: string, value: Value, members: Map<string, Value>, note: Note): void {
	const before = memberOf(members.get('tool_choice'), 'disable_parallel_tool_use');
	// In old times a function was chosen by its name alone.
	const isFunction = (stringOf(memberOf(value, 'type')) ?? 'function') === 'function';
	const chosen = isFunction ? memberOf(memberOf(value, 'function') ?? value, 'name') : undefined;
	const types = new Map([
		['auto', 'auto'],
		['none', 'none'],
		['required', 'any'],
	]);
	const type = chosen ? 'tool' : types.get(stringOf(value) ?? '');
	if (type === undefined) return note(`\`${name}\` was left out: nothing here is the same.`);
	members.set('tool_choice', object({ type: text(type), name: chosen, disable_parallel_tool_use: before }));
	note(`\`${name}\` became \`tool_choice.type\`: ${type}.`);
}

function addOneToolAtATime(members: Map<string, Value>, note: Note): void {
	const choice = members.get('tool_choice');
	members.set(
		'tool_choice',
		object({
			type: memberOf(choice, 'type') ?? text('auto'),
			name: memberOf(choice, 'name'),
			disable_parallel_tool_use: constant(true),
		}),
	);
	note('`parallel_tool_calls` became `tool_choice.disable_parallel_tool_use`.');
}
