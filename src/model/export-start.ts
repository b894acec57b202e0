/** How an export of this page begins. */
export const EXPORT_START = /^\s*\{\s*"format":\s*"messages-playground"/;
