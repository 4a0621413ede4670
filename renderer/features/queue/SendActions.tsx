import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { RotateCcw, X } from 'lucide-react'
import type { Send } from '#shared/contract/sends'
import { SettleButtons } from './SettleButtons.tsx'
import { askToCancel } from './use-commands.tsx'
import { useBulk } from './use-queue.ts'

const PRIORITIES = [
  { value: '0', label: 'High' },
  { value: '1', label: 'Normal' },
  { value: '2', label: 'Low' },
]

/** What can be done with one mail where it stands now. */
export function SendActions({ send }: { readonly send: Send }) {
  const bulk = useBulk()
  switch (send.status) {
    case 'pending':
      return (
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Text size="sm" fw={500} id="send-priority">
              Priority
            </Text>
            <SegmentedControl
              size="xs"
              aria-labelledby="send-priority"
              data={PRIORITIES}
              value={String(send.priority)}
              onChange={(value) => bulk.prioritise([send.id], value === '0' ? 0 : value === '2' ? 2 : 1)}
            />
          </Group>
          <CancelButton send={send} />
        </Group>
      )
    case 'failed':
      return (
        <Group>
          <Button
            size="xs"
            variant="default"
            disabled={bulk.isBusy}
            leftSection={<RotateCcw size={14} aria-hidden />}
            onClick={() => bulk.retry([send.id])}
          >
            Try again
          </Button>
        </Group>
      )
    case 'uncertain':
      return <SettleButtons sendId={send.id} who={send.leadName === '' ? send.to : send.leadName} />
    case 'processing':
      return send.stage === 'handed_over' ? (
        <Group>
          <CancelButton send={send} />
        </Group>
      ) : null
    case 'sent':
    case 'cancelled':
    case 'skipped':
      return null
  }
}

function CancelButton({ send }: { readonly send: Send }) {
  const bulk = useBulk()
  return (
    <Button
      size="xs"
      variant="default"
      disabled={bulk.isBusy}
      leftSection={<X size={14} aria-hidden />}
      onClick={() => askToCancel(1, () => bulk.cancel([send.id]))}
    >
      Cancel the mail
    </Button>
  )
}
