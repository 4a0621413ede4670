import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import {
  insertOverride,
  listTouchesOf,
  longestCoolDownDays,
  type TouchView,
  withdrawOverride,
} from '#db/queries/history'
import { findLead } from '#db/queries/lead-rows'
import type { Lead } from '#shared/contract/leads'
import { DAY_MS } from '#shared/domain/pacing'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'

/** With whom there was contact, and the rep's word that a lead may be written to again all the same. */
export interface History {
  /** Throws `lead.not_found`. */
  ofLead(request: { leadId: number; offset: number; limit: number }): {
    rows: TouchView[]
    total: number
    coolDownUntil: number | null
  }
  /** For one mail, and no longer than two weeks. Throws `lead.not_found`. */
  allowAgain(leadId: number): Lead
  /** Harmless when there is nothing to take back. Throws `lead.not_found`. */
  withdraw(leadId: number): Lead
  /** The longest cool-down of the mailboxes in use. */
  coolDownMs(): number
}

/** An allowance that nobody used by then was meant for a plan that has changed. */
const ALLOWED_FOR_MS = 14 * DAY_MS

export function createHistory(deps: EngineContext & { readonly replan: () => void }): History {
  const { db, clock } = deps

  function given(leadId: number): Lead {
    const lead = findLead(db, leadId)
    if (lead === null) throw new AppError('lead.not_found', `lead ${leadId}`)
    return lead
  }

  function coolDownMs(): number {
    return (longestCoolDownDays(db) ?? DEFAULT_POLICY.coolDownDays) * DAY_MS
  }

  function tell(): void {
    deps.publish({ type: 'history.changed' })
    deps.publish({ type: 'leads.changed' })
    deps.replan()
  }

  return {
    ofLead({ leadId, ...page }) {
      const { lastTouchAt } = given(leadId)
      const until = lastTouchAt === null ? 0 : Math.min(lastTouchAt, clock.now()) + coolDownMs()
      return { ...listTouchesOf(db, leadId, page), coolDownUntil: until > clock.now() ? until : null }
    },

    allowAgain(leadId) {
      given(leadId)
      const now = clock.now()
      const expiresAt = now + ALLOWED_FOR_MS
      write(db, (tx) => {
        insertOverride(tx, { leadId, now, expiresAt })
        insertEvent(tx, { at: now, kind: 'lead_allowed_again', leadId, data: { expiresAt } })
      })
      tell()
      return given(leadId)
    },

    withdraw(leadId) {
      given(leadId)
      const now = clock.now()
      const wasThere = write(db, (tx) => {
        const withdrawn = withdrawOverride(tx, leadId, now)
        if (withdrawn) insertEvent(tx, { at: now, kind: 'lead_allowance_withdrawn', leadId })
        return withdrawn
      })
      if (wasThere) tell()
      return given(leadId)
    },

    coolDownMs,
  }
}
