import { Pencil as PencilIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Lead } from '#shared/contract/leads'
import { BASIS_WORDS } from '../../ui/basis-words.ts'
import { formatDay, formatFull } from '../../ui/format.ts'
import type { ShownColumn } from './columns.ts'
import { leadMarks, leadName, REVIEW_WORDS, sendWords } from './lead-words.ts'
import styles from './leads.module.css'

interface Props {
  readonly lead: Lead
  readonly columns: readonly ShownColumn[]
  /** Epoch ms. */
  readonly now: number
  readonly isChosen: boolean
  /** Null: the cursor is elsewhere. */
  readonly onEdit: (() => void) | null
}

/** Plain elements only, as in the row around them. */
export function LeadCells({ lead, columns, now, isChosen, onEdit }: Props) {
  return columns.map((id) =>
    id === 'tick' ? (
      <div key={id} role="gridcell" className={styles.cell} data-tick>
        <span className={styles.check} data-on={isChosen || undefined} aria-hidden="true" />
      </div>
    ) : (
      <div key={id} role="gridcell" className={styles.cell} title={titleOf(id, lead)}>
        {CELLS[id](lead, now)}
        {id === 'name' && onEdit !== null ? <Pencil lead={lead} onEdit={onEdit} /> : null}
      </div>
    ),
  )
}

/** For the mouse; F2 does the same. */
function Pencil({ lead, onEdit }: { readonly lead: Lead; readonly onEdit: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.pencil}
      title="Change it here (F2)"
      aria-label={`Change ${leadName(lead)} here`}
      onClick={onEdit}
    >
      <PencilIcon size={13} aria-hidden />
    </button>
  )
}

/** What a narrow column may cut. */
function titleOf(id: ShownColumn, lead: Lead): string | undefined {
  if (id === 'added') return formatFull(lead.createdAt)
  if (id === 'contact') return lead.lastTouchAt === null ? undefined : formatFull(lead.lastTouchAt)
  if (id === 'tags') return lead.tags.join(', ')
  return id === 'company' || id === 'email' || id === 'source' ? lead[id] : undefined
}

const second = (text: string): ReactNode => <span className={styles.second}>{text}</span>

const CELLS: Readonly<Record<Exclude<ShownColumn, 'tick'>, (lead: Lead, now: number) => ReactNode>> = {
  name: (lead) => (
    <>
      <span className={styles.strong}>{leadName(lead)}</span>
      {second(lead.title || (leadMarks(lead).length === 0 ? '' : ' '))}
    </>
  ),
  company: (lead) => (
    <>
      <span className={styles.first}>{lead.company}</span>
      {second(lead.country)}
    </>
  ),
  email: (lead) => {
    const marks = leadMarks(lead)
    return (
      <>
        <span className={styles.first}>{lead.email}</span>
        {marks.length === 0 ? null : <span className={styles.mark}>{marks.join(' · ')}</span>}
      </>
    )
  },
  phone: (lead) => second(lead.phone),
  tags: (lead) => second(lead.tags.join(', ')),
  review: (lead) => (
    <span className={styles.badge} data-review={lead.review}>
      {REVIEW_WORDS[lead.review]}
    </span>
  ),
  mail: (lead) => (
    <span className={styles.send} data-status={lead.sendStatus ?? 'none'}>
      {sendWords(lead.sendStatus)}
    </span>
  ),
  contact: (lead, now) => second(lead.lastTouchAt === null ? 'None known' : formatDay(lead.lastTouchAt, now)),
  added: (lead, now) => second(formatDay(lead.createdAt, now)),
  basis: (lead) => second(BASIS_WORDS[lead.basis]),
  source: (lead) => second(lead.source),
}
