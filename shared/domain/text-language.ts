import type { TokenLanguage } from './dispatch-tokens.ts'

/** Short words that a text of the language can hardly do without, and the others do without. */
const COMMON: readonly (readonly [TokenLanguage, RegExp])[] = [
  ['en', common('the and you your with for is are would have this that we our hope')],
  ['de', common('und der die das ist sie ihr ihre ihnen mit für nicht wir ein eine ich haben auf')],
  ['fr', common('le les des est vous votre nous avec pour une et je dans vos que sur')],
  ['es', common('el los las es usted su con para una que por en le y si nos')],
  ['nl', common('de het een is u uw met voor niet wij van ik en heeft bij kunnen')],
  ['it', common('il gli è lei suo con per una che di sono non le nel')],
  ['pt', common('o os as é você seu com para uma que não em do da')],
]

/** The language in which a text is written, by its short words; English where they do not say. */
export function languageOfText(text: string): TokenLanguage {
  let best: { language: TokenLanguage; count: number } = { language: 'en', count: 0 }
  for (const [language, words] of COMMON) {
    const count = text.match(words)?.length ?? 0
    if (count > best.count) best = { language, count }
  }
  return best.language
}

function common(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${words.split(' ').join('|')})(?![\\p{L}])`, 'giu')
}
