/** "Before going live": what can be verified of one mailbox, each with what it was judged by. */
import { z } from 'zod'
import { SLOW_BELOW } from './health.ts'
import type { Policy } from './policy.ts'
import { isSenderKnown, postalLine, type SenderIdentity } from './sender-identity.ts'
import type { MailboxKind } from './taxonomy.ts'

/** In the order in which they are shown. `spf`, `dkim` and `dmarc` are not asked of a practice mailbox. */
export const CheckCode = z.enum([
  'sender',
  'limits',
  'gap',
  'hours',
  'cool_down',
  'health',
  'reading',
  'pause',
  'spf',
  'dkim',
  'dmarc',
  'test_mail',
])
export type CheckCode = z.infer<typeof CheckCode>

/** `unknown`: not tried yet, or it could not be told. Only `failed` asks for a deliberate click. */
export const CheckState = z.enum(['ok', 'failed', 'unknown'])
export type CheckState = z.infer<typeof CheckState>

export const CheckReason = z.enum([
  'fine',
  'fixed',
  'round_the_clock',
  'off',
  'low',
  'leaked',
  'not_tried',
  'no_address',
  'no_opt_out',
  'not_allowed',
  'free_mail',
  'not_checked',
  'unreachable',
  'found',
  'missing',
  'not_found',
  'several',
  'broken',
  'revoked',
  'open_to_all',
  'not_named',
  'not_sent',
  'on_its_way',
  'accepted',
  'received',
  'spam',
  'not_seen',
  'refused',
  'uncertain',
])
export type CheckReason = z.infer<typeof CheckReason>

