/**
 * What one look at a mailbox's incoming mail finds. Pages are read until there are none; the effects of a page and the
 * place up to which it was read are one transaction, so a crash reads a page again and judges nothing twice.
 */
import { listCandidates, listUnread, type SentCandidate, setSentAs } from '#db/queries/incoming'
import { tracesOf } from '#db/queries/incoming-traces'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { write } from '#db/open'
import { limitReported } from '#shared/domain/incoming/bounce'
import { judgeIncoming } from '#shared/domain/incoming/judge-incoming'
import {
  identityOfText,
  type IncomingMail,
  type IncomingMatch,
  type IncomingVerdict,
} from '#shared/domain/incoming/incoming-mail'
import { companyOf } from '#shared/domain/company'
import { bareSubject, matchIncoming } from '#shared/domain/incoming/match-incoming'
import { unsubscribeKeyOf } from '#shared/domain/incoming/unsubscribe'
import { isRelevant, type RelevanceContext } from '#shared/domain/incoming/relevance'
import { DAY_MS } from '#shared/domain/pacing'
import { AppError } from '#shared/errors'
import {
  isOfOneMail,
  type MailChanges,
  type MailHead,
  type MailReader,
  type SentMail,
} from '../../mailbox/mail-provider.ts'
import type { MailRoom } from '../../mailbox/mail-room.ts'
import type { EngineContext } from '../context.ts'
import type { MailboxTrouble } from '../mailboxes/mailbox-trouble.ts'
import { type AnswerProof, doubtedMail, type DoubtedMail } from './doubted-mail.ts'
import type { Openings } from './openings.ts'
import { ownAddressesOf, ownIdentitiesOf } from './own-addresses.ts'

/** One incoming mail with what was made of it. */
export interface Judged {
  readonly head: MailHead
  readonly match: IncomingMatch
  readonly verdict: Exclude<IncomingVerdict, { readonly kind: 'other' }>
}

/** What one page held that is of concern. */
export interface PageRead {
  /** In the order of the page. */
  readonly judged: readonly Judged[]
  /** What settles a doubt, whatever it says otherwise. */
  readonly proofs: readonly AnswerProof[]
  /** Those that could not be opened, or not even listed: to be told of, although nobody knows whose mail they are about. */
  readonly leftBehind: readonly LeftBehind[]
}

export interface LeftBehind {
  readonly providerMessageId: string
  /** Epoch ms; null where the mailbox does not even tell that. */
  readonly receivedAt: number | null
  /** The mailbox's word for it. */
  readonly code: string | null
  /** False: nothing is known of it, not even who it is from. */
  readonly isListed: boolean
}

export interface ReadingDeps extends Pick<EngineContext, 'db' | 'clock' | 'log'> {
  readonly parse: MailRoom['parseIncoming']
  /** A limit of the account itself was reported, about no mail that we know. */
  readonly troubled: (mailboxId: number, trouble: MailboxTrouble) => void
}

export interface ReadingOf {
  readonly mailbox: MailboxRecord
  readonly reader: MailReader
  readonly signal: AbortSignal
}

/** An answer may come late; older mail of ours is not looked at any more, ms. */
const MEMORY_MS = 180 * DAY_MS
/** Bounces are believed about somebody we wrote to within this time, ms (providers.md §8.2). */
const BOUNCE_MEMORY_MS = 14 * DAY_MS
/** Enough for the text and the report of any bounce; attachments are not looked at. */
const MOST_BYTES = 512 * 1024

/**
 * The mails of a page that concern a send of ours. One that cannot be listed or opened fails the page, and after some times in
 * vain counts by what the list says of it. All of a page are tried each time, so that several do not wait for one another.
 */
