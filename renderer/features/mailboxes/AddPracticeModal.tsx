import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAddPractice } from './use-mailboxes.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function AddPracticeModal({ isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a practice mailbox">
      <PracticeForm onClose={onClose} />
    </Modal>
  )
}

function PracticeForm({ onClose }: Pick<Props, 'onClose'>) {
  const add = useAddPractice()
  const form = useForm({ initialValues: { senderName: '', signature: '' } })
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate(values, { onSuccess: onClose }))}>
      <Stack>
        <Text size="sm">
          It keeps hours, pauses and limits like a real one, but puts each mail into a folder on this computer instead
          of sending it.
        </Text>
        <TextInput
          label="Your name"
          description="Shown as the sender"
          data-autofocus
          {...form.getInputProps('senderName')}
        />
        <Textarea
          label="Signature"
          description="Added below each mail"
          autosize
          minRows={3}
          {...form.getInputProps('signature')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add practice mailbox
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