export interface Check {
  readonly code: CheckCode
  readonly state: CheckState
  readonly reason: CheckReason
  /** What it was judged by: numbers, moments (epoch ms) and texts that the page puts into a sentence. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
}

/** What was found out about one part of a domain. */
export interface DomainFinding {
  readonly state: CheckState
  readonly reason: CheckReason
  /** The record that was found, or the names that were asked for. */
  readonly evidence: string
}

export interface DomainReport {
  readonly domain: string
  /** '' where the provider is not a known one. */
  readonly provider: string
  /** Epoch ms. */
  readonly checkedAt: number
  readonly spf: DomainFinding
  readonly dkim: DomainFinding
  readonly dmarc: DomainFinding
}

/** The last time that sending was held and let go again. */
export interface PauseTrial {
  /** Epoch ms. */
  readonly pausedAt: number
  readonly resumedAt: number
  /** Mails that were put before the provider in between; 0 where pausing works. */
  readonly sent: number
}

/** `preparing`: nothing was asked yet. `uncertain`: it may have left, and is never sent again. */
export const TestMailStatus = z.enum(['preparing', 'sending', 'accepted', 'failed', 'uncertain'])
export type TestMailStatus = z.infer<typeof TestMailStatus>

/** Where a test mail was found. */
export const ReceivedPlace = z.enum(['inbox', 'spam'])
export type ReceivedPlace = z.infer<typeof ReceivedPlace>

export interface TestMailFacts {
  readonly status: TestMailStatus
  /** Epoch ms; null while it was not asked for. */
  readonly askedAt: number | null
  readonly place: ReceivedPlace | null
  readonly receivedAt: number | null
  /** Nobody looks for it any more. */
  readonly hasGivenUp: boolean
}

export interface ReadinessFacts {
  readonly mailbox: SenderIdentity & {
    readonly kind: MailboxKind
    readonly policy: Policy
    readonly health: number
    readonly mayRead: boolean
  }
  /** The machine's. */
  readonly zone: string
  readonly pause: PauseTrial | null
  /** At a provider of free mail the domain is the provider's matter. */
  readonly isFreeMail: boolean
  readonly domain: DomainReport | null
  readonly testMail: TestMailFacts | null
}

export function judgeReadiness(facts: ReadinessFacts): readonly Check[] {
  const domain = facts.mailbox.kind === 'practice' ? [] : domainChecks(facts)
  return [
    senderCheck(facts),
    ...policyChecks(facts),
    healthCheck(facts),
    readingCheck(facts),
    pauseCheck(facts),
    ...domain,
    testMailCheck(facts),
  ]
}

function senderCheck({ mailbox }: ReadinessFacts): Check {
  const line = postalLine(mailbox)
  const reason = line === '' ? 'no_address' : isSenderKnown(mailbox) ? 'fine' : 'no_opt_out'
  const facts = { line, optOut: mailbox.optOut.trim() }
  return { code: 'sender', state: reason === 'fine' ? 'ok' : 'failed', reason, facts }
}

function policyChecks({ mailbox: { policy }, zone }: ReadinessFacts): Check[] {
  const { min, max } = policy.gapMs
  const isRoundTheClock = policy.hours.every((day) => day.some(({ from, to }) => from === 0 && to === 1440))
  const openDays = policy.hours.filter((day) => day.length > 0).length
  const limits = { hourlyCap: policy.hourlyCap, dailyCap: policy.dailyCap, hasRamp: policy.ramp !== null }
  return [
    { code: 'limits', state: 'ok', reason: 'fine', facts: limits },
    unless(min < max, { code: 'gap', reason: 'fixed', facts: { minMs: min, maxMs: max } }),
    unless(!isRoundTheClock, {
      code: 'hours',
      reason: 'round_the_clock',
      facts: { openDays, zone: policy.zone ?? zone, followsComputer: policy.zone === null },
    }),
    unless(policy.coolDownDays > 0, { code: 'cool_down', reason: 'off', facts: { days: policy.coolDownDays } }),
  ]
}

function unless(isFine: boolean, check: Omit<Check, 'state'>): Check {
  return isFine ? { ...check, state: 'ok', reason: 'fine' } : { ...check, state: 'failed' }
}

function healthCheck({ mailbox: { health } }: ReadinessFacts): Check {
  return unless(health >= SLOW_BELOW, { code: 'health', reason: 'low', facts: { health, line: SLOW_BELOW } })
}

/** Answers to a practice mailbox are invented, and always noticed. */
function readingCheck({ mailbox: { mayRead } }: ReadinessFacts): Check {
  return unless(mayRead, { code: 'reading', reason: 'not_allowed', facts: {} })
}

function pauseCheck({ pause }: ReadinessFacts): Check {
  if (pause === null) return { code: 'pause', state: 'unknown', reason: 'not_tried', facts: {} }
  return unless(pause.sent === 0, { code: 'pause', reason: 'leaked', facts: { ...pause } })
}

function domainChecks({ isFreeMail, domain }: ReadinessFacts): Check[] {
  return (['spf', 'dkim', 'dmarc'] as const).map((code): Check => {
    if (isFreeMail) return { code, state: 'ok', reason: 'free_mail', facts: {} }
    if (domain === null) return { code, state: 'unknown', reason: 'not_checked', facts: {} }
    const { state, reason, evidence } = domain[code]
    const { domain: name, provider, checkedAt } = domain
    return { code, state, reason, facts: { domain: name, provider, evidence, checkedAt } }
  })
}

function testMailCheck({ testMail, mailbox }: ReadinessFacts): Check {
  const [state, reason] = testMailVerdict(testMail, mailbox.mayRead)
  const { askedAt, receivedAt } = testMail ?? { askedAt: null, receivedAt: null }
  const tookMs = askedAt === null || receivedAt === null ? null : Math.max(0, receivedAt - askedAt)
  return { code: 'test_mail', state, reason, facts: { askedAt, receivedAt, tookMs } }
}

function testMailVerdict(mail: TestMailFacts | null, mayRead: boolean): [CheckState, CheckReason] {
  if (mail === null) return ['failed', 'not_sent']
  if (mail.place !== null) return mail.place === 'spam' ? ['failed', 'spam'] : ['ok', 'received']
  switch (mail.status) {
    case 'preparing':
    case 'sending':
      return ['unknown', 'on_its_way']
    case 'failed':
      return ['failed', 'refused']
    case 'uncertain':
      return ['unknown', 'uncertain']
    case 'accepted':
      if (!mayRead) return ['unknown', 'accepted']
      return mail.hasGivenUp ? ['failed', 'not_seen'] : ['unknown', 'on_its_way']
  }
}
