/** How well something is found by what was typed; the smaller, the better. */
export type Rank = 0 | 1 | 2

export interface NameSearch {
  /** No word to look for: finds nothing. */
  readonly isEmpty: boolean
  /** `texts`: the name first, then what else it may be found by. Null: a word of the search is in none of them. */
  rank(texts: readonly string[]): Rank | null
}

/** Looks for every word that was typed, in any order, whatever the case and the marks: `muller` finds Müller. */
export function createNameSearch(search: string): NameSearch {
  const whole = folded(search)
  const words = whole.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return {
    isEmpty: words.length === 0,
    rank(texts) {
      const all = folded(texts.join('\n'))
      if (words.length === 0 || !words.every((word) => all.includes(word))) return null
      if (all.startsWith(whole)) return 0
      const begins = all.split(/[^\p{L}\p{N}]+/u)
      return words.every((word) => begins.some((begin) => begin.startsWith(word))) ? 1 : 2
    },
  }
}

function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
}
