import { render } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import Markdown from '../../../../../src/ui/response/markdown/Markdown.svelte';

/** The elements that `text` is drawn as, without what Svelte adds to them. */
function drawn(text: string): string {
	const { container } = render(Markdown, { text, growing: false });
	return container
		.querySelector('.markdown')!
		.innerHTML.replaceAll(/<!--.*?-->| class="[^"]*"/g, '')
		.trim();
}

describe('Markdown', () => {
	test.each([
		['# Title', '<h3>Title</h3>'],
		['a **b** *c* ~~d~~ `e<f`', '<p>a <strong>b</strong> <em>c</em> <del>d</del> <code>e&lt;f</code></p>'],
		['3. x\n4. y', '<ol start="3"><li><span>x</span></li><li><span>y</span></li></ol>'],
		['a &amp; &constructor;', '<p>a &amp; &amp;constructor;</p>'],
		['> quoted', '<blockquote><p>quoted</p></blockquote>'],
		['```js\na < b\n```', '<pre><code>a &lt; b</code></pre>'],
		['---', '<hr>'],
		['AT&amp;T &#8364; &unknown; 1 \\* 2', '<p>AT&amp;T € &amp;unknown; 1 * 2</p>'],
	])('draws %j', (text, html) => {
		expect(drawn(text)).toBe(html);
	});

	test('draws tables with their alignment', () => {
		expect(drawn('| a | b |\n|---|--:|\n| 1 | 2 |')).toContain('<td style="text-align: right;">2</td>');
	});

	test('shows markup as the words it is', () => {
		expect(drawn('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>');
		expect(drawn('a <b>c</b>')).toBe('<p>a &lt;b&gt;c&lt;/b&gt;</p>');
	});

	test('links to the web and to mail, and nowhere else', () => {
		const { container } = render(Markdown, { text: '[a](https://example.com)', growing: false });
		const link = container.querySelector('a');
		expect(link?.href).toBe('https://example.com/');
		expect([link?.target, link?.rel]).toEqual(['_blank', 'noopener noreferrer']);
		for (const href of ['javascript:alert(1)', 'data:text/html,x', 'http://example.com', '/path', 'file:///etc'])
			expect(drawn(`[a](${href})`)).not.toContain('<a');
	});

	test('fetches no image: it links to it', () => {
		const html = drawn('![an ant](https://example.com/ant.png)');
		expect(html).not.toContain('<img');
		expect(html).toContain('href="https://example.com/ant.png"');
	});
});
