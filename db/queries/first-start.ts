import type { Reader } from '../open.ts'
import { statement } from '../statements.ts'

/** Was there ever a lead in this database? */
export function hasAnyLead(db: Reader): boolean {
  return statement<{ found: number }>(db, 'SELECT EXISTS (SELECT 1 FROM leads) AS found').get()?.found === 1
}
