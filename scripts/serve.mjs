// Serves the built site as GitHub Pages would: plain files under a sub-path. `node scripts/serve.mjs [port] [path]`.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const port = Number(process.argv[2] ?? 4179);
const base = process.argv[3] ?? '/messages-playground/';
const types = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.json': 'application/json',
	'.jpg': 'image/jpeg',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
};

createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '/', 'http://localhost');
	const inside = pathname.startsWith(base) ? normalize(decodeURIComponent(pathname.slice(base.length))) : null;
	const file = inside === null || inside.startsWith('..') ? null : join(dist, inside === '.' ? 'index.html' : inside);
	if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
		response.writeHead(404).end('Not found');
		return;
	}
	response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
	createReadStream(file).pipe(response);
}).listen(port, '127.0.0.1', function () {
	// Port 0 is for any that is free.
	console.log(`http://127.0.0.1:${this.address().port}${base}`);
});
