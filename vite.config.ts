import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { contentSecurityPolicy, namedOrigins } from './scripts/policy.mjs';
import { prebundled } from './scripts/prebundled.mjs';

/** Origins beside Anthropic's and the local machine's that this build may talk to: `API_ORIGINS="https://a.example https://b.example"`. */
const origins = namedOrigins(process.env.API_ORIGINS);

/** Write the Content-Security-Policy into the page; the dev server needs inline styles and its own web socket. */
const policy = (): Plugin => ({
	name: 'content-security-policy',
	transformIndexHtml: {
		order: 'post',
		handler: (_html, { server }) => [
			{
				tag: 'meta',
				attrs: {
					'http-equiv': 'Content-Security-Policy',
					content: contentSecurityPolicy({ origins, dev: server !== undefined }),
				},
				injectTo: 'head-prepend',
			},
		],
	},
});

/**
 * Leave out of Svelte what takes over the markup of a server, of which this page has none: 1.6 kB of a first visit. Svelte
 * means it to fall away by itself, but the bundler does not see that nobody sets the variable it depends on.
 */
const neverHydrated = (): Plugin => ({
	name: 'never-hydrated',
	transform: {
		filter: { id: /\/svelte\/src\/internal\/client\/dom\/hydration\.js$/ },
		handler(code) {
			const [variable, setter] = ['export let hydrating = false;', 'hydrating = value;'];
			if (!code.includes(variable) || !code.includes(setter))
				throw new Error(`Svelte says it differently now: look for the variable of ${variable}`);
			return code.replace(variable, variable.replace('let', 'const')).replace(setter, '');
		},
	},
});

export default defineConfig({
	// Relative addresses, so that the built files work under any path.
	base: './',
	plugins: [svelte(), policy(), neverHydrated()],
	define: { __API_ORIGINS__: JSON.stringify(origins) },
	optimizeDeps: { include: prebundled },
	worker: { format: 'es' },
	build: {
		target: 'baseline-widely-available',
		chunkSizeWarningLimit: 600,
		manifest: true,
		modulePreload: {
			// Every browser of the target has module preloading of its own.
			polyfill: false,
			// A part that is loaded later names the scripts it imports itself: a list of them would come with the first visit.
			resolveDependencies: (_file, names) => names.filter((name) => name.endsWith('.css')),
		},
		rolldownOptions: {
			// What the first visit needs is one file: cut along what later parts share, it would be eight, and larger. The rules
			// that wait are one, too: whatever needs some of them comes with a request that is asked about by all.
			output: {
				// The first visit names all that comes later: short names keep it small. The manifest tells what is in which.
				entryFileNames: 'assets/[name]-[hash:7].js',
				chunkFileNames: 'assets/[hash:7].js',
				assetFileNames: 'assets/[hash:7][extname]',
				codeSplitting: {
					groups: [
						{ name: 'page', tags: ['$initial'], priority: 1 },
						{ name: 'rules', test: /\/src\/lint\// },
					],
				},
			},
		},
	},
});
