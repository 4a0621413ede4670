import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ownAddressesIn } from './own-addresses.ts'
import { useSaveOwnAddresses, type Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onDone: () => void
}

/** Other addresses of the rep: mail from them is no answer. */
export function OwnAddressesForm({ mailbox, onDone }: Props) {
  const save = useSaveOwnAddresses()
  const form = useForm({ initialValues: { addresses: mailbox.ownAddresses.join('\n') } })
  return (
    <form
      onSubmit={form.onSubmit(({ addresses }) =>
        save.mutate({ mailboxId: mailbox.id, addresses: ownAddressesIn(addresses) }, { onSuccess: onDone }),
      )}
    >
      <Stack>
        <Textarea
          label="Your other addresses in this mailbox"
          description="One on each line. Mail from them is your own: it never counts as an answer, and not as somebody you wrote to."
          autosize
          minRows={3}
          maxLength={10_000}
          {...form.getInputProps('addresses')}
        />
        {mailbox.foundAddresses.length === 0 ? null : (
          <Text size="sm">Told by your mail provider, and counted too: {mailbox.foundAddresses.join(', ')}.</Text>
        )}
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
