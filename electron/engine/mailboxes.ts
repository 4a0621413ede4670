import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import {
  countUnfinished,
  insertMailbox,
  isAddressTaken,
  listMailboxes,
  type MailboxRecord,
  updateMailbox,
} from '#db/queries/mailboxes'
import { AppError } from '#shared/errors'
import { parseAddress } from '#shared/domain/address'
import { DEFAULT_POLICY, type Policy } from '#shared/domain/policy'
import type { SmtpServer } from '#shared/contract/mailboxes'
import type { EventKind } from '#shared/domain/taxonomy'
import type { MailProvider } from '../mailbox/mail-provider.ts'
import type { Calendars } from './calendars.ts'
import type { EngineContext } from './context.ts'
import type { MailboxTrouble } from './delivery.ts'

export interface MailboxesDeps extends EngineContext {
  readonly calendars: Calendars
  /** Opens an adapter for an account that may not be saved yet; nothing is connected by it. */
  readonly open: (account: Pick<MailboxRecord, 'kind' | 'address' | 'smtp'>, password: string | null) => MailProvider
  /** The account changed: an open adapter is void. */
  readonly forget: (mailboxId: number) => void
  /** The plan changed: look again. */
  readonly replan: () => void
}

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
  addPractice(identity: Partial<Identity>): MailboxRecord
  /** Signs in before anything is saved; throws what the adapter heard. */
  addSmtp(account: Identity & { address: string; smtp: SmtpServer; password: string }): Promise<MailboxRecord>
  /** A new password, tried before it is saved. */
  signIn(mailboxId: number, password: string): Promise<MailboxRecord>
  savePolicy(mailboxId: number, policy: Policy): MailboxRecord
  saveIdentity(mailboxId: number, identity: Identity): MailboxRecord
  pause(mailboxId: number): MailboxRecord
  resume(mailboxId: number): MailboxRecord
  remove(mailboxId: number): Promise<void>
  troubled(mailboxId: number, trouble: Exclude<MailboxTrouble, 'none'>): void
  worked(mailboxId: number): void
  /** Ends rests that are longer than any: the clock was set back since they began. */
  endLongRests(): void
  /** Reads the table again; after the database was opened. */
  reload(): void
}

/** After the n-th failure in a row a mailbox rests 2^n minutes, at most this long, ms. */
const LONGEST_REST_MS = 60 * 60_000
/** Signing in at a mail server may take this long, ms. */
const SIGN_IN_MS = 60_000
/** The practice mailbox's own address, at a domain that can never receive mail (RFC 2606). */
export const PRACTICE_ADDRESS = 'you@practice.example'

export function passwordName(mailboxId: number): string {
  return `mailbox.${mailboxId}`
}

