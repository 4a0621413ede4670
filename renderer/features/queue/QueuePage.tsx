import { Group, Select, Skeleton, Tabs } from '@mantine/core'
import { useState } from 'react'
import { formatNumber } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './queue.module.css'
import { DayLine } from './DayLine.tsx'
import { dayOf, drawnDays, firstRowOf, machineZone } from './days.ts'
import type { QueueSearch } from './queue-search.ts'
import { QueueList, type Jump } from './QueueList.tsx'
import { SendDrawer } from './SendDrawer.tsx'
import { QUEUE_TABS, TABS, tabCount, type QueueTab } from './tabs.ts'
import { Timeline } from './Timeline.tsx'
import { UncertainTray } from './UncertainTray.tsx'
import { useCounts, useQueueFilters, useQueueView } from './use-queue.ts'

/** What waits, in its order and with its reason, and what happened. */
export function QueuePage() {
  const { view, show } = useQueueView()
  const counts = useCounts()
  const [jump, setJump] = useState<Jump>(TO_TOP)
  const [chosenDay, setChosenDay] = useState<string | null>(null)
  const today = dayOf(useNow(60_000), machineZone())
  const shownDay = chosenDay ?? today
  const byDay = counts?.byDay ?? []
  const isWhole = view.tab === 'waiting' && view.campaignId === null && view.mailboxId === null

  return (
    <Page
      title="Queue"
      description="Every mail that waits, with its time and its reason, and what became of the others."
      actions={<Filters view={view} show={show} />}
      isFull
    >
      <Days
        counts={counts}
        shown={shownDay}
        mailboxId={view.mailboxId}
        onDay={(day) => {
          setChosenDay(day)
          if (!byDay.some(({ date, planned }) => date === day && planned > 0)) return
          if (!isWhole) show({ tab: 'waiting', campaignId: null, mailboxId: null })
          setJump({ row: firstRowOf(day, byDay) })
        }}
        onOpen={(sendId) => show({ sendId })}
      />
      <Tabs
        value={view.tab}
        onChange={(tab) => {
          setJump(TO_TOP)
          show({ tab: QUEUE_TABS.find((known) => known === tab) ?? 'waiting', sendId: null })
        }}
        keepMounted={false}
        className={styles['tabs'] ?? ''}
      >
        <Tabs.List>
          {QUEUE_TABS.map((tab) => (
            <TabHead key={tab} tab={tab} count={tabCount(tab, counts?.byStatus ?? {})} />
          ))}
        </Tabs.List>
        <Tabs.Panel value={view.tab} className={styles['panel'] ?? ''}>
          {view.tab === 'uncertain' ? (
            <UncertainTray view={view} onOpen={(sendId) => show({ sendId })} />
          ) : (
            <QueueList key={listKey(view)} view={view} jump={jump} onOpen={(sendId) => show({ sendId })} />
          )}
        </Tabs.Panel>
      </Tabs>
      <SendDrawer sendId={view.sendId} onClose={() => show({ sendId: null })} />
    </Page>
  )
}

interface DaysProps {
  /** Left out while they are read. */
  readonly counts: ReturnType<typeof useCounts>
  readonly shown: string
  readonly mailboxId: number | null
  readonly onDay: (day: string) => void
  readonly onOpen: (sendId: number) => void
}

/** The coming days and one of them drawn out; none of it where there is nothing to draw. */
function Days({ counts, shown, mailboxId, onDay, onOpen }: DaysProps) {
  if (counts === undefined) return <Skeleton h={DAYS_PX} />
  const { hasBars, hasLine } = drawnDays(counts)
  return (
    <>
      {hasBars ? <Timeline counts={counts.byDay} shown={shown} onDay={onDay} /> : null}
      {hasLine ? <DayLine date={shown} mailboxId={mailboxId} onOpen={onOpen} /> : null}
    </>
  )
}

/** As high as the bars of the coming days. */
const DAYS_PX = 84

/** To the top of the list, until a day is asked for. */
const TO_TOP: Jump = { row: 0 }

/** Another list starts afresh: its cursor, its choice and its place. */
function listKey({ tab, campaignId, mailboxId }: QueueSearch): string {
  return JSON.stringify([tab, campaignId, mailboxId])
}

function TabHead({ tab, count }: { readonly tab: QueueTab; readonly count: number }) {
  const isUrgent = count > 0 && (tab === 'uncertain' || tab === 'failed')
  return (
    <Tabs.Tab value={tab}>
      {TABS[tab].label}{' '}
      <span className={styles['tabCount']} data-urgent={isUrgent || undefined}>
        {formatNumber(count)}
      </span>
    </Tabs.Tab>
  )
}

type QueueView = ReturnType<typeof useQueueView>

function Filters({ view, show }: QueueView) {
  const { campaigns, mailboxes } = useQueueFilters()
  return (
    <Group gap="xs" wrap="nowrap">
      {mailboxes.length < 2 ? null : (
        <Select
          size="xs"
          aria-label="Mailbox"
          placeholder="Any mailbox"
          clearable
          data={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
          value={view.mailboxId === null ? null : String(view.mailboxId)}
          onChange={(value) => show({ mailboxId: value === null ? null : Number(value) })}
          clearButtonProps={{ 'aria-label': 'Any mailbox' }}
        />
      )}
      {campaigns.length === 0 ? null : (
        <Select
          size="xs"
          aria-label="Campaign"
          placeholder="Any campaign"
          clearable
          searchable
          limit={50}
          data={campaigns.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={view.campaignId === null ? null : String(view.campaignId)}
          onChange={(value) => show({ campaignId: value === null ? null : Number(value) })}
          clearButtonProps={{ 'aria-label': 'Any campaign' }}
        />
      )}
    </Group>
  )
}
