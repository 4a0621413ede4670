/**
 * What a crash must not break, read from outside: the database file on one side, what arrived on the other. Nothing of
 * the engine is asked.
 */
import Database from 'better-sqlite3'
import type { Arrival } from './kill-mail.ts'

type ArrivedMail = Pick<Arrival, 'key' | 'to'>

export interface AuditedSend {
  readonly id: number
  readonly key: string
  readonly status: string
  readonly stage: string | null
  readonly toAddress: string
  readonly revision: number
  readonly generation: number
}

export interface Audit {
  readonly sends: readonly AuditedSend[]
  /** By status; what is not there is 0. */
  readonly counts: Readonly<Record<string, number>>
  /** What is wrong, in words; empty is what a test wants. */
  readonly problems: readonly string[]
}

/** Where each event may come from, and where it leads; written down again on purpose, apart from the product's table. */
const STEPS: Readonly<Record<string, { readonly from: readonly string[]; readonly to: readonly string[] }>> = {
  send_claimed: { from: ['pending'], to: ['drafting'] },
  send_drafted: { from: ['drafting'], to: ['drafted'] },
  send_started: { from: ['drafted'], to: ['sending'] },
  // From `pending`: found at the provider by a database that is older.
  send_handed_over: { from: ['drafted', 'pending'], to: ['handed_over'] },
  send_taken_back: { from: ['handed_over'], to: ['pending'] },
  send_accepted: { from: ['sending', 'handed_over'], to: ['sent'] },
  send_refused: { from: ['drafting', 'drafted', 'sending', 'handed_over'], to: ['failed'] },
  send_retried: { from: ['drafting', 'drafted', 'sending', 'handed_over'], to: ['pending'] },
  send_unanswered: { from: ['sending', 'handed_over'], to: ['uncertain'] },
  send_held: { from: ['drafting', 'drafted'], to: ['pending'] },
  send_skipped: { from: ['pending', 'drafting', 'drafted'], to: ['skipped'] },
  send_cancelled: { from: ['pending', 'drafting', 'drafted'], to: ['cancelled'] },
  // Not only from a doubt: found among the sent mail of its mailbox (sent by hand, or before a backup was restored).
  send_proved_sent: { from: ['pending', 'sending', 'handed_over', 'uncertain', 'failed'], to: ['sent'] },
  // A refusal that came before the draft was looked at ends only here.
  send_proved_unsent: { from: ['sending', 'uncertain'], to: ['pending', 'failed'] },
  send_settled: { from: ['uncertain'], to: ['sent', 'pending'] },
  send_requeued: { from: ['failed'], to: ['pending'] },
  // Where the text is another one now; what is only owed or kept changes nothing.
  send_rewritten: { from: ['pending'], to: ['pending'] },
}

export interface AuditChoices {
  /** One person may be written to again in another campaign. */
  readonly mayRepeatAddress?: boolean
  /** Sends that are `sent` on the rep's word alone, by id. */
  readonly trusted?: ReadonlySet<number>
}

/** Compares a database with what arrived from it. */
export function audit(file: string, arrived: readonly ArrivedMail[], choices: AuditChoices = {}): Audit {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const sends = db
      .prepare('SELECT id, key, status, stage, to_address AS toAddress, revision, generation FROM sends ORDER BY id')
      .all() as AuditedSend[]
    const counts: Record<string, number> = {}
    for (const send of sends) counts[send.status] = (counts[send.status] ?? 0) + 1
    return {
      sends,
      counts,
      problems: [
        ...fileProblems(db),
        ...sends.flatMap((send) => storyProblems(db, send)),
        ...doubles(arrived, choices.mayRepeatAddress ? ['key'] : ['key', 'to']),
        ...sends.filter((send) => !choices.trusted?.has(send.id)).flatMap((send) => truthProblems(send, arrived)),
        ...arrived.filter((mail) => !sends.some((send) => send.key === mail.key)).map((mail) => `${mail.to}: no send`),
      ],
    }
  } finally {
    db.close()
  }
}

function fileProblems(db: Database.Database): string[] {
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const broken = (db.pragma('foreign_key_check') as unknown[]).length
  return [
    ...(integrity === 'ok' ? [] : [`integrity: ${integrity}`]),
    ...(broken === 0 ? [] : [`${broken} broken references`]),
  ]
}

/** Every change of state has exactly one event, and together they lead to the row. */
function storyProblems(db: Database.Database, send: AuditedSend): string[] {
  const events = db
    .prepare(
      `SELECT kind, data FROM events WHERE send_id = ? AND kind NOT IN ('send_queued', 'send_looked_up', 'mail_received')
         AND (kind <> 'send_rewritten' OR data ->> 'text' = 'taken') ORDER BY id`,
    )
    .all(send.id) as { kind: string; data: string | null }[]
  const told = (text: string): string[] => [`send ${send.id}: ${text} (${events.map(({ kind }) => kind).join(', ')})`]
  let at: readonly string[] = ['pending']
  for (const { kind } of events) {
    const step = STEPS[kind]
    if (!step) return told(`what is ${kind}?`)
    if (!at.some((state) => step.from.includes(state))) return told(`${kind} while ${at.join(' or ')}`)
    at = step.to
  }
  const row = send.stage ?? send.status
  if (!at.includes(row)) return told(`its row says ${row}, its events ${at.join(' or ')}`)
  // A new priority or text of what waits is no change of state: one event for all that it is for.
  const isWhole = events.length === send.revision || (events.length < send.revision && hasChangesOfMany(db))
  return isWhole ? [] : told(`${send.revision} changes, ${events.length} events`)
}

function hasChangesOfMany(db: Database.Database): boolean {
  const sql = "SELECT 1 FROM events WHERE kind IN ('send_prioritised', 'campaign_changed') LIMIT 1"
  return db.prepare(sql).get() !== undefined
}

/** At most once: by key and, where nobody was queued twice, by address. */
function doubles(arrived: readonly ArrivedMail[], names: readonly ('key' | 'to')[]): string[] {
  return names.flatMap((by) =>
    [...Map.groupBy(arrived, (mail) => mail[by])].filter(([, of]) => of.length > 1).map(([name]) => `${name}: twice`),
  )
}

/** `sent` only where the mail is; where it is, nothing but `sent` or a doubt. */
function truthProblems(send: AuditedSend, arrived: readonly ArrivedMail[]): string[] {
  const isThere = arrived.some((mail) => mail.key === send.key)
  if (send.status === 'sent' && !isThere) return [`send ${send.id} says sent, but no mail is there`]
  if (isThere && !['sent', 'uncertain', 'processing'].includes(send.status)) {
    return [`send ${send.id} is ${send.status}, but its mail is there`]
  }
  return []
}
