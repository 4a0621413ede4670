import type { EventKind } from '#shared/domain/taxonomy'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

export interface ActivityRow {
  readonly id: number
  readonly at: number
  readonly kind: EventKind
  readonly data: string | null
  readonly sendId: number | null
  readonly leadName: string | null
  readonly to: string | null
  readonly campaignName: string | null
  readonly mailboxAddress: string | null
}

const COLUMNS = `
  SELECT events.id, events.at, events.kind, events.data, events.send_id AS sendId,
    trim(leads.first_name || ' ' || leads.last_name) AS leadName, coalesce(sends.to_address, leads.email) AS "to",
    campaigns.name AS campaignName, mailboxes.address AS mailboxAddress
  FROM events
  LEFT JOIN sends ON sends.id = events.send_id
  LEFT JOIN leads ON leads.id = events.lead_id
  LEFT JOIN campaigns ON campaigns.id = events.campaign_id
  LEFT JOIN mailboxes ON mailboxes.id = events.mailbox_id`

/** Newest first, below id `before` (null: from the newest); `kinds` empty: all. */
export function listActivity(
  db: Reader,
  page: { before: number | null; kinds: readonly EventKind[]; limit: number },
): ActivityRow[] {
  const before = page.before ?? Number.MAX_SAFE_INTEGER
  if (page.kinds.length === 0) {
    return statement<ActivityRow>(db, `${COLUMNS} WHERE events.id < ? ORDER BY events.id DESC LIMIT ?`).all(
      before,
      page.limit,
    )
  }
  return statement<ActivityRow>(
    db,
    `${COLUMNS} WHERE events.id < ? AND events.kind IN (SELECT value FROM json_each(?)) ORDER BY events.id DESC LIMIT ?`,
  ).all(before, JSON.stringify(page.kinds), page.limit)
}
