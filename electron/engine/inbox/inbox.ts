/** Reads what comes back, a mailbox at a time, and lets it have its effect before anything more is sent. */
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { type MailboxRecord, saveReading } from '#db/queries/mailboxes'
import { getSetting } from '#db/queries/settings'
import { DAY_MS } from '#shared/domain/pacing'
import type { EngineContext } from '../context.ts'
import { judgeHealth } from './health.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import { type MailboxTrouble, troubleOf } from '../mailboxes/mailbox-trouble.ts'
import { createOpenings } from './openings.ts'
import { isOfOneMail } from '../../mailbox/mail-provider.ts'
import { learnOwnAddresses } from './own-addresses.ts'
import type { Providers } from '../mailboxes/providers.ts'
import type { Queue } from '../sending/queue.ts'
import { judgePage, learnMessageIds, type LooksInVain, type PageRead, type ReadingOf } from './reading.ts'
import { readSentMail } from './sent-mail.ts'
import { findHeld, sweepDrafts } from '../sending/stray-drafts.ts'
import { settleAnswered } from './doubted-mail.ts'
import { applyVerdict } from './verdicts.ts'

export interface Inbox {
  /**
   * When this mailbox's incoming mail is to be read next, or at least its drafts be looked through, epoch ms; null: there is
   * nothing to read, or it tells by itself.
   */
  nextReadAt(mailbox: MailboxRecord): number | null
  /**
   * Reads everything that is new. Throws what the adapter heard; what was read until then has had its effect, and it is read
   * again before anything is sent.
   */
  read(mailbox: MailboxRecord, signal: AbortSignal): Promise<void>
  /** Like `read`, but answers for what the mailbox is to rest, and is read before anything else when it is back; null: nothing. */
  readOrTrouble(mailbox: MailboxRecord, signal: AbortSignal): Promise<MailboxTrouble | null>
  /** Read it at the next opportunity. */
  raise(mailboxId: number): void
}

export interface InboxDeps extends EngineContext {
  readonly queue: Queue
  readonly providers: Providers
  readonly mailboxes: Mailboxes
  readonly troubled: Mailboxes['troubled']
  /** Waiting sends may be forbidden now, or be allowed again. */
  readonly suppressed: () => void
  /** The plan changed: look again. */
  readonly replan: () => void
}

/** Between two looks at incoming mail, ms (providers.md §8.1: 60–120 s). */
const READ_EVERY_MS = 90_000
/** Between two looks at what the rep sent by hand, ms. */
const COUNT_EVERY_MS = 10 * 60_000
/** Looked at twice, because lists lag and clocks differ, ms. */
const OVERLAP_MS = 60 * 60_000

