import { Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Pause, Play, UserMinus, UserPlus } from 'lucide-react'
import type { Campaign } from '#shared/contract/campaigns'
import { formatCount, formatNumber } from '../../ui/format.ts'
import { isRunning, isOpen } from './campaign-words.ts'
import styles from './campaigns.module.css'
import { removalWords } from './hand-words.ts'
import { usePeopleCalls } from './use-campaigns.ts'
import type { PeopleList } from './use-people-list.ts'

interface Props {
  readonly campaign: Campaign
  readonly list: PeopleList
}

/** How many are chosen and what can be done with them; keeps its place so that the list never jumps. */
export function PeopleBar({ campaign, list }: Props) {
  const calls = usePeopleCalls(campaign.id)
  const count = list.chosen.size
  const isDraft = campaign.status === 'draft'
  const hasEdits = campaign.steps.some(({ byHand }) => byHand > 0)
  const act = (call: (leadIds: number[]) => void) => () => {
    call([...list.chosen])
    list.clear()
  }
  return (
    <Group className={styles['bulk'] ?? ''} gap="xs" role="group" aria-label="Chosen people">
      <Text size="sm" role="status">
        {count === 0
          ? formatCount(list.pages.total, 'person', 'people')
          : `${formatNumber(count)} of ${formatCount(list.pages.total, 'person', 'people')} chosen`}
      </Text>
      {count === 0 ? null : (
        <>
          <Button size="compact-sm" variant="subtle" onClick={list.clear}>
            Choose none
          </Button>
          {isRunning(campaign) ? (
            <>
              <Button
                size="compact-sm"
                variant="default"
                disabled={calls.isBusy}
                leftSection={<Pause size={14} aria-hidden />}
                onClick={act(calls.pause)}
              >
                Pause them
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={calls.isBusy}
                leftSection={<Play size={14} aria-hidden />}
                onClick={act(calls.resume)}
              >
                Resume them
              </Button>
            </>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            disabled={calls.isBusy}
            leftSection={<UserMinus size={14} aria-hidden />}
            onClick={() => askToRemove(removalWords(isDraft, { count, hasEdits }), count, act(calls.remove))}
          >
            Take out
          </Button>
          {(campaign.people.byStatus.removed ?? 0) > 0 && isOpen(campaign) ? (
            <Button
              size="compact-sm"
              variant="default"
              disabled={calls.isBusy}
              leftSection={<UserPlus size={14} aria-hidden />}
              onClick={act(calls.putBack)}
            >
              Put back in
            </Button>
          ) : null}
        </>
      )}
    </Group>
  )
}

/** What is cancelled comes back only with the person, and what was written for them does not, so it is asked about first. */
export function askToRemove(words: string, count: number, onYes: () => void): void {
  modals.openConfirmModal({
    title: `Take ${formatCount(count, 'person', 'people')} out?`,
    children: <Text size="sm">{words}</Text>,
    labels: { confirm: 'Take out', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: onYes,
  })
}
