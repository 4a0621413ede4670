import { formatCount, formatLocalDate, formatNumber } from '../../ui/format.ts'
import type { Digest, Overview, RateView } from './use-insights.ts'

/** `12% (8–17%)`: the rate, and between what it truly lies; or that nobody can tell yet. */
export function rateText(rate: RateView): string {
  if (rate.share === null) return 'Nothing sent'
  return rate.isEnough ? `${percent(rate.share)} (${range(rate)})` : 'Not enough data yet'
}

/** `31 of 260`. */
export function countText({ hits, sent }: RateView): string {
  return `${formatNumber(hits)} of ${formatNumber(sent)}`
}

export function percent(share: number): string {
  const value = share * 100
  return `${value > 0 && value < 10 ? Number(value.toFixed(1)) : Math.round(value)}%`
}

function range({ low, high }: RateView): string {
  return `${percent(low).slice(0, -1)}–${percent(high)}`
}

export function hourText(hour: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(hour)}:00–${two((hour + 1) % 24)}:00`
}

export function stepName(step: number): string {
  return step === 0 ? 'First mail' : `Follow-up ${step}`
}

/** The one sentence that a rep would take away from the plot. */
export function overTimeSummary({ days, totals }: Overview): string {
  if (totals.sent === 0) return 'Nothing was sent in this time.'
  const busiest = days.reduce((best, each) => (each.sent > best.sent ? each : best))
  const answers = days.reduce((sum, { replied }) => sum + replied, 0)
  return `${formatCount(totals.sent, 'mail')} sent, ${formatCount(answers, 'answer')} came in. Most went out on ${formatLocalDate(busiest.date)}: ${formatNumber(busiest.sent)}.`
}

export function throughputSummary({ throughput }: Overview): string {
  const planned = throughput.coming.reduce((sum, each) => sum + each.planned, 0)
  const mean = throughput.sentPerSendingDay
  const past = mean === null ? 'Nothing was sent in this time.' : `${Math.round(mean)} a day on days with mail.`
  const limit = `Your mailboxes may send ${formatNumber(throughput.dailyLimit)} in 24 hours.`
  return `${past} ${formatCount(planned, 'mail')} planned for the coming seven days. ${limit}`
}

/** Yesterday, today, tomorrow: what happened and what is planned. */
export function digestLines({ yesterday, today, planned }: Digest): { title: string; text: string }[] {
  const ahead = planned.today === 0 ? '' : ` ${formatCount(planned.today, 'more mail')} planned.`
  return [
    { title: 'Yesterday', text: happened(yesterday) },
    { title: 'Today', text: `${happened(today)}${ahead}` },
    {
      title: 'Tomorrow',
      text: planned.tomorrow === 0 ? 'Nothing is planned.' : `${formatCount(planned.tomorrow, 'mail')} planned.`,
    },
  ]
}

function happened(day: Digest['today']): string {
  const parts = [
    day.sent > 0 ? `${formatCount(day.sent, 'mail')} sent` : '',
    day.failed > 0 ? `${formatNumber(day.failed)} failed` : '',
    day.replied > 0 ? formatCount(day.replied, 'answer') : '',
    day.bounced > 0 ? `${formatNumber(day.bounced)} came back` : '',
    day.optedOut > 0 ? `${formatNumber(day.optedOut)} opted out` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'No mail.' : `${parts.join(', ')}.`
}