export async function judgePage(
  deps: ReadingDeps & { readonly openings: Openings },
  of: ReadingOf,
  { heads, unlisted }: Pick<MailChanges, 'heads' | 'unlisted'>,
): Promise<PageRead> {
  const doubted = doubtedMail(deps, of)
  const context = relevanceOf(deps, of.mailbox, doubted)
  const judged: Judged[] = []
  const proofs: AnswerProof[] = []
  const page = pageOf(deps, of.mailbox.id)
  for (const mail of unlisted) {
    if (page.givesUp(mail, mail.failure)) page.leave({ ...mail, code: codeOf(mail.failure), isListed: false })
  }
  for (const head of heads) {
    if (!isRelevant(head, context)) continue
    let found: Matched | null = null
    try {
      found = await judgeOne(deps, { ...of, doubted }, head)
    } catch (error) {
      if (of.signal.aborted || !isOfOneMail(error)) throw error
      if (!page.givesUp(head, error)) continue
      found = judgeUnopened(deps, { ...of, doubted }, head)
      if (found === null) page.leave({ ...head, code: codeOf(error), isListed: true })
    }
    if (found === null) continue
    proofs.push(...proofIn(found, doubted))
    if (hasEffect(found)) judged.push(found)
  }
  return { judged, proofs, leftBehind: page.end() }
}

/** A mail about a send of ours, whatever it means. */
type Matched = Omit<Judged, 'verdict'> & { readonly verdict: IncomingVerdict }

function hasEffect(found: Matched): found is Judged {
  return found.verdict.kind !== 'other'
}

/** It names a mail in doubt: that has left. */
function proofIn({ head, match }: Matched, doubted: readonly DoubtedMail[]): AnswerProof[] {
  if (!match.candidate.isInDoubt) return []
  const named = doubted.filter(({ sendId }) => sendId === match.candidate.sendId)
  return named.map((each) => ({ doubted: each, how: match.how, receivedAt: head.receivedAt }))
}

/** A reading, with what is in doubt at this page. */
interface PageOf extends ReadingOf {
  readonly doubted: readonly DoubtedMail[]
}

/** The mails of a page that failed. */
function pageOf({ openings, log }: Pick<ReadingDeps, 'log'> & { readonly openings: Openings }, mailboxId: number) {
  const leftBehind: LeftBehind[] = []
  const tooEarly: unknown[] = []
  return {
    /** False where it is to be tried again. */
    givesUp({ providerMessageId }: Pick<MailHead, 'providerMessageId'>, error: unknown): boolean {
      if (!openings.failed(mailboxId, providerMessageId)) {
        tooEarly.push(error)
        return false
      }
      log.error('a mail cannot be read and is left behind', error, { mailboxId })
      return true
    },
    leave: ({ providerMessageId, receivedAt, code, isListed }: LeftBehind) =>
      void leftBehind.push({ providerMessageId, receivedAt, code, isListed }),
    /** Throws where one is to be tried again. */
    end(): LeftBehind[] {
      if (tooEarly.length > 0) throw tooEarly[0]
      return leftBehind
    },
  }
}

function codeOf(error: unknown): string | null {
  const code = error instanceof AppError ? error.details['providerCode'] : null
  return typeof code === 'string' ? code : null
}

/** Whoever it is from may have answered: to be sure nothing more is sent to them before the rep has looked. */
function judgeUnopened(deps: ReadingDeps, of: PageOf, head: MailHead): Matched | null {
  const mail: IncomingMail = {
    ...head,
    to: [],
    headers: {},
    newText: '',
    text: '',
    report: null,
    isFromSelf: false,
  }
  const match = matchIncoming(mail, candidatesOf(deps, of, mail))
  if (match === null) return null
  const evidence = { rule: 'unopened', how: match.how } as const
  return { head, match, verdict: { kind: 'replied', maybeOptOut: false, evidence } }
}

async function judgeOne(deps: ReadingDeps, of: PageOf, head: MailHead): Promise<Matched | null> {
  const { mailbox, reader, signal } = of
  const bytes = await reader.readMail(head.providerMessageId, MOST_BYTES, signal)
  if (bytes === null) return null
  const mail = await deps.parse(bytes, {
    receivedAt: head.receivedAt,
    threadId: head.threadId,
    ownAddresses: ownAddressesOf(mailbox),
  })
  const now = deps.clock.now()
  const candidates = candidatesOf(deps, of, mail)
  const match = matchIncoming(mail, candidates)
  const verdict = judgeIncoming(mail, {
    match,
    now,
    zone: mailbox.policy.zone ?? deps.clock.zone(),
    wasMailedLately: (identity) =>
      candidates.some(({ toIdentity, sentAt }) => toIdentity === identity && sentAt > now - BOUNCE_MEMORY_MS),
  })
  if (match !== null && verdict.kind !== 'other') return { head, match, verdict }
  const limit = head.receivedAt > now - DAY_MS ? limitReported(mail) : null
  if (limit !== null) {
    deps.troubled(mailbox.id, limit === 'tenant_limit' ? { type: 'day_limit', of: 'tenant' } : { type: 'day_limit' })
  }
  return match && { head, match, verdict }
}