export function createMailboxes(deps: MailboxesDeps): Mailboxes {
  let kept: readonly MailboxRecord[] = []
  const failuresInRow = new Map<number, number>()

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
    write(deps.db, (tx) => {
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

  function add(account: Pick<MailboxRecord, 'kind' | 'address' | 'smtp'> & Identity): number {
    if (isAddressTaken(deps.db, account.address)) throw new AppError('mailbox.address_taken', 'mailbox exists')
    return write(deps.db, (tx) => {
      const now = deps.clock.now()
      const id = insertMailbox(tx, { ...account, policy: DEFAULT_POLICY, seed: deps.random.seed(), createdAt: now })
      insertEvent(tx, { at: now, kind: 'mailbox_added', mailboxId: id, data: { kind: account.kind } })
      return id
    })
  }

  function rest(mailboxId: number): void {
    const failures = (failuresInRow.get(mailboxId) ?? 0) + 1
    failuresInRow.set(mailboxId, failures)
    const restingUntil = deps.clock.now() + Math.min(2 ** failures * 60_000, LONGEST_REST_MS)
    change(
      mailboxId,
      { status: 'resting', restingUntil },
      { kind: 'mailbox_changed', data: { restingUntil, failures } },
    )
  }

  return {
    list: () => kept,
    find,
    get,
    reload,
    addPractice: (identity) =>
      changed(
        add({
          kind: 'practice',
          address: PRACTICE_ADDRESS,
          smtp: null,
          senderName: identity.senderName || 'You (practice)',
          signature: identity.signature ?? '',
        }),
      ),
    async addSmtp({ address, smtp, password, senderName, signature }) {
      const parsed = parseAddress(address)
      if (!parsed.ok)
        throw new AppError('mailbox.address_invalid', parsed.problem, { details: { problem: parsed.problem } })
      const account = { kind: 'smtp', address: parsed.address.ascii, smtp, senderName, signature } as const
      if (isAddressTaken(deps.db, account.address)) throw new AppError('mailbox.address_taken', 'mailbox exists')
      await tryOut(deps, account, password)
      const id = add(account)
      await deps.secrets.set(passwordName(id), password)
      return changed(id)
    },
    async signIn(mailboxId, password) {
      const mailbox = get(mailboxId)
      if (mailbox.kind !== 'smtp') throw new AppError('mailbox.kind_mismatch', `${mailbox.kind} has no password`)
      await tryOut(deps, mailbox, password)
      await deps.secrets.set(passwordName(mailboxId), password)
      deps.forget(mailboxId)
      return change(mailboxId, { status: 'ready', restingUntil: null }, { kind: 'mailbox_resumed' })
    },
    savePolicy(mailboxId, policy) {
      refuseImpossible(deps, policy)
      return change(mailboxId, { policy }, { kind: 'mailbox_changed', data: { policy: 'changed' } })
    },
    saveIdentity: (mailboxId, identity) => change(mailboxId, identity, { kind: 'mailbox_changed' }),
    pause: (mailboxId) => change(mailboxId, { status: 'paused', restingUntil: null }, { kind: 'mailbox_paused' }),
    resume: (mailboxId) => {
      failuresInRow.delete(mailboxId)
      return change(mailboxId, { status: 'ready', restingUntil: null }, { kind: 'mailbox_resumed' })
    },
    async remove(mailboxId) {
      get(mailboxId)
      if (countUnfinished(deps.db, mailboxId) > 0) throw new AppError('mailbox.in_use', 'mail waits in it')
      write(deps.db, (tx) => {
        const now = deps.clock.now()
        updateMailbox(tx, mailboxId, { removedAt: now })
        insertEvent(tx, { at: now, kind: 'mailbox_removed', mailboxId })
      })
      await deps.secrets.remove(passwordName(mailboxId))
      deps.forget(mailboxId)
      reload()
      deps.publish({ type: 'mailboxes.changed' })
    },
    troubled(mailboxId, trouble) {
      const status = find(mailboxId)?.status
      if (status === 'paused' || status === undefined) return
      if (trouble === 'unreachable') return rest(mailboxId)
      deps.forget(mailboxId)
      change(mailboxId, { status: 'needs_sign_in', restingUntil: null }, { kind: 'mailbox_signed_out' })
    },
    worked(mailboxId) {
      failuresInRow.delete(mailboxId)
      if (find(mailboxId)?.status === 'resting') {
        change(mailboxId, { status: 'ready', restingUntil: null }, { kind: 'mailbox_resumed' })
      }
    },
    endLongRests() {
      if (!endRestsBeyond(deps, kept)) return
      reload()
      deps.publish({ type: 'mailboxes.changed' })
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
      updateMailbox(tx, id, { status: 'ready', restingUntil: null })
      insertEvent(tx, { at: now, kind: 'mailbox_resumed', mailboxId: id })
    }
  })
  return true
}

/** Signs in once, sending nothing; throws what the adapter heard. */
async function tryOut(
  deps: MailboxesDeps,
  account: Pick<MailboxRecord, 'kind' | 'address' | 'smtp'>,
  password: string,
): Promise<void> {
  const timeout = new AbortController()
  const disarm = deps.clock.at(deps.clock.now() + SIGN_IN_MS, () => timeout.abort())
  try {
    await deps.open(account, password).check(timeout.signal)
  } finally {
    disarm()
  }
}

/** Said when saved, not when nothing goes out: `mailbox.gap_reversed`, `mailbox.never_opens`. */
function refuseImpossible(deps: MailboxesDeps, policy: Policy): void {
  if (policy.gapMs.min > policy.gapMs.max) throw new AppError('mailbox.gap_reversed', 'min gap > max gap')
  const opening = deps.calendars.of(policy, '').at(deps.clock.now())
  if (!opening.isOpen && opening.opensAt === null) throw new AppError('mailbox.never_opens', 'hours never open')
}
