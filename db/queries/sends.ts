import type {
  DueCode,
  NeverCode,
  ParkCode,
  SendOutcome,
  SendPriority,
  SendStage,
  SendStatus,
} from '#shared/domain/taxonomy'
import type { SendState } from '#shared/domain/send-transitions'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** A send as the engine handles it: its place in the queue and its state. */
export interface Send {
  readonly id: number
  readonly campaignId: number
  /** Counted from 0. */
  readonly step: number
  readonly leadId: number
  readonly mailboxId: number
  readonly key: string
  readonly generation: number
  readonly toAddress: string
  readonly toName: string
  readonly attempts: number
  readonly priority: SendPriority
  readonly zone: string
  /** Epoch ms: its place in the queue, kept while it is worked on. */
  readonly notBefore: number
  readonly dueCode: DueCode
  /** Why it stands beside its lane; null: it is in it. */
  readonly parked: ParkCode | null
  /** When the provider was asked last, epoch ms; of one that was handed over when it is to leave. Null: never. */
  readonly startedAt: number | null
  readonly epoch: number
  readonly revision: number
  readonly state: SendState
}

interface SendRow {
  id: number
  campaign_id: number
  step: number
  lead_id: number
  mailbox_id: number
  key: string
  generation: number
  to_address: string
  to_name: string
  status: SendStatus
  stage: SendStage | null
  outcome: SendOutcome
  priority: SendPriority
  zone: string
  not_before: number
  due_code: DueCode
  parked: ParkCode | null
  attempts: number
  draft_id: string | null
  provider_message_id: string | null
  skipped_code: NeverCode | null
  failure_code: string | null
  failure_provider_code: string | null
  started_at: number | null
  finished_at: number | null
  epoch: number
  revision: number
}

/** Null when there is none. */
export function findSend(db: Reader, sendId: number): Send | null {
  const row = statement<SendRow>(db, 'SELECT * FROM sends WHERE id = ?').get(sendId)
  return row ? toSend(row) : null
}

/**
 * Sends that were being worked on, in every mailbox: after a start, what a crash left behind. Left alone, SQLite would
 * rather read the whole table than sort a few rows.
 */
export function listInFlight(db: Reader): Send[] {
  return statement<SendRow>(
    db,
    "SELECT * FROM sends INDEXED BY sends_in_flight WHERE status = 'processing' ORDER BY id",
  )
    .all()
    .map(toSend)
}

/** Sends whose outcome is not known, oldest first. */
export function listUncertain(db: Reader, mailboxId: number): Send[] {
  return statement<SendRow>(db, "SELECT * FROM sends WHERE mailbox_id = ? AND status = 'uncertain' ORDER BY id")
    .all(mailboxId)
    .map(toSend)
}

/** What the provider of a mailbox holds, the soonest first. */
export function listHandedOver(db: Reader, mailboxId: number): Send[] {
  return statement<SendRow>(
    db,
    `SELECT * FROM sends INDEXED BY sends_in_flight WHERE mailbox_id = ? AND status = 'processing'
       AND stage = 'handed_over' ORDER BY started_at, id`,
  )
    .all(mailboxId)
    .map(toSend)
}

/** When each mail that a provider holds is to leave, epoch ms, rising; of one mailbox or (null) of all. */
export function listHeldMoments(db: Reader, mailboxId: number | null): number[] {
  const sql = `SELECT started_at FROM sends INDEXED BY sends_in_flight WHERE status = 'processing'
    AND stage = 'handed_over' AND (? IS NULL OR mailbox_id = ?) ORDER BY started_at`
  return statement<number>(db, sql).pluck().all(mailboxId, mailboxId)
}

function toSend(row: SendRow): Send {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    step: row.step,
    leadId: row.lead_id,
    mailboxId: row.mailbox_id,
    key: row.key,
    generation: row.generation,
    toAddress: row.to_address,
    toName: row.to_name,
    attempts: row.attempts,
    priority: row.priority,
    zone: row.zone,
    notBefore: row.not_before,
    dueCode: row.due_code,
    parked: row.parked,
    startedAt: row.started_at,
    epoch: row.epoch,
    revision: row.revision,
    state: toState(row),
  }
}

function toState(row: SendRow): SendState {
  const failure = row.failure_code === null ? null : { code: row.failure_code, providerCode: row.failure_provider_code }
  switch (row.status) {
    case 'pending':
      return { status: 'pending', notBefore: row.not_before, draftId: row.draft_id, failure }
    case 'processing':
      return toProcessing(row)
    case 'sent':
      return { status: 'sent', providerMessageId: row.provider_message_id, finishedAt: given(row.finished_at) }
    case 'failed':
      return { status: 'failed', failure: given(failure), finishedAt: given(row.finished_at) }
    case 'cancelled':
      return { status: 'cancelled', finishedAt: given(row.finished_at) }
    case 'skipped':
      return { status: 'skipped', because: given(row.skipped_code), finishedAt: given(row.finished_at) }
    case 'uncertain':
      return { status: 'uncertain', draftId: row.draft_id, failure: given(failure) }
  }
}

