import type { NoticeFact } from '#shared/domain/notices'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

/** Something to tell, with what it is called by. */
export interface NoticeRow extends NoticeFact {
  /** The send, mailbox or campaign that it is about: two facts with the same one are about the same thing. */
  readonly subjectId: number
  readonly leadName: string | null
  /** The address it went to. */
  readonly to: string | null
  readonly campaignName: string | null
  readonly mailboxAddress: string | null
  /** What was sent in the campaign, and how many answered. */
  readonly sent: number
  readonly replied: number
}

/**
 * What happened after that event and not before that moment, and still is so: an answer that was taken back, a mailbox that is
 * signed in again and a mail that was found say nothing any more. By rising number.
 */
export function listNoticeRows(db: Reader, { after, since }: { after: number; since: number }): NoticeRow[] {
  return statement<NoticeRow>(
    db,
    `SELECT events.id AS eventId, events.at,
       CASE events.kind WHEN 'mail_received' THEN 'reply' WHEN 'mailbox_signed_out' THEN 'sign_in'
         WHEN 'campaign_completed' THEN 'campaign_done' ELSE 'uncertain' END AS kind,
       coalesce(sends.id, events.mailbox_id, events.campaign_id) AS subjectId,
       trim(leads.first_name || ' ' || leads.last_name) AS leadName, sends.to_address AS "to",
       campaigns.name AS campaignName, mailboxes.address AS mailboxAddress,
       CASE events.kind WHEN 'campaign_completed' THEN (SELECT count(*) FROM sends AS own
         WHERE own.campaign_id = campaigns.id AND own.status = 'sent') ELSE 0 END AS sent,
       CASE events.kind WHEN 'campaign_completed' THEN (SELECT count(*) FROM sends AS own
         WHERE own.campaign_id = campaigns.id AND own.status = 'sent' AND own.outcome = 'replied') ELSE 0 END AS replied
     FROM events INDEXED BY events_notices
     LEFT JOIN sends ON sends.id = events.send_id
     LEFT JOIN leads ON leads.id = sends.lead_id
     LEFT JOIN campaigns ON campaigns.id = coalesce(events.campaign_id, sends.campaign_id)
     LEFT JOIN mailboxes ON mailboxes.id = coalesce(events.mailbox_id, sends.mailbox_id)
     WHERE (events.kind = 'mail_received' OR events.kind = 'mailbox_signed_out' OR events.kind = 'campaign_completed'
         OR events.kind = 'send_unanswered')
       AND events.id > ? AND events.at >= ?
       AND CASE events.kind
         WHEN 'mail_received' THEN json_extract(events.data, '$.verdict') = 'replied' AND EXISTS (SELECT 1 FROM incoming
           WHERE incoming.send_id = events.send_id AND verdict = 'replied' AND undone_at IS NULL)
         WHEN 'mailbox_signed_out' THEN mailboxes.status = 'needs_sign_in' AND mailboxes.removed_at IS NULL
         WHEN 'campaign_completed' THEN campaigns.status = 'completed'
         ELSE sends.status = 'uncertain' END
     ORDER BY events.id`,
  ).all(after, since)
}
