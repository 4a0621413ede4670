import { memo } from 'react'
import type { Lead } from '#shared/contract/leads'
import type { Send } from '#shared/contract/sends'
import { useApi } from '../../api/hooks.ts'
import { ClipCell, GridRow, SecondLine, TickCell } from '../../ui/GridRow.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './dispatch.module.css'
import { obstacleText, type ObstacleRow } from '../../ui/obstacle-text.ts'
import { SendState } from './SendState.tsx'

interface Props {
  readonly index: number
  /** Null: the row is on its way. */
  readonly leadId: number | null
  /** Undefined: only the id is known; the row asks for the rest. */
  readonly known: Lead | undefined
  readonly isActive: boolean
  readonly isTicked: boolean
  /** The rep wrote this mail over. */
  readonly isEdited: boolean
  /** The newest mail to this lead. */
  readonly send: Send | undefined
  readonly obstacle: ObstacleRow | undefined
  readonly sendWord: string
  readonly canSend: boolean
  readonly now: number
  readonly onSend: (lead: Lead) => Promise<void>
}

export function rowId(index: number): string {
  return `recipient-${index}`
}

/** One lead of the selection. No library components: there may be thousands of these. */
export const RecipientRow = memo(function RecipientRow(props: Props) {
  const { leadId, known } = props
  return known === undefined && leadId !== null ? (
    <AskingRow {...props} leadId={leadId} />
  ) : (
    <Row {...props} lead={known} isGone={false} />
  )
})

/** Only the id is known: the row asks for the rest, as long as it is on screen. */
function AskingRow(props: Props & { readonly leadId: number }) {
  const asked = useApi('leads.get', { leadId: props.leadId })
  return <Row {...props} lead={asked.data} isGone={asked.isError} />
}

interface RowProps extends Props {
  readonly lead: Lead | undefined
  readonly isGone: boolean
}

function Row(props: RowProps) {
  const { index, lead, isGone, isActive, isTicked, isEdited, send, obstacle, now } = props
  return (
    <GridRow id={rowId(index)} index={index} isActive={isActive} isChosen={isTicked} className={styles['row'] ?? ''}>
      <TickCell title={isTicked ? 'Gets the mail' : 'Left out'} />
      <ClipCell>
        {lead === undefined ? (isGone ? 'This lead is gone' : '…') : nameOf(lead)}
        {lead === undefined ? null : <SecondLine>{lead.company}</SecondLine>}
      </ClipCell>
      <ClipCell>
        <State send={send} obstacle={obstacle} isTicked={isTicked} isEdited={isEdited} now={now} />
      </ClipCell>
      <span role="gridcell">
        <SendButton {...props} />
      </span>
    </GridRow>
  )
}

interface StateProps {
  readonly send: Send | undefined
  readonly obstacle: ObstacleRow | undefined
  readonly isTicked: boolean
  readonly isEdited: boolean
  readonly now: number
}

function State({ send, obstacle, isTicked, isEdited, now }: StateProps) {
  if (send !== undefined) return <SendState send={send} now={now} />
  if (obstacle !== undefined) {
    const text = obstacleText(obstacle)
    return (
      <>
        <StatusWord tone="warning" label="Left out" /> <span title={text}>{text}</span>
      </>
    )
  }
  const label = isTicked ? 'Ready' : 'Not ticked'
  return <StatusWord tone="quiet" label={isEdited ? `${label}, edited` : label} />
}

function SendButton({ lead, send, obstacle, canSend, sendWord, onSend }: RowProps) {
  const isUnderWay = send?.status === 'pending' || send?.status === 'processing'
  if (lead === undefined || isUnderWay || obstacle !== undefined) return null
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['send']}
      disabled={!canSend}
      title="Shift+S"
      aria-label={`${sendWord} the mail to ${nameOf(lead)}`}
      onClick={() => void onSend(lead)}
    >
      {sendWord}
    </button>
  )
}

function nameOf({ firstName, lastName, email }: Lead): string {
  const name = `${firstName} ${lastName}`.trim()
  return name === '' ? email : name
}