function toProcessing(row: SendRow): SendState {
  switch (given(row.stage)) {
    case 'drafting':
      return { status: 'processing', stage: 'drafting', draftId: row.draft_id }
    case 'drafted':
      return { status: 'processing', stage: 'drafted', draftId: given(row.draft_id) }
    case 'sending':
      return { status: 'processing', stage: 'sending', draftId: given(row.draft_id), startedAt: given(row.started_at) }
    case 'handed_over':
      return {
        status: 'processing',
        stage: 'handed_over',
        draftId: given(row.draft_id),
        leavesAt: given(row.started_at),
      }
  }
}

function given<T>(value: T | null): T {
  if (value === null) throw new Error('a send lacks what its state demands')
  return value
}

/** What a move writes beside the state. */
export interface MoveExtras {
  /** The owner that moves it (fencing): a row touched by a later owner is not written. */
  readonly epoch: number
  readonly attempts?: number
  /** A new key for a new mail, when the rep has it sent again. */
  readonly generation?: { readonly number: number; readonly key: string }
  /** Under which thread and Message-ID it left; null parts are not known (yet). */
  /** Why it waits until its time, where it goes back to the queue; left out: as before. */
  readonly dueCode?: DueCode
  /** Where it goes back to the queue but not into its lane. */
  readonly parked?: ParkCode
  readonly sentAs?: { readonly threadId: string | null; readonly messageId: string | null }
}

export interface Move extends MoveExtras {
  readonly state: SendState
}

/** One text per kind of move, so that each rewrites only the indexes it must. */
const MOVES = {
  pending: `UPDATE sends SET status = 'pending', stage = NULL, not_before = ?, draft_id = ?, failure_code = ?,
    failure_provider_code = ?, finished_at = NULL, attempts = ?, generation = ?, key = ?, skipped_code = NULL,
    due_code = coalesce(?, due_code), parked = ?, `,
  drafting: "UPDATE sends SET status = 'processing', stage = 'drafting', ",
  drafted: "UPDATE sends SET stage = 'drafted', draft_id = ?, ",
  sending: "UPDATE sends SET stage = 'sending', started_at = ?, paced_at = ?, attempts = ?, ",
  handed_over: `UPDATE sends SET status = 'processing', stage = 'handed_over', parked = NULL, draft_id = ?, started_at = ?,
    paced_at = ?, attempts = ?, `,
  sent: `UPDATE sends SET status = 'sent', stage = NULL, provider_message_id = ?, thread_id = ?, message_id = ?,
    finished_at = ?, `,
  failed: `UPDATE sends SET status = 'failed', stage = NULL, failure_code = ?, failure_provider_code = ?,
    finished_at = ?, attempts = ?, `,
  cancelled: "UPDATE sends SET status = 'cancelled', stage = NULL, parked = NULL, finished_at = ?, ",
  skipped: "UPDATE sends SET status = 'skipped', stage = NULL, parked = NULL, skipped_code = ?, finished_at = ?, ",
  uncertain: `UPDATE sends SET status = 'uncertain', stage = NULL, failure_code = ?, failure_provider_code = ?, `,
} as const
const GUARD = 'epoch = ?, revision = revision + 1 WHERE id = ? AND revision = ? AND epoch <= ?'

/**
 * The one place that stores a send's next state. Null when somebody moved it first, or a later owner has it: nothing was
 * written then.
 */
export function moveSend(tx: Writer, seen: Send, { state, ...extras }: Move): Send | null {
  const attempts = extras.attempts ?? seen.attempts
  const generation = extras.generation ?? { number: seen.generation, key: seen.key }
  const [kind, values] = moveOf(state, { ...extras, attempts, generation })
  const { changes } = statement(tx, MOVES[kind] + GUARD).run(
    ...values,
    extras.epoch,
    seen.id,
    seen.revision,
    extras.epoch,
  )
  if (changes !== 1) return null
  return {
    ...seen,
    state,
    notBefore: state.status === 'pending' ? state.notBefore : seen.notBefore,
    dueCode: extras.dueCode ?? seen.dueCode,
    parked: state.status === 'pending' ? (extras.parked ?? null) : null,
    attempts,
    generation: generation.number,
    key: generation.key,
    epoch: extras.epoch,
    revision: seen.revision + 1,
  }
}

