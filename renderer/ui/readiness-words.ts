import type { Check, CheckCode } from '#shared/domain/readiness'
import { formatCount, formatDuration, formatRelative } from './format.ts'

/** What is verified before a mailbox goes live, as a rep says it. */
export const CHECK_TITLES = {
  sender: 'Address and opt-out below each first mail',
  limits: 'Limits are on',
  gap: 'Pauses between mails are random',
  hours: 'Working hours and time zone are set',
  cool_down: 'Nobody is written to again too soon',
  health: 'Health is above the line',
  reading: 'Answers are noticed',
  pause: 'Pausing works',
  spf: 'SPF lets your provider send for your domain',
  dkim: 'Mail from your domain is signed (DKIM)',
  dmarc: 'Your domain has a DMARC rule',
  test_mail: 'A test mail arrived in your inbox',
} satisfies Record<CheckCode, string>

type Sentence = (facts: Check['facts'], now: number) => string

/** What was found, and what to do about it where it is not fine. By check, then by reason. */
const SENTENCES: Readonly<Record<CheckCode, Readonly<Partial<Record<Check['reason'], Sentence>>>>> = {
  sender: {
    fine: ({ line, optOut }) => `${text(line)} · ${text(optOut)}`,
    no_address: () =>
      'No postal address is filled in. Many countries want one in a first mail, so nothing can be queued.',
    no_opt_out: () => 'No opt-out sentence is filled in. A first mail must say how to hear no more of you.',
  },
  limits: {
    fine: ({ hourlyCap, dailyCap, hasRamp }) =>
      `At most ${formatCount(count(hourlyCap), 'mail')} in 60 minutes and ${count(dailyCap)} in 24 hours${hasRamp === true ? ', with a slow start' : ''}.`,
  },
  gap: {
    fine: ({ minMs, maxMs }) =>
      `From ${formatDuration(count(minMs))} to ${formatDuration(count(maxMs))}, drawn anew each time.`,
    fixed: ({ minMs }) =>
      `Always ${formatDuration(count(minMs))}: that looks like a machine. Choose a shortest and a longest pause.`,
  },
  hours: {
    fine: (facts) => `Open on ${formatCount(count(facts.openDays), 'day')} of the week, ${zoneText(facts)}.`,
    round_the_clock: () => 'Mail would go day and night. Choose the hours in which you would write yourself.',
  },
  cool_down: {
    fine: ({ days }) => `${formatCount(count(days), 'day')} between two campaigns to the same person.`,
    off: () => 'The pause between two campaigns to the same person is 0 days. Choose 30 or more.',
  },
  health: {
    fine: ({ health }) => `${count(health)} of 100.`,
    low: ({ health, line }) =>
      `${count(health)} of 100, and ${count(line)} is the line. Check the addresses of your leads before you go on.`,
  },
  reading: {
    fine: () => 'Replies, bounces and opt-outs are read and acted on.',
    not_allowed: () =>
      'This mailbox may not be read: replies, bounces and opt-outs go unnoticed. Let it be read, or act on them yourself.',
  },
  pause: {
    fine: ({ pausedAt, resumedAt }, now) =>
      `Paused ${formatRelative(count(resumedAt), now)} for ${formatDuration(Math.max(1_000, count(resumedAt) - count(pausedAt)))}: nothing left in that time.`,
    leaked: ({ sent }) =>
      `${formatCount(count(sent), 'mail')} left while it was paused. Do not send from here, and tell us.`,
    not_tried: () => 'Not tried yet. A try pauses the mailbox, lets the queue ask for a mail, and resumes it.',
  },
  spf: {
    free_mail: () => 'Your provider takes care of this.',
    not_checked: notChecked,
    unreachable,
    found: evidence,
    missing: ({ domain, provider }) =>
      `${text(domain)} has no SPF record. Add the one that ${text(provider) || 'your provider'} names to your domain’s DNS.`,
    several: (facts) =>
      `There are two SPF records, and receivers take neither. Make one of them: ${text(facts.evidence)}`,
    open_to_all: (facts) => `The record lets anybody send in your name. End it with ~all: ${text(facts.evidence)}`,
    not_named: (facts) =>
      `The record does not name ${text(facts.provider)}, through which you send. Add it: ${text(facts.evidence)}`,
  },
  dkim: {
    free_mail: () => 'Your provider takes care of this.',
    not_checked: notChecked,
    unreachable,
    found: (facts) => `A key is at ${text(facts.evidence)}.`,
    missing: (facts) =>
      `There is no key at ${text(facts.evidence)}. Switch DKIM on at ${text(facts.provider) || 'your provider'}.`,
    not_found: (facts) =>
      `No key was found under the usual names, but yours may have another one. Ask ${text(facts.provider) || 'your provider'} whether DKIM is on. Asked: ${text(facts.evidence)}`,
    revoked: (facts) => `The key at ${text(facts.evidence)} was taken back. Make a new one at your provider.`,
  },
  dmarc: {
    free_mail: () => 'Your provider takes care of this.',
    not_checked: notChecked,
    unreachable,
    found: evidence,
    missing: (facts) =>
      `There is no record at ${text(facts.evidence)}. Add one: “v=DMARC1; p=none” is enough to begin with.`,
    several: (facts) => `There are two records, and receivers take neither. Keep one: ${text(facts.evidence)}`,
    broken: (facts) => `The record has no policy that receivers know. Mend it: ${text(facts.evidence)}`,
  },
  test_mail: {
    not_sent: () => 'None was sent from here yet. It takes a minute and shows that everything works.',
    on_its_way: () => 'It is on its way. This page tells as soon as it is found.',
    accepted: () => 'Your provider took it. Pacemail may not read this mailbox, so look into your inbox yourself.',
    received: ({ receivedAt, tookMs }, now) =>
      `Received ${formatRelative(count(receivedAt), now)}, after ${tookText(tookMs)}.`,
    spam: () =>
      'It arrived in your spam folder, where your leads’ mail would be too. Look at SPF, DKIM and DMARC first.',
    not_seen: () =>
      'Your provider took it, but it did not arrive within 20 minutes. Look into your inbox, or try again.',
    refused: () => 'The last one did not leave. The mailbox’s card says what is wrong; then try again.',
    uncertain: () => 'It is not known whether the last one left. It is not sent again; look into your inbox.',
  },
}