function candidatesOf(deps: ReadingDeps, { mailbox, doubted }: PageOf, mail: IncomingMail) {
  const sender = identityOfText(mail.from)
  const failed = identityOfText(mail.report?.failedAddress ?? '')
  const company = sender && companyOf(sender)
  const candidates: SentCandidate[] = listCandidates(deps.db, {
    mailboxId: mailbox.id,
    keys: present([mail.report?.originalKey, unsubscribeKeyOf(mail.subject)]),
    messageIds: [...mail.refersTo, ...present([mail.report?.originalMessageId])],
    threadId: mail.threadId,
    identities: present([sender, failed]),
    domains: present([company]),
    since: deps.clock.now() - MEMORY_MS,
  })
  return [...candidates.map((send) => ({ ...send, to: send.toAddress, isInDoubt: false })), ...doubted]
}

function present(values: readonly (string | null | undefined)[]): string[] {
  return values.filter((value) => value !== null && value !== undefined && value !== '') as string[]
}

function relevanceOf(deps: ReadingDeps, mailbox: MailboxRecord, doubted: readonly DoubtedMail[]): RelevanceContext {
  const traces = tracesOf(deps.db, mailbox.id)
  const threads = new Set(doubted.map(({ threadId }) => threadId))
  const messageIds = new Set(doubted.map(({ messageId }) => messageId))
  const own = ownIdentitiesOf(mailbox)
  return {
    ...traces,
    isOurThread: (threadId) => threads.has(threadId) || traces.isOurThread(threadId),
    isOurMail: (messageId) => messageIds.has(messageId) || traces.isOurMail(messageId),
    isSelf: (identity) => own.has(identity),
    hasUsedSubject: (domain, subject) => traces.subjectsAt(domain).some((used) => bareSubject(used) === subject),
  }
}

/** Looks without a Message-ID, by send; kept until the app ends. */
export type LooksInVain = Map<number, number>

/** Some servers never show the mail that left (SMTP at Outlook): so many looks in vain, half an hour of them, and no more. */
export const MOST_LOOKS_IN_VAIN = 20
/** A mail that is older is not looked for at all, ms: whoever answers now answers in its thread, or is known by address. */
const LEARN_WITHIN_MS = 14 * DAY_MS
/** At one reading, newest first. */
const MOST_LEARNED = 100

/** Under which Message-ID our mail really left, where that is not known yet: answers refer to it. */
export async function learnMessageIds(
  deps: ReadingDeps,
  { mailbox, reader, signal }: ReadingOf,
  inVain: LooksInVain,
): Promise<void> {
  const looks = (sendId: number): number => inVain.get(sendId) ?? 0
  const unread = listUnread(deps.db, mailbox.id, deps.clock.now() - LEARN_WITHIN_MS)
  const hopeful = unread.filter(({ sendId }) => looks(sendId) < MOST_LOOKS_IN_VAIN)
  for (const { sendId, providerMessageId } of hopeful.slice(0, MOST_LEARNED)) {
    const sent = await readSent(deps, { reader, signal }, providerMessageId)
    const messageId = sent?.messageId
    if (messageId) write(deps.db, (tx) => setSentAs(tx, sendId, { threadId: sent.threadId, messageId }))
    else inVain.set(sendId, looks(sendId) + 1)
  }
}

/** Null where it is gone, and where this one mail cannot be told of: its answers are still known by thread and address. */
async function readSent(
  { log }: ReadingDeps,
  { reader, signal }: Pick<ReadingOf, 'reader' | 'signal'>,
  providerMessageId: string,
): Promise<SentMail | null> {
  try {
    return await reader.readSent(providerMessageId, signal)
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError) || error.code === 'mail.unanswered' || !isOfOneMail(error)) {
      throw error
    }
    log.error('a mail of ours could not be looked up', error)
    return null
  }
}
