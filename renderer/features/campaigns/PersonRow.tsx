import { VisuallyHidden } from '@mantine/core'
import { Pencil } from 'lucide-react'
import { memo } from 'react'
import type { Person } from '#shared/contract/campaigns'
import { ClipCell, GridRow, SecondLine, TickCell } from '../../ui/GridRow.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { personName } from './campaign-words.ts'
import styles from './campaigns.module.css'
import { byHandWords } from './hand-words.ts'
import { personWord, stepCell, type PersonStep } from './person-words.ts'

interface Props {
  readonly index: number
  /** Undefined: on its way. */
  readonly person: Person | undefined
  /** How many mails the sequence has. */
  readonly steps: number
  readonly now: number
  readonly isActive: boolean
  readonly isChosen: boolean
}

/** With more mails than this a cell has room for its dot only. */
const MOST_WORDED = 5

export function personRowId(index: number): string {
  return `person-${index}`
}

/** The widths of the columns, for the rows and their head. */
export function columns(steps: number): string {
  const each = steps > MOST_WORDED ? 'minmax(2.5rem, 0.4fr)' : 'minmax(5rem, 1fr)'
  return `1.75rem minmax(9rem, 1.4fr) repeat(${steps}, ${each}) minmax(6.5rem, 0.9fr)`
}

/** One person and every mail of theirs. No library components: there may be ten thousand of these. */
export const PersonRow = memo(function PersonRow(props: Props) {
  const { index, person, steps, now, isActive, isChosen } = props
  const word = person === undefined ? null : personWord(person, now)
  return (
    <GridRow
      id={personRowId(index)}
      index={index}
      isActive={isActive}
      isChosen={isChosen}
      style={{ gridTemplateColumns: columns(steps) }}
    >
      <TickCell />
      <ClipCell>
        {person === undefined ? '…' : personName(person)}
        <SecondLine>{person === undefined ? '' : person.company === '' ? person.email : person.company}</SecondLine>
      </ClipCell>
      {Array.from({ length: steps }, (_, step) => (
        <ClipCell key={step}>
          <Cell
            step={person?.steps.find((each) => each.step === step)}
            byHand={person?.byHand.find((each) => each.step === step)}
            now={now}
            hasWords={steps <= MOST_WORDED}
          />
        </ClipCell>
      ))}
      <ClipCell>{word === null ? null : <StatusWord {...word} />}</ClipCell>
    </GridRow>
  )
})

interface CellProps {
  /** Undefined: this person has no such mail, or not yet. */
  readonly step: PersonStep | undefined
  /** Undefined: it is the template's. */
  readonly byHand: Person['byHand'][number] | undefined
  readonly now: number
  readonly hasWords: boolean
}

function Cell({ step, byHand, now, hasWords }: CellProps) {
  if (byHand !== undefined) return <ByHand isOld={byHand.isOld} hasWords={hasWords} />
  if (step === undefined) {
    return (
      <>
        <span className={styles['dot']} data-tone="none" />
        <VisuallyHidden>No mail</VisuallyHidden>
      </>
    )
  }
  const { tone, short, long } = stepCell(step, now)
  return (
    <span title={long}>
      <span className={styles['dot']} data-tone={tone} data-status={step.status} />
      {hasWords ? ` ${short}` : <VisuallyHidden>{short}</VisuallyHidden>}
    </span>
  )
}

/** Before the start: a mail that the rep wrote over. */
function ByHand({ isOld, hasWords }: { readonly isOld: boolean; readonly hasWords: boolean }) {
  const { short, long } = byHandWords(isOld)
  return (
    <span title={long}>
      <Pencil size={13} aria-hidden className={styles['byHand']} data-old={isOld || undefined} />
      {hasWords ? ` ${short}` : <VisuallyHidden>{short}</VisuallyHidden>}
    </span>
  )
}
