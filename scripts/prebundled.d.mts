export const prebundled: string[];
