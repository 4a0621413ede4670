/** Text made comparable: how the rules for what people and machines write look at it. */

/** More than any rule needs to see. */
const MOST_CHARACTERS = 5_000

/** Lower case, without accents (`zurück` is `zuruck`, `ß` is `ss`), one kind of apostrophe, one space between words. */
export function plainText(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The words of a text, without punctuation: `don't` is `dont`, `l'entreprise` is `lentreprise`. */
export function wordsOf(text: string): string[] {
  return (
    plainText(text)
      .replaceAll("'", '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