/** What was found, and what to do. */
export function checkText(check: Check, now: number): string {
  return SENTENCES[check.code][check.reason]?.(check.facts, now) ?? ''
}

/** The whole list in a few words: what failed counts, what is not known is only said. */
export function readinessSummary(checks: readonly Pick<Check, 'state'>[]): string {
  const failed = checks.filter(({ state }) => state === 'failed').length
  const unknown = checks.filter(({ state }) => state === 'unknown').length
  const passed = `${checks.length - failed - unknown} of ${checks.length} checks are fine`
  const parts = [failed === 0 ? '' : `${failed} failed`, unknown === 0 ? '' : `${unknown} not known yet`]
  return [passed, ...parts.filter((part) => part !== '')].join(', ')
}

type Value = Check['facts'][string] | undefined

function text(value: Value): string {
  return typeof value === 'string' ? value : ''
}

function count(value: Value): number {
  return typeof value === 'number' ? value : 0
}

function evidence(facts: Check['facts'], now: number): string {
  return `${text(facts.evidence)} (looked up ${formatRelative(count(facts.checkedAt), now)})`
}

function notChecked(): string {
  return 'Not looked up yet.'
}

function unreachable(): string {
  return 'It could not be looked up: no name server answered. Check your connection and try again.'
}

function zoneText({ zone, followsComputer }: Check['facts']): string {
  return followsComputer === true ? `in this computer’s time zone (${text(zone)})` : `in the time zone ${text(zone)}`
}

function tookText(ms: Value): string {
  return count(ms) < 1_000 ? 'less than a second' : formatDuration(count(ms))
}
