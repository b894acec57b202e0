import { array, constant, itemsOf, memberOf, object, stringOf, text, type Member, type Value } from '../value';
import { isSet, type Note } from './content';

/** What a parameter that is left out is for, where more is to be said than that there is no such parameter here. */
const LEFT_OUT: Readonly<Record<string, string>> = {
	conversation: 'this API keeps no turns, so those before are missing',
	metadata: 'the `metadata` of this API takes a `user_id` and nothing else',
	previous_response_id: 'this API keeps no turns, so those before are missing',
	prompt: 'the template it names is kept by OpenAI',
};

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
			members.set('tools', array([...itemsOf(members.get('tools')), WEB_SEARCH]));
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
			note(
				`\`${name}\` was left out: ${Object.hasOwn(LEFT_OUT, name) ? LEFT_OUT[name] : 'this API has no such parameter'}.`,
			);
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
	return object({ type: text('json_schema'), schema });
}

function temperatureOf(value: Value, note: Note): Value {
	if (value.kind !== 'number' || Number(value.spelling) <= 1) return value;
	note(`\`temperature\` became 1, the highest here; it was ${value.spelling}.`);
	return { kind: 'number', spelling: '1' };
}

const WEB_SEARCH = object({ type: text('web_search_20250305'), name: text('web_search') });

function addTools(name: string, value: Value, members: Map<string, Value>, note: Note): void {
	const tools = itemsOf(value).flatMap((tool) => {
		const type = stringOf(memberOf(tool, 'type')) ?? 'function';
		if (type.startsWith('web_search')) {
			note('The web search became the one of this API.');
			return [WEB_SEARCH];
		}
		if (type !== 'function') {
			note(`A tool of the type \`${type}\` was left out: this API has no such tool.`);
			return [];
		}
		note(`In \`${name}\` the \`parameters\` of each function became \`input_schema\`.`);
		const declared = memberOf(tool, 'function') ?? tool;
		const strict = memberOf(declared, 'strict');
		const parameters = memberOf(declared, 'parameters');
		return [
			object({
				name: memberOf(declared, 'name'),
				description: memberOf(declared, 'description'),
				input_schema: isSet(parameters) ? parameters : object({ type: text('object') }),
				strict: isSet(strict) ? strict : undefined,
			}),
		];
	});
	if (tools.length > 0) members.set('tools', array([...itemsOf(members.get('tools')), ...tools]));
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
