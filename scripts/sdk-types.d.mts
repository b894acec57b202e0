export function readSdkTypes(): typeof import('../src/export/sdk-types.json');
