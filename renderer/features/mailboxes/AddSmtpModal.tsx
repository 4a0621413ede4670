import {
  Alert,
  Anchor,
  Button,
  Divider,
  Group,
  Modal,
  PasswordInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { SafekeepingNote } from './SafekeepingNote.tsx'
import { SearchSelect } from '../../ui/SearchSelect.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { PROVIDERS } from '../../ui/client-words.ts'
import { KNOWN_PROVIDERS } from './mail-servers.ts'
import { fieldOf } from './server-errors.ts'
import { ServerFields } from './ServerFields.tsx'
import { guessServers, serversOf, type Guess } from './smtp-guess.ts'
import { EMPTY_SMTP, smtpErrors, smtpInput, type SmtpDraft } from './smtp-draft.ts'
import { useAddSmtp } from './use-mailboxes.ts'
import { useShowMistake } from './use-show-mistake.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The rep would rather sign in in the browser. */
  readonly onInstead: (kind: 'gmail' | 'outlook') => void
}

export function AddSmtpModal({ isOpen, onClose, onInstead }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Connect another mailbox" size="lg">
      <SmtpForm onClose={onClose} onInstead={onInstead} />
    </Modal>
  )
}

const OTHER = 'other'

function SmtpForm({ onClose, onInstead }: Omit<Props, 'isOpen'>) {
  const add = useAddSmtp()
  const say = useErrorText()
  const box = useShowMistake(add.error)
  const form = useForm<SmtpDraft>({ initialValues: EMPTY_SMTP, validate: smtpErrors })
  const [named, setNamed] = useState<string | null>(null)
  const { address } = form.values
  const guess = named === null ? guessServers(address) : serversOf(named)

  function fillIn(servers: Guess | null): void {
    if (servers !== null) form.setValues(serverValues(servers, address))
  }

  function save(values: SmtpDraft): void {
    add.mutate(smtpInput(values), {
      onSuccess: onClose,
      onError: (error) => {
        const field = fieldOf(error)
        if (field !== null) form.setFieldError(field, say(error))
      },
    })
  }

  const otherError = add.error !== null && fieldOf(add.error) === null ? add.error : null
  return (
    <form ref={box} onSubmit={form.onSubmit(save)} noValidate>
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
          onBlur={() => {
            if (named === null && !form.isTouched('host')) fillIn(guess)
          }}
        />
        <Instead guess={guess} onInstead={onInstead} />
        <TextInput
          label="Your name"
          description="Shown as the sender"
          autoComplete="name"
          {...form.getInputProps('senderName')}
        />
        <SearchSelect
          label="Mail provider"
          description="Fills in the servers below"
          nothingFoundMessage="Not on the list; write the servers below"
          data={[{ value: OTHER, label: 'Another one' }, ...KNOWN_PROVIDERS.map(({ name }) => name)]}
          value={guess?.provider ?? OTHER}
          onChange={(name) => {
            setNamed(name === OTHER ? null : name)
            fillIn(name === null || name === OTHER ? guessServers(address) : serversOf(name))
          }}
        />
        <ServerFields
          label={serverLabel(guess?.provider)}
          address={address}
          draft={form.values}
          errors={form.errors}
          onChange={(change) => form.setValues(change)}
        />
        <PasswordInput
          label="Password"
          description={guess?.passwordHint ?? 'Many providers want an app password here, not the one you sign in with.'}
          autoComplete="off"
          withAsterisk
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('password')}
        />
        <SafekeepingNote of="password" />
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
        <Group justify="flex-end" className="sticky-foot">
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

/** Answers are read where we know the server; elsewhere the guess stands ready to be switched on. */
function serverValues({ smtp, imap, provider }: Guess, address: string): Partial<SmtpDraft> {
  return {
    ...smtp,
    user: address.trim(),
    doesRead: provider !== null,
    imapHost: imap.host,
    imapPort: imap.port,
    imapSecurity: imap.security,
  }
}

interface InsteadProps {
  readonly guess: Guess | null
  readonly onInstead: (kind: 'gmail' | 'outlook') => void
}

/** Where a sign-in in the browser is the better way. */
function Instead({ guess, onInstead }: InsteadProps) {
  const better = guess?.better ?? null
  if (better === null) return null
  const { company } = PROVIDERS[better]
  return (
    <Text size="sm">
      {better === 'outlook'
        ? 'Microsoft no longer takes passwords here.'
        : 'For Gmail no app password is needed if you sign in with Google.'}{' '}
      <Anchor component="button" type="button" inherit underline="always" onClick={() => onInstead(better)}>
        Sign in with {company} instead
      </Anchor>
    </Text>
  )
}

function serverLabel(provider: string | null | undefined): string {
  if (provider === undefined) return 'The outgoing server (SMTP)'
  return provider === null ? 'The outgoing server (our guess, please check)' : `The outgoing server of ${provider}`
}
