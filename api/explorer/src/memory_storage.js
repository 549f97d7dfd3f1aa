/**
 * Storage that forgets when the page closes. GraphiQL keeps queries, variables, headers and its history in whatever
 * storage it is given, the browser's `localStorage` unless told otherwise; people try queries on shared computers, and
 * variables name people, so nothing is kept.
 */
export function createMemoryStorage() {
  const items = new Map()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, String(value)),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    get length() {
      return items.size
    },
  }
}
