import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { SafekeepingNote } from './SafekeepingNote.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { useSignIn, type Mailbox } from './use-mailboxes.ts'

interface Props {
  /** Null: closed. */
  readonly mailbox: Mailbox | null
  readonly onClose: () => void
}

export function SignInModal({ mailbox, onClose }: Props) {
  return (
    <Modal opened={mailbox !== null} onClose={onClose} title={mailbox === null ? '' : `Sign in to ${mailbox.address}`}>
      {mailbox === null ? null : <SignInForm mailbox={mailbox} onClose={onClose} />}
    </Modal>
  )
}

function SignInForm({ mailbox, onClose }: { readonly mailbox: Mailbox; readonly onClose: () => void }) {
  const signIn = useSignIn()
  const say = useErrorText()
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? 'Write the password of this mailbox.' : null) },
  })
  const save = ({ password }: { password: string }) =>
    signIn.mutate(
      { mailboxId: mailbox.id, password },
      { onSuccess: onClose, onError: (error) => form.setFieldError('password', say(error)) },
    )
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack>
        <Text size="sm">
          {mailbox.smtp?.host ?? 'The server'} no longer accepts the old password. The new one is tried before it is
          saved; the mail that waits is kept and goes on at the normal pace.
        </Text>
        <PasswordInput
          label="Password"
          autoComplete="off"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('password')}
        />
        <SafekeepingNote of="password" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={signIn.isPending}>
            Test and save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
