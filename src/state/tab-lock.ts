/** The Web Lock that a tab holds for as long as it lives: whoever gets it knows that the tab is gone. `name`: the database's. */
export function tabLock(name: string, tab: string): string {
	return `${name}/tab/${tab}`;
}
