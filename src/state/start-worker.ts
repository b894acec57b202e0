/** As much of https://w3c.github.io/trusted-types/ as is needed: TypeScript's library does not know it. */
interface TrustedTypes {
	createPolicy(name: string, rules: { readonly createScriptURL: () => string }): Policy;
}
interface Policy {
	createScriptURL(url: string): string;
}

/** A worker cannot do its work: it is not there, or has died. */
export class WorkerFailure extends Error {}

/**
 * Gives what starts the worker at `url`. Where the browser asks for it, under the policy `name`, which can name no other
 * script, and which the page's Content-Security-Policy must know. Starting throws where the browser forbids it.
 */
export function workerStarter(name: string, url: string): () => Worker {
	let policy: Policy | undefined;
	return () => {
		const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
		// A second one of the same name would be refused.
		policy ??= trustedTypes?.createPolicy(name, { createScriptURL: () => url });
		return new Worker(policy?.createScriptURL('') ?? url, { type: 'module' });
	};
}
