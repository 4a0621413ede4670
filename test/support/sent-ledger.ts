/** What really left a Gmail mailbox, and the rules that hold for it, worked out apart from the product. */
import PostalMime from 'postal-mime'
import { Temporal } from 'temporal-polyfill'
import type { GmailAccount } from '#test/fakes/gmail-account'

export interface LeftMail {
  readonly to: string
  /** By its text, counted from 0; -1: none of ours. */
  readonly step: number
  /** Epoch ms, by the mailbox's own record. */
  readonly at: number
  readonly threadId: string
  readonly subject: string
  readonly messageId: string
  /** The Message-ID that it answers; '': none. */
  readonly answers: string
}

export interface LedgerRules {
  /** IANA, of the person. */
  readonly zoneOf: (to: string) => string
  /** Local minutes after midnight, Monday to Friday. */
  readonly hours: readonly { readonly from: number; readonly to: number }[]
  readonly leastGapMs: number
  readonly hourlyCap: number
  /** Working days after the mail before, by step. */
  readonly delays: readonly number[]
  /** Local dates, both included, on which the rep is away. */
  readonly away: { readonly from: string; readonly to: string }
  /** Epoch ms: the lid was closed. */
  readonly asleep: { readonly from: number; readonly to: number }
}

const HOUR_MS = 3_600_000

/** Everything that left, in order. `marks`: a sentence that only the mail of that step holds. */
export async function listLeft(account: GmailAccount, marks: readonly string[]): Promise<LeftMail[]> {
  return Promise.all(
    account.left.map(async ({ id, threadId, to, raw }) => {
      const mail = await PostalMime.parse(raw)
      return {
        to: to.join(' '),
        step: marks.findIndex((mark) => mail.text?.includes(mark)),
        at: account.messages.get(id)?.internalDate ?? 0,
        threadId,
        subject: mail.subject ?? '',
        messageId: mail.messageId ?? '',
        answers: mail.inReplyTo ?? '',
      }
    }),
  )
}

/** The local date on which each mail left, by address. */
export function datesByPerson(left: readonly LeftMail[], { zoneOf }: LedgerRules): Record<string, string[]> {
  const byPerson = Map.groupBy(left, ({ to }) => to)
  return Object.fromEntries(
    [...byPerson].map(([person, mails]) => [person, mails.map((mail) => dateOf(mail, zoneOf(mail.to)).toString())]),
  )
}

/** Rules that what left has broken, in words. */
export function brokenBy(left: readonly LeftMail[], rules: LedgerRules): string[] {
  const byPerson = Map.groupBy(left, ({ to }) => to)
  return [
    ...left.flatMap((mail) => whenBroken(mail, rules)),
    ...paceBroken(left, rules),
    ...[...byPerson.values()].flatMap((mails) => sequenceBroken(mails, rules)),
  ]
}

function whenBroken(mail: LeftMail, { zoneOf, hours, away, asleep }: LedgerRules): string[] {
  const local = localOf(mail.at, zoneOf(mail.to))
  const minutes = local.hour * 60 + local.minute
  const date = local.toPlainDate().toString()
  const isOpen = local.dayOfWeek <= 5 && hours.some(({ from, to }) => from <= minutes && minutes < to)
  return [
    ...(isOpen ? [] : [`${named(mail)} left outside hours, ${local.toString()}`]),
    ...(date < away.from || date > away.to ? [] : [`${named(mail)} left while the rep was away, ${date}`]),
    ...(mail.at < asleep.from || mail.at >= asleep.to ? [] : [`${named(mail)} left while the machine slept`]),
  ]
}

function paceBroken(left: readonly LeftMail[], { leastGapMs, hourlyCap }: LedgerRules): string[] {
  return left.flatMap((mail, index) => {
    const gapMs = mail.at - (left[index - 1]?.at ?? -Infinity)
    const hour = mail.at - (left[index - hourlyCap]?.at ?? -Infinity)
    return [
      ...(gapMs >= leastGapMs ? [] : [`${named(mail)} left ${gapMs} ms after the one before`]),
      ...(hour >= HOUR_MS ? [] : [`${named(mail)} was one too many in its hour`]),
    ]
  })
}

/** One person's mails: each step once and in order, in one thread, and none earlier than ordered. */
function sequenceBroken(mails: readonly LeftMail[], rules: LedgerRules): string[] {
  const [first] = mails
  return mails.flatMap((mail, index) => {
    const before = mails[index - 1]
    const isInOrder = mail.step === index ? [] : [`${named(mail)} left as number ${index + 1}`]
    if (before === undefined || first === undefined) return isInOrder
    const isInThread =
      mail.threadId === first.threadId && mail.answers === before.messageId && mail.subject === `Re: ${first.subject}`
    return [
      ...isInOrder,
      ...(isInThread ? [] : [`${named(mail)} is not in the thread of the mail before it`]),
      ...(isLateEnough(before, mail, rules) ? [] : [`${named(mail)} left too soon`]),
    ]
  })
}

/** On the last counted day it may leave from the same time of day on. */
function isLateEnough(before: LeftMail, mail: LeftMail, { zoneOf, delays, away }: LedgerRules): boolean {
  const zone = zoneOf(mail.to)
  let counted = 0
  for (let day = dateOf(before, zone); Temporal.PlainDate.compare(day, dateOf(mail, zone)) < 0;) {
    day = day.add({ days: 1 })
    const isAway = day.toString() >= away.from && day.toString() <= away.to
    if (day.dayOfWeek <= 5 && !isAway) counted += 1
  }
  const ordered = delays[mail.step] ?? 0
  if (counted !== ordered) return counted > ordered
  const times = [before, mail].map(({ at }) => localOf(at, zone).toPlainTime())
  return Temporal.PlainTime.compare(times[0] ?? '00:00', times[1] ?? '00:00') <= 0
}

function named({ step, to }: LeftMail): string {
  return `mail ${step + 1} to ${to}`
}

function dateOf({ at }: LeftMail, zone: string): Temporal.PlainDate {
  return localOf(at, zone).toPlainDate()
}

/** The wall clock at a moment. */
export function localOf(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
}
