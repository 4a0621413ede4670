import type { TouchSource } from '#shared/domain/taxonomy'
import type { OutputAt } from '../../api/paths.ts'
import { formatDay } from '../../ui/format.ts'

export type TouchRow = OutputAt<'history.ofLead'>['rows'][number]

const BY = {
  sent: (row) => (row.mailboxAddress === null ? ' by Pacemail' : ` by Pacemail from ${row.mailboxAddress}`),
  by_hand: () => ' by hand',
  imported: (row) =>
    row.mailboxAddress === null
      ? ` (imported from ${row.importName ?? 'a file'})`
      : ` from ${row.mailboxAddress} (found in its Sent folder)`,
} satisfies Record<TouchSource, (row: TouchRow) => string>

/** "Written to on 2 March by Pacemail from you@corp.example: Spring" */
export function touchText(row: TouchRow, now: number): string {
  const about = row.about === '' ? '' : `: ${row.about}`
  return `Written to ${formatDay(row.at, now)}${BY[row.source](row)}${about}`
}
