import { isJsonArray, isJsonObject } from '../../model/json';
import { judge, malformedIn } from '../json-schema';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const inputExamples: Rule = {
	id: 'input-examples',
	severity: 'rejected',
	title: "Examples of a tool's input are as its schema says",
	why: 'input_examples show the model how a tool is called; each is checked against input_schema.',
	link: docs('agents-and-tools/tool-use/define-tools'),
	checked: CHECKED,
	check: ({ request }) =>
		toolsIn(request).flatMap(({ value: { input_schema: schema, input_examples: examples }, index }) => {
			if (!isJsonObject(schema) || !isJsonArray(examples) || malformedIn(schema)) return [];
			return examples.flatMap((example, at) => {
				const path = ['tools', index, 'input_examples', at];
				return isJsonObject(example) && judge(example, schema) === false
					? [
							{
								path,
								message: 'This example is not what the input_schema describes.',
								fixes: [{ label: 'Remove the example', changes: [{ kind: 'remove' as const, path }] }],
							},
						]
					: [];
			});
		}),
};
