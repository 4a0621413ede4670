import type { LeadSort } from '#shared/contract/leads'

/** Name, address and review are always there; these the rep chooses. */
export const COLUMN_IDS = ['company', 'phone', 'tags', 'mail', 'contact', 'added', 'basis', 'source'] as const
export type ColumnId = (typeof COLUMN_IDS)[number]

export const FIRST_COLUMNS: readonly ColumnId[] = ['company', 'tags', 'mail', 'added']

export type ShownColumn = 'tick' | 'name' | 'email' | 'review' | ColumnId

interface Column {
  readonly label: string
  /** Pixels it needs at least. */
  readonly least: number
  /** Its share of what is left over; 0: it never grows. */
  readonly share: number
  readonly sort?: Extract<LeadSort, 'name' | 'company' | 'email'>
}

export const COLUMNS: Readonly<Record<ShownColumn, Column>> = {
  tick: { label: '', least: 36, share: 0 },
  name: { label: 'Name', least: 150, share: 1.4, sort: 'name' },
  company: { label: 'Company', least: 130, share: 1.3, sort: 'company' },
  email: { label: 'Email', least: 190, share: 2.1, sort: 'email' },
  phone: { label: 'Phone', least: 110, share: 0.8 },
  tags: { label: 'Tags', least: 60, share: 0.6 },
  review: { label: 'Review', least: 80, share: 0 },
  mail: { label: 'Newest mail', least: 112, share: 0 },
  contact: { label: 'Last contact', least: 96, share: 0 },
  added: { label: 'Added', least: 72, share: 0 },
  basis: { label: 'Why you may write', least: 136, share: 0.7 },
  source: { label: 'Where from', least: 110, share: 0.8 },
}

/** From left to right. */
const ORDER: readonly ShownColumn[] = [
  'tick',
  'name',
  'company',
  'email',
  'phone',
  'tags',
  'review',
  'mail',
  'contact',
  'added',
  'basis',
  'source',
]

/** What goes first where there is no room for all of them, for example beside the details. */
const LEAVING: readonly ColumnId[] = ['source', 'basis', 'phone', 'tags', 'added', 'contact', 'company', 'mail']

/** As in the style sheet: between two columns, and at both ends together. */
const GAP_PX = 10
const ENDS_PX = 20

/** The chosen columns that fit into a table of this width. */
export function columnsThatFit(chosen: readonly ColumnId[], width: number): ShownColumn[] {
  let shown = ORDER.filter((id) => !isChoice(id) || chosen.includes(id))
  for (const id of LEAVING) {
    if (leastWidth(shown) <= width) break
    shown = shown.filter((one) => one !== id)
  }
  return shown
}

/** For `grid-template-columns`. */
export function templateOf(columns: readonly ShownColumn[]): string {
  return columns
    .map((id) => {
      const { least, share } = COLUMNS[id]
      return share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`
    })
    .join(' ')
}

/** What was kept, as far as it still means something; null: nothing was kept. */
export function readColumns(kept: string | null): readonly ColumnId[] {
  if (kept === null) return FIRST_COLUMNS
  const words = kept.split(',')
  return COLUMN_IDS.filter((id) => words.includes(id))
}

function leastWidth(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, id) => sum + COLUMNS[id].least, 0) + GAP_PX * (columns.length - 1) + ENDS_PX
}

function isChoice(id: ShownColumn): id is ColumnId {
  return (COLUMN_IDS as readonly string[]).includes(id)
}
