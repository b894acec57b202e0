import { isJsonArray, type JsonValue } from '../../model/json';
import { CHECKED, docs, type Rule } from '../rule';
import { toolsIn } from '../tools-in';

export const webDomains: Rule = {
	id: 'web-domains',
	severity: 'rejected',
	title: 'Domains are allowed or blocked, not both',
	why: 'Web search and web fetch take a list of the only domains to look at, or a list of those to leave out.',
	link: docs('agents-and-tools/tool-use/web-search-tool'),
	checked: CHECKED,
	check: ({ request }) =>
		toolsIn(request).flatMap(({ value, index }) => {
			const isOfWeb = typeof value.type === 'string' && /^web_(?:search|fetch)_\d/.test(value.type);
			if (!isOfWeb || !isFilled(value.allowed_domains) || !isFilled(value.blocked_domains)) return [];
			const path = ['tools', index, 'blocked_domains'];
			return [
				{
					path,
					message: 'allowed_domains and blocked_domains cannot stand together.',
					fixes: [{ label: 'Remove blocked_domains', changes: [{ kind: 'remove', path }] }],
				},
			];
		}),
};

function isFilled(list: JsonValue | undefined): boolean {
	return isJsonArray(list) && list.length > 0;
}
