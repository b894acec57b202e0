export function namedOrigins(text: string | undefined): string[];
export function contentSecurityPolicy(options: { origins: string[]; dev: boolean }): string;
