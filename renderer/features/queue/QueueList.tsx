import { CHOOSE, type KeyHint, KeyHints, MOVE, OPEN } from '../../ui/KeyHints.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { GridHead } from '../../ui/GridRow.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useNow } from '../../ui/use-now.ts'
import { VirtualRows } from '../../ui/VirtualRows.tsx'
import { Button, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { useEffect, useEffectEvent, useMemo } from 'react'
import type { Send } from '#shared/contract/sends'
import { BulkBar } from './BulkBar.tsx'
import { createDayReader, listedAt, machineZone } from './days.ts'
import styles from './queue.module.css'
import { listKeys } from '../../ui/list-keys.ts'
import type { QueueSearch } from './queue-search.ts'
import { QueueRow, rowId } from './QueueRow.tsx'
import { TABS } from './tabs.ts'
import { useCommands } from './use-commands.tsx'
import { useList } from './use-list.ts'
import { useMailboxNames } from './use-mailbox-names.ts'
import { useStepCounts } from './use-queue.ts'

/** A place in the list to go to; a new object goes there again. */
export interface Jump {
  readonly row: number
}

interface Props {
  readonly view: QueueSearch
  readonly jump: Jump
  readonly onOpen: (sendId: number) => void
}

const ROW_PX = 48

/** The mails of one tab under the heading of their day, however many there are. */
export function QueueList({ view, jump, onOpen }: Props) {
  const list = useList(view)
  const { pages, active, move, pick } = list
  const commands = useCommands(list, view.tab)
  const names = useMailboxNames()
  const steps = useStepCounts()
  const now = useNow()
  const readDay = useMemo(() => createDayReader(machineZone()), [])
  const today = readDay(now)
  const open = (index: number) => {
    const send = pages.rowAt(index)
    if (send !== undefined) onOpen(send.id)
  }
  // Only a new wish moves the cursor.
  const follow = useEffectEvent(move)
  useEffect(() => {
    if (jump.row > 0) follow(jump.row)
  }, [jump])
  useKeys([
    ['j', () => move(active + 1)],
    ['k', () => move(active - 1)],
    ['x', () => pick(active, false)],
    ['o', () => open(active)],
    ['shift+A', () => void list.chooseAll()],
    ...commands.keys,
  ])

  if (pages.error !== null) return <ErrorPanel error={pages.error} onRetry={pages.refetch} />
  if (pages.total === 0 && !pages.isPending) return <Nothing view={view} />
  return (
    <>
      <BulkBar list={list} tab={view.tab} commands={commands} />
      <VirtualRows
        className={styles['list'] ?? ''}
        aria-label={TABS[view.tab].label}
        aria-rowcount={pages.total + 1}
        aria-multiselectable
        aria-activedescendant={rowId(active)}
        count={pages.total}
        rowHeight={ROW_PX}
        active={active}
        onFirst={list.setFirst}
        onKeyDown={listKeys({
          active,
          last: pages.total - 1,
          move,
          pick,
          open,
          clear: list.clear,
          all: () => void list.chooseAll(),
        })}
        onRowPress={({ index, isToggle, isRange }) => {
          if (isToggle || isRange) pick(index, isRange)
          else open(index)
        }}
        header={<Head tab={view.tab} />}
        renderRow={(index) => {
          const send = pages.rowAt(index)
          const day = headingOf(send, readDay)
          const before = index === 0 ? 'none' : headingOf(pages.rowAt(index - 1), readDay)
          const isNewDay = day !== null && before !== null && before !== day
          return (
            <QueueRow
              index={index}
              send={send}
              heading={isNewDay ? day : null}
              today={today}
              now={now}
              mailbox={send === undefined ? '' : (names.get(send.mailboxId) ?? '')}
              steps={send === undefined ? undefined : steps.get(send.campaignId)}
              isActive={index === active}
              isChosen={send !== undefined && list.chosen.has(send.id)}
            />
          )
        }}
      />
      <KeyHints hints={[MOVE, CHOOSE, OPEN, ...(DEEDS[view.tab] ?? [])]} />
    </>
  )
}

/** What else a key does to the mail of a tab. */
const DEEDS: Partial<Record<QueueSearch['tab'], readonly KeyHint[]>> = {
  waiting: [{ keys: ['Delete'], does: 'cancel' }],
  failed: [{ keys: ['r'], does: 'try again' }],
}

/** The day a mail is listed under; `undated` while nobody can say when; null for a row that has not arrived. */
function headingOf(send: Send | undefined, readDay: (at: number) => string): string | null {
  if (send === undefined) return null
  const at = listedAt(send)
  return at === null ? 'undated' : readDay(at)
}

function Head({ tab }: { readonly tab: QueueSearch['tab'] }) {
  return (
    <GridHead className={styles['row'] ?? ''}>
      <span role="columnheader">
        <VisuallyHidden>Chosen</VisuallyHidden>
      </span>
      <span role="columnheader">Time</span>
      <span role="columnheader">Person</span>
      <span role="columnheader">Subject</span>
      <span role="columnheader">Mailbox</span>
      <span role="columnheader">{tab === 'waiting' ? 'Waits for' : 'State'}</span>
    </GridHead>
  )
}

function Nothing({ view }: { readonly view: QueueSearch }) {
  const isFiltered = view.campaignId !== null || view.mailboxId !== null
  const { emptyTitle, emptyText } = TABS[view.tab]
  return (
    <EmptyState
      icon={<ListChecks size={28} />}
      title={isFiltered ? 'Nothing here for this choice' : emptyTitle}
      actions={
        view.tab === 'waiting' ? (
          <Button component={Link} to="/dispatch">
            Dispatch mail
          </Button>
        ) : null
      }
    >
      {isFiltered ? 'Choose another mailbox or campaign, or all of them.' : emptyText}
    </EmptyState>
  )
}
