/** What the gates are told about a send, as the database has it inside the transaction that asks. */
import type { Reader, Writer } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getLeadFacts } from '#db/queries/lead-facts'
import type { MailboxRecord } from '#db/queries/mailboxes'
import { findLastAsked, getCampaignStatus, getPacingHistory, getToCompany, listCompanyTimes } from '#db/queries/queue'
import { pullBackPacing } from '#db/queries/sends'
import type { LaneHead } from '#shared/domain/decide'
import type { GateFacts, MailboxFacts } from '#shared/domain/gates'
import { DAY_MS } from '#shared/domain/pacing'
import type { Clock } from '../../platform/clock.ts'
import { agedIn } from './aged-text.ts'
import type { Calendars } from '../planning/calendars.ts'
import { dispatchPlace } from './dispatch-place.ts'

export interface FactsDeps {
  readonly clock: Clock
  readonly calendars: Calendars
  readonly isAppPaused: () => boolean
}

/** A history that lies in the future, other than what the provider holds, tells that the clock was set back: it counts as just now. */
export function mailboxFacts(tx: Writer, { mailbox, now }: { mailbox: MailboxRecord; now: number }) {
  let history = getPacingHistory(tx, mailbox.id, now - DAY_MS)
  const lastAsked = history.last && history.last.at > now ? findLastAsked(tx, mailbox.id) : null
  if (lastAsked !== null && lastAsked > now) {
    const behindMs = lastAsked - now
    pullBackPacing(tx, now)
    insertEvent(tx, { at: now, kind: 'clock_jumped', data: { byMs: -behindMs } })
    history = getPacingHistory(tx, mailbox.id, now - DAY_MS)
  }
  return { ...mailbox, history }
}

export function gateFacts(
  deps: FactsDeps,
  reader: Reader,
  { head, mailbox, now }: { head: LaneHead; mailbox: MailboxFacts; now: number },
): GateFacts {
  return {
    now,
    app: { isPaused: deps.isAppPaused() },
    campaign: { status: getCampaignStatus(reader, head.campaignId) },
    mailbox,
    lead: getLeadFacts(reader, head.sendId),
    calendar: deps.calendars.of(mailbox.policy, head.zone, head.isFollowUp),
    companyTimes() {
      const company = getToCompany(reader, head.sendId)
      return company === null ? [] : (listCompanyTimes(reader, now - DAY_MS).get(company) ?? [])
    },
    hasTextAged() {
      const place = dispatchPlace(deps, mailbox.policy, head.zone)
      return agedIn(reader, head.sendId, { at: now, place }).length > 0
    },
  }
}
