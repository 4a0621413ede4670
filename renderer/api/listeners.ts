/** A set of listeners that may leave while being called. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void
  emit(value: T): void
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    add(listener) {
      const own = (value: T) => listener(value)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    emit(value) {
      for (const listener of Array.from(listeners)) listener(value)
    },
  }
}
