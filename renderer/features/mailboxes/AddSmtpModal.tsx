import { Alert, Button, Divider, Group, Modal, PasswordInput, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { CircleAlert } from 'lucide-react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { ServerFields } from './ServerFields.tsx'
import { guessSmtp } from './smtp-guess.ts'
import { EMPTY_SMTP, smtpErrors, smtpInput, type SmtpDraft } from './smtp-draft.ts'
import { useAddSmtp } from './use-mailboxes.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function AddSmtpModal({ isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Connect my mailbox" size="lg">
      <SmtpForm onClose={onClose} />
    </Modal>
  )
}

function SmtpForm({ onClose }: Pick<Props, 'onClose'>) {
  const add = useAddSmtp()
  const say = useErrorText()
  const form = useForm<SmtpDraft>({ initialValues: EMPTY_SMTP, validate: smtpErrors })
  const guess = guessSmtp(form.values.address)

  function fillIn(): void {
    if (guess === null || form.isTouched('host')) return
    form.setValues({ ...guess.server, user: form.values.address.trim() })
  }

  function save(values: SmtpDraft): void {
    add.mutate(smtpInput(values), {
      onSuccess: onClose,
      onError: (error) => {
        const field = FIELD_OF[error.code]
        if (field !== undefined) form.setFieldError(field, say(error))
      },
    })
  }

  const otherError = add.error !== null && FIELD_OF[add.error.code] === undefined ? add.error : null
  return (
    <form onSubmit={form.onSubmit(save)} noValidate>
      <Stack>
        <Text size="sm">
          Pacemail sends through the mail server of your own mailbox. It signs in once now; nothing is saved unless that
          works, and no mail is sent.
        </Text>
        <TextInput
          label="Your address"
          placeholder="you@your-company.example"
          type="email"
          autoComplete="email"
          data-autofocus
          withAsterisk
          {...form.getInputProps('address')}
          onBlur={fillIn}
        />
        <TextInput
          label="Your name"
          description="Shown as the sender"
          autoComplete="name"
          {...form.getInputProps('senderName')}
        />
        <Divider label={serverLabel(guess?.provider)} labelPosition="left" />
        <ServerFields form={form} />
        <PasswordInput
          label="Password"
          description={guess?.passwordHint ?? 'Many providers want an app password here, not the one you sign in with.'}
          autoComplete="off"
          withAsterisk
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('password')}
        />
        <Divider label="Your signature" labelPosition="left" />
        <Textarea
          aria-label="Signature"
          placeholder="Added below each mail. You can change it later."
          autosize
          minRows={3}
          {...form.getInputProps('signature')}
        />
        {otherError === null ? null : (
          <Alert color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />}>
            {say(otherError)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Test and save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function serverLabel(provider: string | null | undefined): string {
  if (provider === undefined) return 'The outgoing server (SMTP)'
  return provider === null ? 'The outgoing server (our guess, please check)' : `The outgoing server of ${provider}`
}

/** Where the server's refusal is shown; other failures stand above the buttons. */
const FIELD_OF: Partial<Record<string, keyof SmtpDraft>> = {
  'mailbox.address_invalid': 'address',
  'mailbox.address_taken': 'address',
  'mail.unreachable': 'host',
  'mail.refused': 'password',
  'mail.signed_out': 'password',
}
