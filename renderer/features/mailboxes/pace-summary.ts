import { formatCount } from '../../ui/format.ts'
import { gapOf, minutesOf, type PolicyDraft } from './policy-draft.ts'

/** What these numbers mean on a full day, in a sentence. Only for a draft without problems. */
export function paceSummary(draft: PolicyDraft): string {
  const perDay = draft.week.map((ranges) =>
    mailsIn(
      ranges.reduce((sum, range) => sum + length(minutesOf(range)), 0),
      draft,
    ),
  )
  const most = Math.max(...perDay)
  const perWeek = perDay.reduce((sum, mails) => sum + mails, 0)
  return `On a full day about ${formatCount(most, 'mail')}, in a week about ${formatCount(perWeek, 'mail')}.`
}

function mailsIn(openMinutes: number, draft: PolicyDraft): number {
  if (openMinutes === 0) return 0
  const gap = gapOf(draft)
  const byGap = (openMinutes * 60_000) / ((gap.min + gap.max) / 2)
  const byHour = (openMinutes / 60) * Number(draft.hourlyCap)
  // What is kept free for the rep's own mail is not the queue's.
  const byDay = Number(draft.dailyCap) - Number(draft.handReserve)
  return Math.max(1, Math.floor(Math.min(byGap, byHour, byDay)))
}

function length({ from, to }: { from: number; to: number }): number {
  return to - from
}
