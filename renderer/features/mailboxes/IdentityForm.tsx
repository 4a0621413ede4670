import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSaveIdentity, type Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onDone: () => void
}

export function IdentityForm({ mailbox, onDone }: Props) {
  const save = useSaveIdentity()
  const form = useForm({ initialValues: { senderName: mailbox.senderName, signature: mailbox.signature } })
  return (
    <form
      onSubmit={form.onSubmit((values) => save.mutate({ mailboxId: mailbox.id, ...values }, { onSuccess: onDone }))}
    >
      <Stack>
        <TextInput
          label="Your name"
          description={`People see it as the sender, beside ${mailbox.address}`}
          maxLength={100}
          {...form.getInputProps('senderName')}
        />
        <Textarea
          label="Signature"
          description="Added below each mail that is queued from now on. Mail already in the queue keeps the one it has."
          autosize
          minRows={5}
          maxLength={5_000}
          {...form.getInputProps('signature')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
