import { type Reader, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { insertMailbox, isAddressTaken, listMailboxes, type MailboxRecord, updateMailbox } from '#db/queries/mailboxes'
import { getPacingHistory } from '#db/queries/queue'
import { AppError } from '#shared/errors'
import { LEAST_HEALTH } from '#shared/domain/gates'
import { parseAddress } from '#shared/domain/address'
import { DAY_MS } from '#shared/domain/pacing'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'
import { DEFAULT_OPT_OUT, isSenderKnown, type SenderIdentity } from '#shared/domain/sender-identity'
import type { EventKind } from '#shared/domain/taxonomy'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import type { MailboxTrouble } from './mailbox-trouble.ts'
import type { RunningDelays } from '../planning/running-delays.ts'

export interface MailboxesDeps extends EngineContext {
  readonly calendars: Calendars
  readonly delays: RunningDelays
  /** The plan changed: look again. */
  readonly replan: () => void
}

export type NewAccount = Identity &
  Pick<MailboxRecord, 'kind' | 'address' | 'smtp' | 'imap' | 'mostMailBytes' | 'mayRead'>

export interface Identity {
  readonly senderName: string
  readonly signature: string
}

export interface Mailboxes {
  list(): readonly MailboxRecord[]
  /** Null when there is none or it was removed. */
  find(mailboxId: number): MailboxRecord | null
  /** Throws `mailbox.not_found`. */
  get(mailboxId: number): MailboxRecord
  /** A new row; nobody hears of it before `changed`. Throws `mailbox.address_taken`. */
  add(account: NewAccount): number
  /** Reads the table again, tells the page and has the plan made anew. Throws `mailbox.not_found`. */
  changed(mailboxId: number): MailboxRecord
  /** It can be used again, perhaps in another way. */
  signedIn(
    mailboxId: number,
    parts: Partial<Pick<MailboxRecord, 'smtp' | 'imap' | 'mostMailBytes' | 'mayRead' | 'cursor'>>,
  ): MailboxRecord
  /** Delay clocks that run already are worked out anew by its days. */
  savePolicy(mailboxId: number, policy: Policy): MailboxRecord
  saveIdentity(mailboxId: number, identity: Identity): MailboxRecord
  /** More addresses of the rep in this mailbox. Throws `mailbox.address_invalid`. */
  saveOwnAddresses(mailboxId: number, addresses: readonly string[]): MailboxRecord
  /** Company, postal address and the opt-out sentence, for mail that is queued from now on. */
  saveSender(mailboxId: number, sender: SenderIdentity): MailboxRecord
  /** Throws `mailbox.kind_mismatch` where its provider holds no mail, or it may not be read. */
  saveHandOver(mailboxId: number, handOver: number): MailboxRecord
  pause(mailboxId: number): MailboxRecord
  resume(mailboxId: number): MailboxRecord
  remove(mailboxId: number): void
  /** Failures of reading and of sending are counted each for itself: the next pause is longer than the last of its kind. */
  troubled(mailboxId: number, trouble: MailboxTrouble, at?: Work): void
  /** A mail was taken: its row of failures to send is over, and so is its rest. */
  worked(mailboxId: number): void
  /** Incoming mail was read: its row of failures to read is over, and so is a rest whose time has come. */
  wasRead(mailboxId: number): void
  /** Ends rests that are longer than any: the clock was set back since they began. */
  endLongRests(): void
  /** Reads the table again; after the database was opened. */
  reload(): void
}

/** What a mailbox was doing. */
export type Work = 'sending' | 'reading'

/** After the n-th failure in a row a mailbox rests 2^n minutes, at most this long, ms. */
const LONGEST_PAUSE_MS = 60 * 60_000
/** No rest is longer, ms: providers count in windows of 24 hours. */
const LONGEST_REST_MS = DAY_MS
/** After a limit of the day at least this long, ms: the provider's window is not exactly ours. */
const LEAST_LIMIT_REST_MS = 60 * 60_000
/** A mailbox that neither rests nor waits for a sign-in. */
const AT_WORK = { need: null, restingUntil: null, restReason: null } as const

export function createMailboxes(deps: MailboxesDeps): Mailboxes {
  let kept: readonly MailboxRecord[] = []
  const failures = createFailures()

  const reload = (): void => {
    kept = listMailboxes(deps.db)
  }

  function find(mailboxId: number): MailboxRecord | null {
    return kept.find((mailbox) => mailbox.id === mailboxId) ?? null
  }

  function get(mailboxId: number): MailboxRecord {
    const found = find(mailboxId)
    if (!found) throw new AppError('mailbox.not_found', `mailbox ${mailboxId}`)
    return found
  }

  function change(
    mailboxId: number,
    parts: Parameters<typeof updateMailbox>[2],
    event: { kind: EventKind; data?: Record<string, unknown> },
  ): MailboxRecord {
    get(mailboxId)
    const { policy } = parts
    write(deps.db, (tx) => {
      if (policy) deps.delays.moveTo(tx, deps.delays.dueUnder({ policyOf: { mailboxId, policy } }))
      updateMailbox(tx, mailboxId, parts)
      insertEvent(tx, { at: deps.clock.now(), mailboxId, ...event })
    })
    return changed(mailboxId)
  }

  function changed(mailboxId: number): MailboxRecord {
    reload()
    deps.publish({ type: 'mailboxes.changed' })
    deps.replan()
    return get(mailboxId)
  }

  function rest(mailboxId: number, trouble: Exclude<MailboxTrouble, { type: 'needs' }>, at: Work): void {
    const inRow = failures.count(mailboxId, at)
    const now = deps.clock.now()
    const pauseMs = Math.min(2 ** inRow * 60_000, LONGEST_PAUSE_MS)
    const restingUntil =
      trouble.type === 'day_limit'
        ? limitEndsAt(deps.db, mailboxId, now)
        : now + Math.min(Math.max(pauseMs, trouble.restMs ?? 0), LONGEST_REST_MS)
    const restReason = trouble.type === 'day_limit' ? 'day_limit' : (trouble.reason ?? 'asked')
    change(
      mailboxId,
      { status: 'resting', need: null, restingUntil, restReason },
      { kind: 'mailbox_changed', data: { restingUntil, restReason, failures: inRow } },
    )
    if (trouble.type !== 'day_limit' || trouble.of === undefined) return
    for (const { id } of heldBackToo(kept, get(mailboxId), { of: trouble.of, until: restingUntil })) {
      const rests = { restingUntil, restReason: 'day_limit' } as const
      change(id, { status: 'resting', need: null, ...rests }, { kind: 'mailbox_changed', data: rests })
    }
  }

  /** If its time comes until then, epoch ms. */
  function endRest(mailboxId: number, until: number): void {
    const { status, restingUntil } = find(mailboxId) ?? {}
    if (status !== 'resting' || (restingUntil ?? 0) > until) return
    change(mailboxId, { status: 'ready', ...AT_WORK }, { kind: 'mailbox_resumed' })
  }

  return {
    list: () => kept,
    find,
    get,
    reload,
    add: (account) => insertAccount(deps, kept, account),
    changed,
    savePolicy(mailboxId, policy) {
      refuseImpossible(deps, policy)
      return change(mailboxId, { policy }, { kind: 'mailbox_changed', data: { policy: 'changed' } })
    },
    saveIdentity: (mailboxId, identity) => change(mailboxId, identity, { kind: 'mailbox_changed' }),
    saveOwnAddresses: (mailboxId, addresses) =>
      change(mailboxId, { ownAddresses: [...new Set(addresses.map(validAddress))] }, { kind: 'mailbox_changed' }),
    saveSender: (mailboxId, { company, postalAddress, optOut }) =>
      change(mailboxId, { company, postalAddress, optOut }, { kind: 'mailbox_changed', data: { sender: 'changed' } }),
    saveHandOver: (id, handOver) => change(holdingId(get(id)), { handOver }, { kind: 'mailbox_changed' }),
    pause: (mailboxId) => change(mailboxId, { status: 'paused', ...AT_WORK }, { kind: 'mailbox_paused' }),
    resume(mailboxId) {
      failures.end(mailboxId)
      // Whoever resumes a mailbox that stopped itself has looked into it: what came back before is over.
      const renewed = get(mailboxId).health < LEAST_HEALTH ? { health: 100, healthFrom: deps.clock.now() } : {}
      return change(mailboxId, { status: 'ready', ...AT_WORK, ...renewed }, { kind: 'mailbox_resumed' })
    },
    signedIn(mailboxId, parts) {
      failures.end(mailboxId)
      return change(mailboxId, { ...parts, status: 'ready', ...AT_WORK }, { kind: 'mailbox_signed_in' })
    },
    remove(mailboxId) {
      write(deps.db, (tx) => {
        const now = deps.clock.now()
        updateMailbox(tx, mailboxId, { removedAt: now })
        insertEvent(tx, { at: now, kind: 'mailbox_removed', mailboxId })
      })
      reload()
      deps.publish({ type: 'mailboxes.changed' })
    },
    troubled(mailboxId, trouble, at = 'sending') {
      const status = find(mailboxId)?.status
      if (status === 'paused' || status === undefined) return
      if (trouble.type !== 'needs') return rest(mailboxId, trouble, at)
      const { need } = trouble
      change(
        mailboxId,
        { status: 'needs_sign_in', need, restingUntil: null, restReason: null },
        { kind: 'mailbox_signed_out', data: { need } },
      )
    },
    worked(mailboxId) {
      failures.end(mailboxId, 'sending')
      endRest(mailboxId, Infinity)
    },
    wasRead(mailboxId) {
      failures.end(mailboxId, 'reading')
      // Nothing else would end it before the next mail leaves. A rest from sending is over when one does.
      if (!failures.has(mailboxId, 'sending')) endRest(mailboxId, deps.clock.now())
    },
    endLongRests() {
      if (!endRestsBeyond(deps, kept)) return
      reload()
      deps.publish({ type: 'mailboxes.changed' })
    },
  }
}

/** Of a mailbox whose provider can hold mail, and where can be read what became of it. */
function holdingId({ id, kind, mayRead }: MailboxRecord): number {
  if (kind !== 'outlook' || !mayRead) throw new AppError('mailbox.kind_mismatch', kind)
  return id
}

function insertAccount(deps: MailboxesDeps, kept: readonly MailboxRecord[], account: NewAccount): number {
  if (isAddressTaken(deps.db, account.address)) throw new AppError('mailbox.address_taken', 'mailbox exists')
  return write(deps.db, (tx) => {
    const now = deps.clock.now()
    const id = insertMailbox(tx, {
      ...senderLike(kept),
      ...account,
      policy: policyOf(account.kind),
      seed: deps.random.seed(),
      createdAt: now,
    })
    insertEvent(tx, { at: now, kind: 'mailbox_added', mailboxId: id, data: { kind: account.kind } })
    return id
  })
}

/** Failures in a row, by mailbox and by what it was doing. */
function createFailures() {
  const rows = { sending: new Map<number, number>(), reading: new Map<number, number>() }
  return {
    count(mailboxId: number, at: Work): number {
      const inRow = (rows[at].get(mailboxId) ?? 0) + 1
      rows[at].set(mailboxId, inRow)
      return inRow
    },
    has: (mailboxId: number, at: Work) => rows[at].has(mailboxId),
    /** Without `at`: every row of this mailbox. */
    end(mailboxId: number, at?: Work): void {
      if (at !== 'reading') rows.sending.delete(mailboxId)
      if (at !== 'sending') rows.reading.delete(mailboxId)
    },
  }
}

/** False when none of them rests longer than a rest can last. */
function endRestsBeyond(deps: MailboxesDeps, mailboxes: readonly MailboxRecord[]): boolean {
  const now = deps.clock.now()
  const late = mailboxes.filter((mailbox) => (mailbox.restingUntil ?? 0) > now + LONGEST_REST_MS)
  if (late.length === 0) return false
  write(deps.db, (tx) => {
    for (const { id } of late) {
      updateMailbox(tx, id, { status: 'ready', ...AT_WORK })
      insertEvent(tx, { at: now, kind: 'mailbox_resumed', mailboxId: id })
    }
  })
  return true
}

/**
 * A rep's second mailbox writes in the same name as the one before, as long as they do not say otherwise. What a practice
 * mailbox says may be made up, and must never get out.
 */
function senderLike(mailboxes: readonly MailboxRecord[]): SenderIdentity {
  const filledIn = mailboxes.findLast((mailbox) => mailbox.kind !== 'practice' && isSenderKnown(mailbox))
  const { company, postalAddress, optOut } = filledIn ?? { company: '', postalAddress: '', optOut: DEFAULT_OPT_OUT }
  return { company, postalAddress, optOut }
}

/** Of the cap a real mailbox keeps some room for what the rep answers by hand. */
const HAND_RESERVE = 5

function policyOf(kind: MailboxRecord['kind']): Policy {
  return kind === 'practice' ? DEFAULT_POLICY : { ...DEFAULT_POLICY, handReserve: HAND_RESERVE }
}

/** Said when saved, not when nothing goes out. Throws `mailbox.gap_reversed` or `mailbox.never_opens`. */
export function refuseImpossible(deps: Pick<MailboxesDeps, 'calendars' | 'clock'>, policy: Policy): void {
  if (policy.gapMs.min > policy.gapMs.max) throw new AppError('mailbox.gap_reversed', 'min gap > max gap')
  const opening = deps.calendars.of(policy, '', true).at(deps.clock.now())
  if (!opening.isOpen && opening.opensAt === null) throw new AppError('mailbox.never_opens', 'hours never open')
}

/** Those that a limit of the day holds back beside the one that met it; a rest that is longer stays. */
function heldBackToo(
  mailboxes: readonly MailboxRecord[],
  { id, kind, address }: MailboxRecord,
  { of, until }: { of: 'tenant' | 'app'; until: number },
): MailboxRecord[] {
  return mailboxes.filter((other) => {
    const isAtWork = other.status === 'ready' || (other.status === 'resting' && (other.restingUntil ?? 0) < until)
    if (other.id === id || !isAtWork) return false
    return of === 'app'
      ? other.kind === kind
      : other.kind !== 'practice' && domainOf(other.address) === domainOf(address)
  })
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

function validAddress(typed: string): string {
  const parsed = parseAddress(typed)
  if (parsed.ok) return parsed.address.ascii.toLowerCase()
  throw new AppError('mailbox.address_invalid', parsed.problem, { details: { problem: parsed.problem } })
}

/** Until the oldest of the last 24 hours' mails leaves the window. */
function limitEndsAt(db: Reader, mailboxId: number, now: number): number {
  const { times, byHand } = getPacingHistory(db, mailboxId, now - DAY_MS)
  const oldest = Math.min(now, ...times.slice(0, 1), ...byHand.slice(0, 1))
  return Math.max(oldest + DAY_MS, now + LEAST_LIMIT_REST_MS)
}
