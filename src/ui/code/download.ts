/** Hand `blob` to the browser to be saved under `name`. */
export function download(name: string, blob: Blob): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	// A browser may begin to read only after the click; a minute later it surely has.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
