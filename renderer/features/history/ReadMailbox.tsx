import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { useReadableMailboxes, useReadMailbox } from './use-history.ts'

const SPANS = [
  { value: '60', label: '60 days' },
  { value: '180', label: '180 days' },
  { value: '365', label: '1 year' },
  { value: '1095', label: '3 years' },
]

/** Looks through the Sent folder of a connected mailbox. */
export function ReadMailbox() {
  const mailboxes = useReadableMailboxes()
  const read = useReadMailbox()
  const [chosen, setChosen] = useState<number | null>(null)
  const [days, setDays] = useState('180')
  const mailboxId = chosen ?? mailboxes?.[0]?.id ?? null

  if (mailboxes === undefined) return null
  if (mailboxId === null) {
    return (
      <Text size="sm" c="dimmed">
        Or connect the mailbox you have sent from, with leave to read it: then its Sent folder can be looked through.
      </Text>
    )
  }
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        size="xs"
        label="Mailbox"
        data={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
        value={String(mailboxId)}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
      />
      <NativeSelect
        size="xs"
        label="The last"
        data={SPANS}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        loading={read.isPending}
        onClick={() => read.mutate({ mailboxId, days: Number(days) })}
      >
        Look through the Sent folder
      </Button>
    </Group>
  )
}
