/** Why a mail goes when it goes: every gate with what it says now, and between which times it may be. */
import { type ForecastChange, listForecastChanges } from '#db/queries/forecast-log'
import { findSend } from '#db/queries/sends'
import { getPacingHistory } from '#db/queries/queue'
import { explainGates, type Verdict } from '#shared/domain/gates'
import { DAY_MS } from '#shared/domain/pacing'
import type { GateName } from '#shared/domain/taxonomy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import type { Forecasts } from './forecast.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import { headOf } from '../sending/queue.ts'
import { type FactsDeps, gateFacts } from '../sending/queue-facts.ts'

export interface Explanation {
  /** In the order in which they are asked. Empty for a mail that does not wait. */
  readonly gates: readonly { readonly gate: GateName; readonly verdict: Verdict }[]
  /** With the shortest and the longest pauses between mails, epoch ms; null: nobody can say. */
  readonly range: { readonly from: number; readonly to: number } | null
  /** How its time has changed since it was queued, newest first. */
  readonly changes: readonly ForecastChange[]
}

export interface Explain {
  /** Throws `send.not_found`. */
  send(sendId: number): Explanation
}

export interface ExplainDeps extends Pick<EngineContext, 'db' | 'clock'>, FactsDeps {
  readonly forecasts: Forecasts
  readonly mailboxes: Mailboxes
}

export function createExplain(deps: ExplainDeps): Explain {
  const { db, clock } = deps

  return {
    send(sendId) {
      const send = findSend(db, sendId)
      if (!send) throw new AppError('send.not_found', `send ${sendId}`)
      const mailbox = deps.mailboxes.find(send.mailboxId)
      const changes = listForecastChanges(db, sendId)
      if (send.state.status !== 'pending' || !mailbox) return { gates: [], range: null, changes }
      const now = clock.now()
      const facts = { ...mailbox, history: getPacingHistory(db, mailbox.id, now - DAY_MS) }
      return {
        gates: explainGates(gateFacts(deps, db, { head: headOf(send), mailbox: facts, now })),
        range: deps.forecasts.rangeOf(send.mailboxId, sendId),
        changes,
      }
    },
  }
}
