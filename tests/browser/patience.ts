import { configure } from '@testing-library/svelte';
import { inject } from 'vitest';

declare module 'vitest' {
	interface ProvidedContext {
		patience: number;
	}
}

// Whoever looks for what is not there yet waits as long as `expect.poll`.
configure({ asyncUtilTimeout: inject('patience') });
