import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { CircleAlert } from 'lucide-react'
import { SafekeepingNote } from './SafekeepingNote.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { fieldOf } from './server-errors.ts'
import { ServerFields } from './ServerFields.tsx'
import { serversDraftOf, serversErrors, serversOfDraft, type ServersDraft } from './smtp-draft.ts'
import { useSaveServers, type Mailbox } from './use-mailboxes.ts'
import { useShowMistake } from './use-show-mistake.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onDone: () => void
}

/** Other servers for an SMTP mailbox; tried before they are saved. */
export function ServersForm({ mailbox, onDone }: Props) {
  const save = useSaveServers()
  const say = useErrorText()
  const box = useShowMistake(save.error)
  const form = useForm<ServersDraft>({ initialValues: serversDraftOf(mailbox), validate: serversErrors })

  function submit(draft: ServersDraft): void {
    const password = draft.password === '' ? null : draft.password
    save.mutate(
      { mailboxId: mailbox.id, ...serversOfDraft(draft, mailbox.address), password },
      {
        onSuccess: onDone,
        onError: (error) => {
          const field = fieldOf(error)
          if (field !== null && field in draft) form.setFieldError(field, say(error))
        },
      },
    )
  }

  const otherError = save.error !== null && fieldOf(save.error) === null ? save.error : null
  return (
    <form ref={box} onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        <Text size="sm">
          Pacemail signs in once to try the new settings. They are saved only if that works; mail that waits is kept.
        </Text>
        <ServerFields
          label="The outgoing server (SMTP)"
          address={mailbox.address}
          draft={form.values}
          errors={form.errors}
          onChange={(change) => form.setValues(change)}
        />
        <PasswordInput
          label="Password"
          description="Leave it empty to keep the stored one. It is used for both servers."
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('password')}
        />
        <SafekeepingNote of="password" />
        {otherError === null ? null : (
          <Alert color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />}>
            {say(otherError)}
          </Alert>
        )}
        <Group justify="flex-end" className="sticky-foot">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Test and save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