export function createInbox(deps: InboxDeps): Inbox {
  /** Epoch ms, by mailbox; a mailbox not in it has not been read since the start. */
  const nextRead = new Map<number, number>()
  const countedAt = new Map<number, number>()
  const learnedAt = new Map<number, number>()
  const inVain: LooksInVain = new Map()
  const openings = createOpenings()
  const sweeps = createSweeps(deps)
  /** Mailboxes whose last reading failed or was broken off. */
  const unreadable = new Set<number>()

  async function read(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    nextRead.set(mailbox.id, deps.clock.now() + READ_EVERY_MS)
    unreadable.add(mailbox.id)
    await readAll(mailbox, signal)
    unreadable.delete(mailbox.id)
    deps.mailboxes.wasRead(mailbox.id)
  }

  async function readAll(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    const provider = await deps.providers.of(mailbox)
    const { reader } = provider
    if (reader === null) return sweeps.look({ mailbox, provider, signal }, true)
    const of: ReadingOf = { mailbox, reader, signal }
    const context = { ...deps, parse: deps.mail.parseIncoming }
    // What left comes first: after a restored backup an answer may be about a mail that only Sent tells of.
    await countSent(of)
    await learnMessageIds(context, of, inVain)
    await readPages(of)
    await sweeps.look({ mailbox, provider, signal }, false)
    await learnOwn({ mailbox, provider, signal })
    write(deps.db, (tx) => saveReading(tx, mailbox.id, { readAt: deps.clock.now() }))
    deps.mailboxes.reload()
    deps.publish({ type: 'mailboxes.changed' })
  }

  async function readOrTrouble(mailbox: MailboxRecord, signal: AbortSignal): Promise<MailboxTrouble | null> {
    try {
      await read(mailbox, signal)
      return null
    } catch (error) {
      if (signal.aborted) return null
      deps.log.error('incoming mail could not be read', error, { mailboxId: mailbox.id })
      // Whatever it was: nothing is sent before what came back has had its effect.
      return troubleOf(error) ?? { type: 'unreachable', restMs: null }
    }
  }

  async function readPages(of: ReadingOf): Promise<void> {
    const { mailbox, reader, signal } = of
    const since = (mailbox.readAt ?? mailbox.createdAt) - OVERLAP_MS
    for (let cursor = mailbox.cursor, isMore = true; isMore;) {
      signal.throwIfAborted()
      const page = await reader.changesSince({ cursor, since }, signal)
      const found = await judgePage({ ...deps, openings, parse: deps.mail.parseIncoming }, of, page)
      keepPage(mailbox, found, page.cursor)
      cursor = page.cursor
      isMore = page.isMore
    }
  }

  function keepPage(mailbox: MailboxRecord, { judged, proofs, leftBehind }: PageRead, cursor: string): void {
    const now = deps.clock.now()
    const stopsCompany = getSetting(deps.db, 'stopsCompany')
    const { moveAllIn, moveOneIn } = deps.queue
    let settled = 0
    const untold = openings.untold(mailbox.id, leftBehind)
    const found = write(deps.db, (tx) => {
      saveReading(tx, mailbox.id, { cursor })
      for (const { receivedAt, code, isListed } of untold) {
        insertEvent(tx, { at: now, kind: 'mail_unopened', mailboxId: mailbox.id, data: { receivedAt, code, isListed } })
      }
      // Only what has left can be answered.
      settled = proofs.filter((proof) => settleAnswered(tx, proof, { now, moveOneIn })).length
      return judged.flatMap(
        (one) => applyVerdict(tx, { mailboxId: mailbox.id, judged: one, stopsCompany, now, moveAllIn }) ?? [],
      )
    })
    openings.told(mailbox.id, untold)
    if (found.length + settled === 0) return
    judgeHealth(deps, mailbox.id)
    deps.publish({ type: 'incoming.changed' })
    deps.publish({ type: 'leads.changed' })
    deps.publish({ type: 'sends.changed' })
    if (found.some((each) => each.forbids)) deps.suppressed()
    if (found.some((each) => each.accountProblem === 'day_limit')) deps.troubled(mailbox.id, { type: 'day_limit' })
    if (found.some((each) => each.accountProblem === 'tenant_limit')) {
      deps.troubled(mailbox.id, { type: 'day_limit', of: 'tenant' })
    }
    if (found.some((each) => each.accountProblem === 'restricted')) {
      deps.troubled(mailbox.id, { type: 'needs', need: 'account_blocked' })
    }
    deps.replan()
  }

  /** Also what left since this database was last written: it may be a restored backup. */
  async function countSent(of: ReadingOf): Promise<void> {
    const now = deps.clock.now()
    const last = countedAt.get(of.mailbox.id)
    if (last !== undefined && last <= now && now < last + COUNT_EVERY_MS) return
    const since = last ?? Math.min(now - DAY_MS, of.mailbox.readAt ?? of.mailbox.createdAt)
    const isNew = await readSentMail(deps, of, since - OVERLAP_MS)
    countedAt.set(of.mailbox.id, now)
    if (isNew) deps.replan()
  }

  async function learnOwn(at: Parameters<typeof learnOwnAddresses>[1]): Promise<void> {
    const last = learnedAt.get(at.mailbox.id)
    const now = deps.clock.now()
    if (last !== undefined && last <= now && now < last + DAY_MS) return
    learnedAt.set(at.mailbox.id, now)
    await learnOwnAddresses(deps, at)
  }

  /** A look that is further away than any tells that the clock was set back. */
  function nextReadAt(mailbox: MailboxRecord): number | null {
    const { id, kind, mayRead, status, restingUntil } = mailbox
    if (unreadable.has(id) && status !== 'paused') return status === 'resting' ? (restingUntil ?? 0) : 0
    if (!mayRead) return kind === 'smtp' ? null : sweeps.nextAt(mailbox)
    const at = nextRead.get(id)
    if (at === undefined || at > deps.clock.now() + READ_EVERY_MS) return 0
    return kind === 'practice' ? null : at
  }

  function raise(mailboxId: number): void {
    nextRead.delete(mailboxId)
  }

  return { nextReadAt, read, readOrTrouble, raise }
}

/** Looks through a mailbox's drafts once a day. */
function createSweeps(deps: InboxDeps) {
  const sweptAt = new Map<number, number>()
  type At = Parameters<typeof sweepDrafts>[1]

  /** Of a mailbox that is not read, nothing that was sent depends on it: no failure is a reason to rest. */
  async function look(at: At, isUnread: boolean): Promise<void> {
    const now = deps.clock.now()
    if (nextAt(at.mailbox) > now) return
    const isFound = await orSkip(at, { work: findHeld, isSkipped: () => isUnread })
    const isOfNoMatter = (error: unknown): boolean => isUnread || isOfOneMail(error)
    if (isFound) await orSkip(at, { work: sweepDrafts, isSkipped: isOfNoMatter })
    sweptAt.set(at.mailbox.id, now)
  }

  /** False where it failed, and is tried again tomorrow. */
  async function orSkip(
    at: At,
    { work, isSkipped }: { work: typeof sweepDrafts | typeof findHeld; isSkipped: (error: unknown) => boolean },
  ): Promise<boolean> {
    try {
      await work(deps, at)
      return true
    } catch (error) {
      if (at.signal.aborted || !isSkipped(error)) throw error
      deps.log.error('the drafts could not be looked through', error, { mailboxId: at.mailbox.id })
      return false
    }
  }

  function nextAt({ id }: MailboxRecord): number {
    const last = sweptAt.get(id)
    return last === undefined || last > deps.clock.now() ? 0 : last + DAY_MS
  }

  return { look, nextAt }
}
