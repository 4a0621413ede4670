import { formatCount, formatDay, formatDuration } from './format.ts'

/** What more mail means for the mail that waits; the shape of the contract's `Outlook.moved`. */
export interface MovedMail {
  readonly count: number
  readonly latestMs: number
  readonly ends: readonly { readonly name: string; readonly from: number; readonly to: number }[]
}

const DAY_MS = 86_400_000
/** More campaigns than these are only counted. */
const NAMED = 3

/** `12 waiting mails move, the latest by 2 days; “Spring” ends Thu, 5 Mar instead of Wed, 4 Mar.` Null: none moves. */
export function movedText({ count, latestMs, ends }: MovedMail, now: number): string | null {
  if (count === 0) return null
  const by = latestMs === 0 ? '' : `${count === 1 ? '' : ', the latest'} by ${laterText(latestMs)}`
  const named = ends.slice(0, NAMED).map(({ name, from, to }) => {
    return `“${name}” ends ${formatDay(to, now)} instead of ${formatDay(from, now)}`
  })
  const others = ends.length - named.length
  const rest = others === 0 ? [] : [`${formatCount(others, 'more campaign')} on another day`]
  const moves = `${formatCount(count, 'waiting mail')} ${count === 1 ? 'moves' : 'move'}${by}`
  return `${[moves, ...named, ...rest].join('; ')}.`
}

function laterText(ms: number): string {
  return ms < DAY_MS ? formatDuration(ms) : formatCount(Math.round(ms / DAY_MS), 'day')
}
