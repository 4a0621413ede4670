import type { Campaign, Person } from '#shared/contract/campaigns'
import { DAY_MS, HOUR_MS } from '#shared/domain/pacing'
import type { CampaignStatus, EnrolmentStatus } from '#shared/domain/taxonomy'
import { LEAST_SENT, variantVerdict, type VariantFigures } from '#shared/domain/variant-verdict'
import { formatCount, formatNumber, formatWhen } from '../../ui/format.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'

interface Word {
  readonly label: string
  readonly tone: Tone
}

export const CAMPAIGN_WORDS = {
  draft: { label: 'Draft', tone: 'quiet' },
  active: { label: 'Running', tone: 'busy' },
  paused: { label: 'Paused', tone: 'warning' },
  completed: { label: 'Completed', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
} as const satisfies Record<CampaignStatus, Word>

export const PERSON_WORDS = {
  active: { label: 'In it', tone: 'busy' },
  paused: { label: 'Paused', tone: 'warning' },
  on_hold: { label: 'Away', tone: 'waiting' },
  replied: { label: 'Replied', tone: 'good' },
  bounced: { label: 'Bounced', tone: 'bad' },
  opted_out: { label: 'Opted out', tone: 'warning' },
  finished: { label: 'Finished', tone: 'quiet' },
  removed: { label: 'Taken out', tone: 'quiet' },
} as const satisfies Record<EnrolmentStatus, Word>

/** In the order in which a rep looks for them. */
export const PERSON_STATUSES = Object.keys(PERSON_WORDS) as EnrolmentStatus[]

/** Mail of it may still go, now or after the rep resumes it. */
export function isRunning({ status }: Pick<Campaign, 'status'>): boolean {
  return status === 'active' || status === 'paused'
}

/** It can be changed, and people can be added. */
export function isOpen({ status, archivedAt }: Pick<Campaign, 'status' | 'archivedAt'>): boolean {
  return status !== 'cancelled' && archivedAt === null
}

/** `12 of 90 mails sent (13 %)`; 100 only once all of them are. */
export function sentWords({ sent, total }: Campaign['progress']): string {
  const percent = total === 0 ? 0 : Math.floor((100 * sent) / total)
  return `${formatNumber(sent)} of ${formatCount(total, 'mail')} sent (${percent} %)`
}

/** `3 in the last hour, 21 in the last 24 hours`; null: it sends nothing by now. */
export function rateWords(
  campaign: Pick<Campaign, 'sentLatelyAt' | 'progress' | 'status'>,
  now: number,
): string | null {
  const { sentLatelyAt, progress, status } = campaign
  const since = (ms: number): number => sentLatelyAt.filter((at) => at > now - ms).length
  const [lastHour, lastDay] = [since(HOUR_MS), since(DAY_MS)]
  if (lastDay > 0) return `${formatNumber(lastHour)} in the last hour, ${formatNumber(lastDay)} in the last 24 hours`
  return status === 'active' && progress.pending + progress.processing > 0 ? 'none in the last 24 hours' : null
}

/** What became of the others; empty while everything was sent. */
export function progressWords(progress: Campaign['progress']): string[] {
  const { pending, retrying, processing, failed, skipped, cancelled, uncertain } = progress
  return [
    figure(processing, 'being sent'),
    figure(pending, 'waiting'),
    figure(retrying, 'of them being tried again'),
    figure(failed, 'failed'),
    figure(skipped, 'skipped'),
    figure(cancelled, 'cancelled'),
    figure(uncertain, 'uncertain'),
  ].filter((words) => words !== null)
}

/** What came back. Said also when it is nothing, once something was sent. */
export function answerWords({ sent, replied, bounced, optedOut }: Campaign['progress']): string[] {
  if (sent === 0) return []
  return [`${formatNumber(replied)} replied`, `${formatNumber(bounced)} bounced`, `${formatNumber(optedOut)} opted out`]
}

/** When it begins, ends or ended, as far as that can be said. */
export function timeWords(campaign: Campaign, now: number): string {
  const { status, scheduledAt, lastSendAt, progress, createdAt, endedAt } = campaign
  if (status === 'draft') {
    return scheduledAt === null ? 'not started' : `not started; set to begin ${formatWhen(scheduledAt, now)}`
  }
  if (endedAt !== null) return `ended ${formatWhen(endedAt, now)}`
  if (progress.pending + progress.processing === 0) return `made ${formatWhen(createdAt, now)}`
  if (status === 'paused') {
    return campaign.pausedBecause === 'same_refusals'
      ? 'stopped by itself: two people in a row were refused with the same answer, which the mails under “Failed” show. The rest waits. Look at its text and its mailbox, then resume it'
      : 'stands still until you resume it'
  }
  return lastSendAt === null ? 'no end can be named yet' : `the last mail goes ${formatWhen(lastSendAt, now)}`
}

/** `Mail 2`. `step` is counted from 0. */
export function mailName(step: number): string {
  return `Mail ${step + 1}`
}

/** `Mail 2 B: Second note`; the letter where the step has several texts. */
export function mailTitle(
  { steps }: Pick<Campaign, 'steps'>,
  { step, variant }: { readonly step: number; readonly variant: number },
): string {
  const texts = steps[step]?.variants ?? []
  const text = texts[variant]
  const letter = texts.length > 1 ? ` ${variantName(variant)}` : ''
  return `${mailName(step)}${letter}${text === undefined ? '' : `: ${text.templateName}`}`
}

/** `First hello`, `First hello and 1 more`. Null: not chosen yet. */
export function textsWords([first = null, ...others]: readonly (string | null)[]): string {
  const more = others.length === 0 ? '' : ` and ${formatNumber(others.length)} more`
  return `${first ?? 'No template yet'}${more}`
}

/** `12 people next`: who gets a mail next. */
export function nextWords(people: number): string {
  return people === 0 ? 'nobody next' : `${formatCount(people, 'person', 'people')} next`
}

/** `A` to `D`. */
export function variantName(variant: number): string {
  return String.fromCharCode(65 + variant)
}

/** `at once`, `3 working days after mail 1, as an answer in the same thread`. */
export function stepWords(
  { delay, threading }: Pick<Campaign['steps'][0], 'delay' | 'threading'>,
  step: number,
): string {
  if (step === 0) return delayWords(delay, step)
  return `${delayWords(delay, step)}, ${threading === 'reply' ? 'as an answer in the same thread' : 'as a new mail'}`
}

/** `at once`, `the same day as mail 1`, `3 working days after mail 1`. */
export function delayWords({ days, unit }: Campaign['steps'][0]['delay'], step: number): string {
  if (step === 0) return 'at once'
  const long = days === 0 ? 'the same day as' : `${formatCount(days, unit === 'days' ? 'day' : 'working day')} after`
  return `${long} mail ${step}`
}

/** `12 % replied`, or the bare figures while a rate would say too much. */
export function replyWords({ sent, replied }: VariantFigures): string {
  if (sent === 0) return 'none sent yet'
  if (sent < LEAST_SENT)
    return `${formatNumber(replied)} of ${formatNumber(sent)} replied, not enough data for a rate yet`
  return `${Math.round((100 * replied) / sent)} % replied (${formatNumber(replied)} of ${formatNumber(sent)})`
}

/** What the comparison of a step's texts says; null: there is one text. */
export function verdictWords(variants: readonly VariantFigures[]): string | null {
  const verdict = variantVerdict(variants)
  switch (verdict.says) {
    case 'single':
      return null
    case 'too_few':
      return `Not enough data yet: each text needs ${LEAST_SENT} sent mails before they are compared, ${formatNumber(verdict.missing)} to go.`
    case 'no_difference':
      return 'No difference that chance does not explain.'
    case 'better':
      return `Text ${variantName(verdict.best)} gets more answers, by more than chance explains.`
  }
}

/** What cancelling will stop. */
export function cancelQuestion({ name, progress, status }: Campaign): string {
  if (status === 'draft') return `“${name}” has not started, so no mail is stopped. It can be duplicated later.`
  const waiting = formatCount(progress.pending, 'waiting mail')
  return `${waiting} of “${name}” will be stopped and cannot be brought back. What has been sent stays sent.`
}

/** What adding did. Into a draft everybody is taken who was not in it. */
export function addedWords({ added, left }: { added: number; left: number }, isDraft: boolean): string {
  const done = added === 0 ? 'Nobody was added' : `${formatCount(added, 'person', 'people')} added`
  if (left === 0) return `${done}.`
  return `${done}. ${formatCount(left, 'lead')} ${isDraft ? 'in it already' : 'left out'}.`
}

export function personName({ leadName, email }: Pick<Person, 'leadName' | 'email'>): string {
  return leadName === '' ? email : leadName
}

function figure(count: number, words: string): string | null {
  return count === 0 ? null : `${formatNumber(count)} ${words}`
}
