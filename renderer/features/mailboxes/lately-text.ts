/** What the small pictures of a mailbox say, in words. */
import { LEAST_HEALTH } from '#shared/domain/gates'
import { occurrencesBelow, SLOW_BELOW } from '#shared/domain/health'
import { formatCount, formatLocalDate, formatNumber } from '../../ui/format.ts'
import type { Lately } from './use-mailboxes.ts'

/** `46 mails in 14 days, most on Thu 5 Mar: 20. The limit is 40 a day.` */
export function daysText(days: Lately['days']): string {
  const total = days.reduce((sum, { sent }) => sum + sent, 0)
  const [most] = days.toSorted((a, b) => b.sent - a.sent)
  const [first, last] = [days[0]?.limit ?? 0, days.at(-1)?.limit ?? 0]
  const limit =
    first === last
      ? `The limit is ${formatNumber(last)} a day.`
      : `The limit went from ${formatNumber(first)} to ${formatNumber(last)} a day.`
  if (total === 0 || most === undefined) return `Nothing sent in ${formatCount(days.length, 'day')}. ${limit}`
  const top = `most on ${formatLocalDate(most.date)}: ${formatNumber(most.sent)}`
  return `${formatCount(total, 'mail')} in ${formatCount(days.length, 'day')}, ${top}. ${limit}`
}

export function healthText(health: number): string {
  return `Health ${health} of 100. Below ${SLOW_BELOW} it sends slowly, below ${LEAST_HEALTH} not at all.`
}

/** `Of the last 50 mails 6 were answered and 1 address does not exist; 3 of these make it slow, 5 stop it.` */
export function recentText({ mails, replied, bounced }: Lately['recent']): string {
  const rule = `${occurrencesBelow('hard_bounce', SLOW_BELOW)} addresses that do not exist make it slow, ${occurrencesBelow('hard_bounce', LEAST_HEALTH)} stop it.`
  if (mails === 0) return `Nothing was sent that could have come back. ${rule}`
  const answered = `${formatNumber(replied)} ${replied === 1 ? 'was' : 'were'} answered`
  const gone = `${formatCount(bounced, 'address does', 'addresses do')} not exist`
  return `Of the last ${formatCount(mails, 'mail')} ${answered}, and ${gone}. ${rule}`
}
