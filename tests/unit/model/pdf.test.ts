import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readPdf } from '../../../src/model/pdf';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A file whose page tree counts `pages`, as PDF 1.4 writes it. */
const plain = (pages: number | string, more = '') =>
	`%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count ${pages}>>\nendobj\n${more}trailer\n<< /Size 3 /Root 1 0 R >>\n%%EOF`;

/** The same as PDF 1.5 writes it: catalog and page tree are packed into a stream. */
function packed(pages: number, line: string): Uint8Array {
	const objects = ['<</Type/Catalog/Pages 12 0 R>>', `<</Type/Pages/Kids[3 0 R]/Count ${pages}>>`];
	const head = `11 0 12 ${objects[0]!.length + 1} `;
	const stream = String.fromCharCode(...zlibSync(latin1(head + objects.join(' '))));
	const dictionary = `<</Type /ObjStm /N 2 /First ${head.length} /Length ${stream.length} /Filter /FlateDecode>>`;
	return latin1(
		`%PDF-1.5\n5 0 obj ${dictionary}${line}stream${line}${stream}${line}endstream endobj\n7 0 obj <</Type/XRef/Root 11 0 R>>stream\n\0\nendstream endobj`,
	);
}

describe('readPdf', () => {
	test('counts the pages of a file', () => {
		expect(readPdf(latin1(plain(17)))).toEqual({ pages: 17, encrypted: false });
	});

	test.each(['\n', '\r\n'])('counts pages that are packed into a stream, with lines that end in %j', (line) => {
		expect(readPdf(packed(36, line))).toEqual({ pages: 36, encrypted: false });
	});

	test('believes what was written last: a file is changed by adding to it', () => {
		const longer = plain(3, '2 0 obj\n<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>\nendobj\n');
		expect(readPdf(latin1(longer))?.pages).toBe(2);
	});

	test('finds the mark behind a few bytes of another kind', () => {
		expect(readPdf(latin1(`\xef\xbb\xbf  ${plain(4)}`))?.pages).toBe(4);
	});

	test('says that a file is encrypted', () => {
		expect(readPdf(latin1(plain(2).replace('/Root', '/Encrypt 9 0 R /Root')))?.encrypted).toBe(true);
	});

	test.each([
		['is cut short', plain(9).slice(0, 60)],
		['has nothing but its mark', '%PDF-1.7'],
		['counts its pages somewhere else', plain('8 0 R')],
		['has a damaged stream', String.fromCharCode(...packed(3, '\n')).replace('\x78', '\x00')],
	])('cannot count the pages of a file that %s', (_, text) => {
		expect(readPdf(latin1(text))).toEqual({ pages: null, encrypted: false });
	});

	test('is silent about what is no PDF', () => {
		expect(readPdf(latin1('Hello'))).toBeNull();
		expect(readPdf(new Uint8Array())).toBeNull();
	});
});
