import { Button, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import type { Lead } from '#shared/contract/leads'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { GridHead } from '../../ui/GridRow.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useNow } from '../../ui/use-now.ts'
import { VirtualRows } from '../../ui/VirtualRows.tsx'
import styles from './dispatch.module.css'
import type { ObstacleRow } from '../../ui/obstacle-text.ts'
import { RecipientRow, rowId } from './RecipientRow.tsx'
import { tableKeys } from './table-keys.ts'
import type { Chosen } from './use-choices.ts'
import { useDispatcher } from './use-dispatcher.ts'
import type { Recipients } from './use-recipients.ts'

interface Props {
  readonly recipients: Recipients
  readonly chosen: Chosen
  readonly obstacles: readonly ObstacleRow[]
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onQueued: (lead: Lead) => void
}

const ROW_PX = 48

/** Everybody of the selection with the state of their mail; ticked ones get it. */
export function RecipientTable({ recipients, chosen, obstacles, active, onActive, onQueued }: Props) {
  const { total } = recipients
  const now = useNow()
  const move = (index: number) => onActive(Math.max(0, Math.min(total - 1, index)))
  const tick = (index: number) => {
    const { leadId } = recipients.at(index)
    if (leadId !== null) chosen.tick(leadId)
  }
  useKeys([
    ['j', () => move(active + 1)],
    ['k', () => move(active - 1)],
    ['x', () => tick(active)],
    ['shift+S', () => pressButtonOf(active)],
  ])
  const sendOne = useSendOne(chosen, onQueued)

  if (recipients.error !== null) return <ErrorPanel error={recipients.error} onRetry={recipients.refetch} />
  if (total === 0 && !recipients.isPending) return <NoRecipients isFiltered={hasFilter(chosen)} />

  return (
    <VirtualRows
      className={styles['table'] ?? ''}
      aria-label="Recipients"
      aria-rowcount={total + 1}
      aria-multiselectable
      aria-activedescendant={rowId(active)}
      count={total}
      rowHeight={ROW_PX}
      active={active}
      onFirst={recipients.setFirst}
      onKeyDown={tableKeys({ active, last: total - 1, move, tick: () => tick(active) })}
      onRowPress={({ index, isToggle }) => {
        onActive(index)
        if (isToggle) tick(index)
      }}
      header={<Head />}
      renderRow={(index) => {
        const recipient = recipients.at(index)
        return (
          <RecipientRow
            index={index}
            leadId={recipient.leadId}
            known={recipient.lead}
            isActive={index === active}
            isEdited={recipient.leadId !== null && chosen.edits.find(recipient.leadId) !== null}
            isTicked={recipient.leadId !== null && !chosen.unticked.has(recipient.leadId)}
            send={recipient.leadId === null ? undefined : recipients.states.get(recipient.leadId)}
            obstacle={obstacles.find((obstacle) => obstacle.leadId === recipient.leadId)}
            sendWord={chosen.choices.when === null ? 'Send' : 'Schedule'}
            canSend={chosen.order !== null}
            now={now}
            onSend={sendOne}
          />
        )
      }}
    />
  )
}

/** The row knows whether its lead can be written to: no button, nothing happens. */
function pressButtonOf(index: number): void {
  document.querySelector<HTMLElement>(`#${rowId(index)} button`)?.click()
}

/** Queues one lead alone, with the same template, mailbox and time. */
function useSendOne(chosen: Chosen, onQueued: (lead: Lead) => void) {
  const { dispatch, isBusy } = useDispatcher()
  const { order, edits } = chosen
  return async (lead: Lead): Promise<void> => {
    if (order === null || isBusy) return
    const own = edits.list.filter(({ leadId }) => leadId === lead.id)
    const answer = await dispatch({ ...order, selection: { by: 'ids', ids: [lead.id] }, edits: own })
    if (answer === null) return
    edits.set(lead.id, null)
    onQueued(lead)
  }
}

function Head() {
  return (
    <GridHead className={styles['row'] ?? ''}>
      <span role="columnheader">
        <VisuallyHidden>Ticked</VisuallyHidden>
      </span>
      <span role="columnheader">Lead</span>
      <span role="columnheader">State</span>
      <span role="columnheader">
        <VisuallyHidden>Action</VisuallyHidden>
      </span>
    </GridHead>
  )
}

function hasFilter({ choices }: Chosen): boolean {
  const { search, listId, tag } = choices.recipients
  return search.trim() !== '' || listId !== null || tag !== null
}

function NoRecipients({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <EmptyState
      icon={<Users size={28} />}
      title={isFiltered ? 'No approved lead matches' : 'Nobody left to write to'}
      actions={
        <Button variant="default" component={Link} to="/leads">
          Go to Leads
        </Button>
      }
    >
      {isFiltered
        ? 'Change the search, the list or the tag, or include people already written to.'
        : 'Approve leads on the Leads page; those who were never written to appear here. To write once more to the others, untick “Leave out people already written to”.'}
    </EmptyState>
  )
}
