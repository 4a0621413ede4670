/** Reads what comes back, a mailbox at a time, and lets it have its effect before anything more is sent. */
import { write } from '#db/open'
import { type MailboxRecord, saveReading } from '#db/queries/mailboxes'
import { getSetting } from '#db/queries/settings'
import { DAY_MS } from '#shared/domain/pacing'
import type { EngineContext } from './context.ts'
import { judgeHealth } from './health.ts'
import type { Mailboxes } from './mailboxes.ts'
import { type MailboxTrouble, troubleOf } from './mailbox-trouble.ts'
import { learnOwnAddresses } from './own-addresses.ts'
import type { Providers } from './providers.ts'
import type { Queue } from './queue.ts'
import { judgePage, learnMessageIds, type Judged, type LooksInVain, type ReadingOf } from './reading.ts'
import { readSentMail } from './sent-mail.ts'
import { sweepDrafts } from './stray-drafts.ts'
import { applyVerdict } from './verdicts.ts'

export interface Inbox {
  /** When this mailbox's incoming mail is to be read next, epoch ms; null: it cannot be read, or tells by itself. */
  nextReadAt(mailbox: MailboxRecord): number | null
  /** Reads everything that is new. Throws what the adapter heard; what was read until then has had its effect. */
  read(mailbox: MailboxRecord, signal: AbortSignal): Promise<void>
  /** Like `read`, but a mailbox that cannot be read rests, and is read before anything else when it is back. */
  readOrRest(mailbox: MailboxRecord, signal: AbortSignal): Promise<void>
  /** Read it at the next opportunity. */
  raise(mailboxId: number): void
}

export interface InboxDeps extends EngineContext {
  readonly queue: Queue
  readonly providers: Providers
  readonly mailboxes: Mailboxes
  readonly troubled: (mailboxId: number, trouble: MailboxTrouble) => void
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
  const sweptAt = new Map<number, number>()
  const learnedAt = new Map<number, number>()
  const inVain: LooksInVain = new Map()
  /** Mailboxes whose last reading failed. */
  const unreadable = new Set<number>()

  async function read(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    nextRead.set(mailbox.id, deps.clock.now() + READ_EVERY_MS)
    const provider = await deps.providers.of(mailbox)
    const { reader } = provider
    if (reader === null) return
    const of: ReadingOf = { mailbox, reader, signal }
    const context = { ...deps, parse: deps.mail.parseIncoming }
    await learnMessageIds(context, of, inVain)
    await readPages(of)
    await countSent(of)
    await sweep({ mailbox, provider, signal })
    await learnOwn({ mailbox, provider, signal })
    write(deps.db, (tx) => saveReading(tx, mailbox.id, { readAt: deps.clock.now() }))
    deps.mailboxes.reload()
    deps.publish({ type: 'mailboxes.changed' })
  }

  async function readOrRest(mailbox: MailboxRecord, signal: AbortSignal): Promise<void> {
    try {
      await read(mailbox, signal)
      unreadable.delete(mailbox.id)
    } catch (error) {
      deps.log.error('incoming mail could not be read', error, { mailboxId: mailbox.id })
      const trouble = signal.aborted ? null : troubleOf(error)
      if (trouble === null) return
      unreadable.add(mailbox.id)
      deps.troubled(mailbox.id, trouble)
    }
  }

  async function readPages(of: ReadingOf): Promise<void> {
    const { mailbox, reader, signal } = of
    const since = (mailbox.readAt ?? mailbox.createdAt) - OVERLAP_MS
    for (let cursor = mailbox.cursor, isMore = true; isMore && !signal.aborted;) {
      const page = await reader.changesSince({ cursor, since }, signal)
      const judged = await judgePage({ ...deps, parse: deps.mail.parseIncoming }, of, page.heads)
      keepPage(mailbox, judged, page.cursor)
      cursor = page.cursor
      isMore = page.isMore
    }
  }

  function keepPage(mailbox: MailboxRecord, judged: readonly Judged[], cursor: string): void {
    const now = deps.clock.now()
    const stopsCompany = getSetting(deps.db, 'stopsCompany')
    const { moveAllIn } = deps.queue
    const found = write(deps.db, (tx) => {
      saveReading(tx, mailbox.id, { cursor })
      return judged.flatMap(
        (one) => applyVerdict(tx, { mailboxId: mailbox.id, judged: one, stopsCompany, now, moveAllIn }) ?? [],
      )
    })
    if (found.length === 0) return
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

  async function sweep(at: Parameters<typeof sweepDrafts>[1]): Promise<void> {
    const last = sweptAt.get(at.mailbox.id)
    const now = deps.clock.now()
    if (last !== undefined && last <= now && now < last + DAY_MS) return
    await sweepDrafts(deps, at)
    sweptAt.set(at.mailbox.id, now)
  }

  async function learnOwn(at: Parameters<typeof learnOwnAddresses>[1]): Promise<void> {
    const last = learnedAt.get(at.mailbox.id)
    const now = deps.clock.now()
    if (last !== undefined && last <= now && now < last + DAY_MS) return
    learnedAt.set(at.mailbox.id, now)
    await learnOwnAddresses(deps, at)
  }

  /** A look that is further away than any tells that the clock was set back. */
  function nextReadAt({ id, kind, mayRead, status, restingUntil }: MailboxRecord): number | null {
    if (!mayRead) return null
    if (unreadable.has(id) && status !== 'paused') return status === 'resting' ? (restingUntil ?? 0) : 0
    const at = nextRead.get(id)
    if (at === undefined || at > deps.clock.now() + READ_EVERY_MS) return 0
    return kind === 'practice' ? null : at
  }

  function raise(mailboxId: number): void {
    nextRead.delete(mailboxId)
  }

  return { nextReadAt, read, readOrRest, raise }
}
