/** The evidence of a doubt: which looks were made, when, where, and what each found. The rep decides by it. */
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import type { Send } from '#db/queries/sends'
import type { LookFinding, LookPlace } from '#shared/domain/taxonomy'
import type { EngineContext } from '../context.ts'

export interface Look {
  readonly found: LookFinding
  /** Why there was no answer: a code; else null. */
  readonly code: string | null
  /** Where it was looked; empty where nothing answered. */
  readonly places: readonly LookPlace[]
  /** The rep asked for it: always told. */
  readonly byRep: boolean
}

export interface LookLog {
  tell(send: Send, look: Look): void
}

/**
 * Looks come every minute and may go on for days: of a row of looks with the same finding the first, second, fourth, eighth …
 * are told, each with their number so far.
 */
export function createLookLog(deps: Pick<EngineContext, 'db' | 'clock' | 'publish'>): LookLog {
  /** By send. */
  const rows = new Map<number, { readonly what: string; readonly times: number }>()

  function tell(send: Send, { found, code, places, byRep }: Look): void {
    const what = `${found} ${code ?? ''}`
    const before = rows.get(send.id)
    const times = before?.what === what ? before.times + 1 : 1
    rows.set(send.id, { what, times })
    if (!byRep && !Number.isInteger(Math.log2(times))) return
    write(deps.db, (tx) =>
      insertEvent(tx, {
        at: deps.clock.now(),
        kind: 'send_looked_up',
        sendId: send.id,
        leadId: send.leadId,
        campaignId: send.campaignId,
        mailboxId: send.mailboxId,
        data: { found, code, places, times, byRep },
      }),
    )
    deps.publish({ type: 'sends.changed' })
  }

  return { tell }
}