function moveOf(
  state: SendState,
  beside: Omit<MoveExtras, 'epoch'> & { attempts: number; generation: { number: number; key: string } },
): [keyof typeof MOVES, (string | number | null)[]] {
  const { attempts, generation, sentAs, dueCode = null, parked = null } = beside
  switch (state.status) {
    case 'pending': {
      const { code = null, providerCode = null } = state.failure ?? {}
      return [
        'pending',
        [
          state.notBefore,
          state.draftId,
          code,
          providerCode,
          attempts,
          generation.number,
          generation.key,
          dueCode,
          parked,
        ],
      ]
    }
    case 'processing':
      if (state.stage === 'drafting') return ['drafting', []]
      if (state.stage === 'drafted') return ['drafted', [state.draftId]]
      if (state.stage === 'sending') return ['sending', [state.startedAt, state.startedAt, attempts]]
      return ['handed_over', [state.draftId, state.leavesAt, state.leavesAt, attempts]]
    case 'sent':
      return ['sent', [state.providerMessageId, sentAs?.threadId ?? null, sentAs?.messageId ?? null, state.finishedAt]]
    case 'failed':
      return ['failed', [state.failure.code, state.failure.providerCode, state.finishedAt, attempts]]
    case 'cancelled':
      return ['cancelled', [state.finishedAt]]
    case 'skipped':
      return ['skipped', [state.because, state.finishedAt]]
    case 'uncertain':
      return ['uncertain', [state.failure.code, state.failure.providerCode]]
  }
}

/** The mail as approved. */
export interface SendBody {
  readonly subject: string
  readonly text: string
  readonly html: string | null
}

export function getSendBody(db: Reader, sendId: number): SendBody {
  const row = statement<SendBody>(db, 'SELECT subject, text, html FROM send_bodies WHERE send_id = ?').get(sendId)
  if (!row) throw new Error(`send ${sendId} has no body`)
  return row
}

export interface NewSend {
  readonly campaignId: number
  /** Counted from 0. */
  readonly step: number
  readonly variant: number
  readonly leadId: number
  readonly mailboxId: number
  readonly key: string
  readonly toAddress: string
  readonly toIdentity: string
  readonly toName: string
  readonly priority: SendPriority
  readonly zone: string
  readonly notBefore: number
  readonly scheduledAt: number | null
  readonly createdAt: number
  readonly parked: ParkCode | null
  readonly body: SendBody
  /** What its text was made from; whose attachments it carries. */
  readonly templateVersionId: number
}

/** Null when this (campaign, step, lead) is queued already: nothing was written. No RETURNING: it takes as long again. */
export function insertSend(tx: Writer, send: NewSend): number | null {
  const { changes, lastInsertRowid } = statement(
    tx,
    `INSERT INTO sends (campaign_id, step, variant, template_version_id, lead_id, mailbox_id, key, to_address, to_identity, to_name,
       priority, zone, not_before, scheduled_at, created_at, parked)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(
    send.campaignId,
    send.step,
    send.variant,
    send.templateVersionId,
    send.leadId,
    send.mailboxId,
    send.key,
    send.toAddress,
    send.toIdentity,
    send.toName,
    send.priority,
    send.zone,
    send.notBefore,
    send.scheduledAt,
    send.createdAt,
    send.parked,
  )
  if (changes === 0) return null
  const id = Number(lastInsertRowid)
  const { subject, text, html } = send.body
  const intoBodies = 'INSERT INTO send_bodies (send_id, subject, text, html) VALUES (?, ?, ?, ?)'
  statement(tx, intoBodies).run(id, subject, text, html)
  return id
}

/**
 * After the clock was set back: what seems to lie in the future counts as just now, so that no cap is broken and nothing
 * waits for years. What a provider holds does lie in the future. Returns how many were set back.
 */
export function pullBackPacing(tx: Writer, now: number): number {
  const sql = `UPDATE sends SET paced_at = ? WHERE paced_at IS NOT NULL AND paced_at > ? AND stage IS NOT 'handed_over'`
  return statement(tx, sql).run(now, now).changes
}

/** It did not leave, and was to leave later: it counts for no pace. */
export function unpace(tx: Writer, sendId: number): void {
  statement(tx, 'UPDATE sends SET started_at = NULL, paced_at = NULL WHERE id = ?').run(sendId)
}

/** Null when no send has this key (any more). */
export function findSendIdByKey(db: Reader, key: string): number | null {
  return statement<{ id: number }>(db, 'SELECT id FROM sends WHERE key = ?').get(key)?.id ?? null
}

/** The key of a send and where it goes out; null when there is none. */
export function getSendKey(db: Reader, sendId: number): { readonly key: string; readonly mailboxId: number } | null {
  const sql = 'SELECT key, mailbox_id AS mailboxId FROM sends WHERE id = ?'
  return statement<{ key: string; mailboxId: number }>(db, sql).get(sendId) ?? null
}

/** A send that turned out to have left without this database knowing: it counts for the pace from `at` (epoch ms) on. */
export function paceFound(tx: Writer, sendId: number, at: number): void {
  statement(tx, 'UPDATE sends SET started_at = ?, paced_at = ? WHERE id = ?').run(at, at, sendId)
}

/** The id that the next inserted send will get. */
export function nextSendId(db: Reader): number {
  return (statement<{ id: number | null }>(db, 'SELECT max(id) AS id FROM sends').get()?.id ?? 0) + 1
}
