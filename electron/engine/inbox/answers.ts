/** What came back, as the rep sees it: a list of verdicts, each with a way back. */
import { write } from '#db/open'
import { findIncoming, type IncomingRow, type IncomingScope, listIncoming } from '#db/queries/incoming'
import { getSendKey } from '#db/queries/sends'
import { getSetting, setSetting } from '#db/queries/settings'
import type { IncomingVerdict } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { practiceFolder } from '../folders.ts'
import { type HealthDeps, judgeHealth } from './health.ts'
import type { Queue } from '../sending/queue.ts'
import { takeVerdictBack } from './verdicts.ts'

export type { IncomingRow }

export interface Answers {
  /** Newest first. */
  list(scope: IncomingScope, page: { offset: number; limit: number }): { rows: IncomingRow[]; total: number }
  rules(): Rules
  saveRules(rules: Rules): Rules
  /** Throws `incoming.not_found`; harmless twice. */
  undo(incomingId: number): IncomingRow
  /** Practice: somebody answers. Throws `send.not_found`, `mailbox.kind_mismatch`. */
  invent(sendId: number, verdict: IncomingVerdict): Promise<void>
}

export interface Rules {
  readonly stopsCompany: boolean
}

export interface AnswersDeps extends HealthDeps, Pick<EngineContext, 'mail' | 'dataFolder' | 'publish'> {
  readonly queue: Pick<Queue, 'moveAllIn'>
  /** A mailbox has something to read. */
  readonly arrived: (mailboxId: number) => void
  /** The plan changed: look again. */
  readonly replan: () => void
}

export function createAnswers(deps: AnswersDeps): Answers {
  function undo(incomingId: number): IncomingRow {
    const row = findIncoming(deps.db, incomingId)
    if (row === null) throw new AppError('incoming.not_found', `incoming ${incomingId}`)
    if (row.undoneAt !== null) return row
    const { moveAllIn } = deps.queue
    write(deps.db, (tx) => takeVerdictBack(tx, row, { now: deps.clock.now(), moveAllIn }))
    judgeHealth(deps, row.mailboxId)
    for (const type of ['incoming.changed', 'leads.changed', 'suppressions.changed', 'sends.changed'] as const) {
      deps.publish({ type })
    }
    deps.replan()
    return findIncoming(deps.db, incomingId) ?? row
  }

  async function invent(sendId: number, verdict: IncomingVerdict): Promise<void> {
    const send = getSendKey(deps.db, sendId)
    if (send === null) throw new AppError('send.not_found', `send ${sendId}`)
    if (deps.mailboxes.get(send.mailboxId).kind !== 'practice') {
      throw new AppError('mailbox.kind_mismatch', 'only practice mail is answered by nobody')
    }
    const folder = practiceFolder(deps.dataFolder, send.mailboxId)
    const isThere = await deps.mail.receivePractice(folder, { key: send.key, verdict, at: deps.clock.now() })
    if (!isThere) throw new AppError('send.not_found', 'this mail is not in the practice folder')
    deps.arrived(send.mailboxId)
    deps.replan()
  }

  return {
    list: (scope, page) => listIncoming(deps.db, scope, page),
    rules: () => ({ stopsCompany: getSetting(deps.db, 'stopsCompany') }),
    saveRules(rules) {
      write(deps.db, (tx) => setSetting(tx, 'stopsCompany', rules.stopsCompany))
      return rules
    },
    undo,
    invent,
  }
}
