import { Button, Group, Menu, Text } from '@mantine/core'
import { ChevronDown, RotateCcw, X } from 'lucide-react'
import { formatNumber } from '../../ui/format.ts'
import { Keys } from '../../ui/Keys.tsx'
import { MoveTo } from './MoveTo.tsx'
import { mails } from './moved-text.ts'
import styles from './queue.module.css'
import type { QueueTab } from './tabs.ts'
import type { Commands } from './use-commands.tsx'
import type { List } from './use-list.ts'
import { MOST_CHOSEN } from './use-queue.ts'

interface Props {
  readonly list: List
  readonly tab: QueueTab
  readonly commands: Commands
}

/** How many are chosen and what can be done with them; keeps its place so that the list never jumps. */
export function BulkBar({ list, tab, commands }: Props) {
  const count = list.chosen.size
  const { total } = list.pages
  return (
    <Group className={styles['bulk'] ?? ''} gap="xs" role="group" aria-label="Chosen mails">
      <Text size="sm" role="status">
        {count === 0 ? mails(total) : `${formatNumber(count)} of ${mails(total)} chosen`}
      </Text>
      {count < Math.min(total, MOST_CHOSEN) ? (
        <Button size="compact-sm" variant="subtle" loading={list.isGathering} onClick={() => void list.chooseAll()}>
          {total > MOST_CHOSEN ? `Choose the first ${formatNumber(MOST_CHOSEN)}` : 'Choose all'}
        </Button>
      ) : null}
      {count === 0 ? null : (
        <>
          <Button size="compact-sm" variant="subtle" onClick={list.clear}>
            Choose none
          </Button>
          <Actions tab={tab} commands={commands} hasParked={list.hasParked()} />
        </>
      )}
    </Group>
  )
}

interface ActionsProps {
  readonly tab: QueueTab
  readonly commands: Commands
  /** One of the chosen mails stands aside until the rep decides. */
  readonly hasParked: boolean
}

function Actions({ tab, commands, hasParked }: ActionsProps) {
  if (tab === 'failed') {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={commands.isBusy}
        leftSection={<RotateCcw size={14} aria-hidden />}
        onClick={commands.retry}
      >
        Try again
      </Button>
    )
  }
  if (tab !== 'waiting') return null
  return (
    <>
      <Menu shadow="md">
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            disabled={commands.isBusy}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            Priority
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item rightSection={<Keys keys="1" />} onClick={() => commands.prioritise(0)}>
            High
          </Menu.Item>
          <Menu.Item rightSection={<Keys keys="2" />} onClick={() => commands.prioritise(1)}>
            Normal
          </Menu.Item>
          <Menu.Item rightSection={<Keys keys="3" />} onClick={() => commands.prioritise(2)}>
            Low
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MoveTo commands={commands} />
      <Button size="compact-sm" variant="default" disabled={commands.isBusy} onClick={commands.leaveOut}>
        Leave out
      </Button>
      {hasParked ? (
        <Button size="compact-sm" variant="default" disabled={commands.isBusy} onClick={commands.release}>
          Send as it is
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        disabled={commands.isBusy}
        leftSection={<X size={14} aria-hidden />}
        onClick={commands.cancel}
      >
        Cancel
      </Button>
    </>
  )
}
