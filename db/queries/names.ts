import type { Found } from '#shared/contract/search'
import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

/**
 * What a rep has given a name, without the rest: few enough to be looked through one by one. Campaigns newest first, also
 * those put away; templates in use, by name, with the newest subject; mailboxes not removed, oldest first.
 */
export type Names = Omit<Found, 'leads'>

const TEMPLATES = `
  SELECT templates.id, name, subject FROM templates
  JOIN template_versions ON template_versions.template_id = templates.id
  WHERE archived_at IS NULL
    AND version = (SELECT max(version) FROM template_versions AS newer WHERE newer.template_id = templates.id)
  ORDER BY name`

export function listNames(db: Reader): Names {
  return {
    campaigns: statement<Names['campaigns'][number]>(
      db,
      'SELECT id, name, status FROM campaigns ORDER BY id DESC',
    ).all(),
    templates: statement<Names['templates'][number]>(db, TEMPLATES).all(),
    mailboxes: statement<Names['mailboxes'][number]>(
      db,
      'SELECT id, address, sender_name AS senderName, kind FROM mailboxes WHERE removed_at IS NULL ORDER BY id',
    ).all(),
  }
}
