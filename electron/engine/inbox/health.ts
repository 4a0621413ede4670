import { type Reader, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { listOutcomes, type SentOutcome } from '#db/queries/incoming'
import { type MailboxRecord, saveReading } from '#db/queries/mailboxes'
import { type Health, HEALTH_SENDS, healthOf, type HealthOutcome } from '#shared/domain/health'
import type { EngineContext } from '../context.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'

export interface HealthDeps extends Pick<EngineContext, 'db' | 'clock'> {
  readonly mailboxes: Mailboxes
}

/** Works a mailbox's health out anew from what came back for its last mails, and says so where it has changed. */
export function judgeHealth(deps: HealthDeps, mailboxId: number): void {
  const mailbox = deps.mailboxes.find(mailboxId)
  if (mailbox === null) return
  const { score } = healthNow(deps.db, mailbox)
  if (mailbox.health === score) return
  write(deps.db, (tx) => {
    saveReading(tx, mailboxId, { health: score })
    insertEvent(tx, { at: deps.clock.now(), kind: 'mailbox_health_changed', mailboxId, data: { score } })
  })
  deps.mailboxes.changed(mailboxId)
}

/** From what came back for the mailbox's last mails, as it is known now. */
export function healthNow(db: Reader, { id, healthFrom }: MailboxRecord): Health {
  return healthOf(listOutcomes(db, { mailboxId: id, since: healthFrom, most: HEALTH_SENDS }).map(healthOutcome))
}

/** What came back for those last mails, good and bad. */
export function recentAnswers(
  db: Reader,
  { id, healthFrom }: MailboxRecord,
): { mails: number; replied: number; bounced: number } {
  const recent = listOutcomes(db, { mailboxId: id, since: healthFrom, most: HEALTH_SENDS })
  return {
    mails: recent.length,
    replied: recent.filter(({ outcome }) => outcome === 'replied').length,
    bounced: recent.filter((each) => healthOutcome(each) === 'hard_bounce').length,
  }
}

function healthOutcome({ outcome, severity, isComplaint }: SentOutcome): HealthOutcome {
  if (isComplaint === 1) return 'complaint'
  if (severity === 'hard') return 'hard_bounce'
  if (severity === 'soft') return 'soft_bounce'
  if (severity === 'blocked') return 'blocked'
  return outcome === 'opted_out' ? 'opted_out' : 'fine'
}
