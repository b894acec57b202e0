/** A `localStorage` of its own, with room for so many characters in each item. */
export function storage(room = Infinity): Storage {
	const items = new Map<string, string>();
	const methods: Partial<Storage> = {
		getItem: (name) => items.get(name) ?? null,
		setItem: (name, value) => {
			if (value.length > room) throw new DOMException('', 'QuotaExceededError');
			items.set(name, value);
		},
		removeItem: (name) => void items.delete(name),
	};
	return new Proxy(methods as Storage, {
		// In no order that could be relied on.
		ownKeys: () => [...items.keys()].toReversed(),
		getOwnPropertyDescriptor: (_, name) => ({ value: items.get(String(name)), enumerable: true, configurable: true }),
	});
}
