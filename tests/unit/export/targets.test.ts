import { describe, expect, test } from 'vitest';
import { exportTargets } from '../../../src/export/targets';
import { guide } from './documents';
import { write } from './write';

describe.each(exportTargets)('$name', (target) => {
	test('is the only one of its name and id', () => {
		expect(exportTargets.filter(({ id, name }) => id === target.id || name === target.name)).toEqual([target]);
	});

	test('never holds a credential, wherever the user has put one', () => {
		const headers = [
			['X-Api-Key', 'sk-ant-secret'],
			['Authorization', 'Bearer sk-ant-secret'],
			['proxy-authorization', 'Basic sk-ant-secret'],
			['x-goog-api-key', 'sk-ant-secret'],
			['cookie', 'session=sk-ant-secret'],
			['x-forwarded', 'Bearer sk-ant-secret'],
			['x-foo', 'sk-ant-secret-aB3dE5fG7hI9jK1lM3nO5pQ7'],
			['x-note', 'kept'],
		] as const;
		const code = write(target, guide['Hello, Claude'], { headers });
		expect(code).not.toContain('sk-ant-secret');
		expect(code).toContain('kept');
		expect(code).toMatch(/\$X_FOO|process\.env\.X_FOO|os\.environ\["X_FOO"\]/);
		expect(code).toMatch(/(?:#|\/\/) X_FOO in the environment is the header x-foo/);
	});

	test('prints no header that has no name yet', () => {
		const without = write(target, guide['Hello, Claude'], { headers: [['x-note', 'kept']] });
		const headers = [
			['', ''],
			[' ', 'no name'],
			['x-note', 'kept'],
			['', 'no name'],
			['anthropic-beta', ''],
		] as const;
		expect(write(target, guide['Hello, Claude'], { headers })).toBe(without);
	});

	test('reads a picture from a file that it names, or holds it', () => {
		expect(write(target, guide['Image as base64'], { images: 'file' })).toMatch(/image-1\.jpg/);
		expect(write(target, guide['Image as base64'], { images: 'file' })).not.toContain('attachment:');
		expect(write(target, guide['Image as base64'], { images: 'inline' })).toMatch(/["']attachment:sha256-\w+["']/);
	});
});
