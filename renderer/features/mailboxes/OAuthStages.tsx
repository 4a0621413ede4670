import { Alert, Button, Group, List, Loader, Stack, Text, TextInput } from '@mantine/core'
import { CircleAlert, CircleCheck, ExternalLink } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { CopyField } from '../../ui/CopyField.tsx'
import { SafekeepingNote } from './SafekeepingNote.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { PROVIDERS, type Provider } from '../../ui/client-words.ts'
import { AdminAsked, AdminHelp } from './AdminHelp.tsx'
import { useCanOpenPages } from './use-clients.ts'
import type { OAuth, SignInState } from './use-oauth.ts'
import { useMailboxes, type Mailbox } from './use-mailboxes.ts'

interface StartProps {
  readonly provider: Provider
  readonly mailbox: Mailbox | null
  readonly oauth: OAuth
  readonly onClose: () => void
}

/** Google does not tell a program the name of the account. */
const NAME_HINTS: Readonly<Record<Provider, string>> = {
  gmail: 'Shown as the sender. Without it people see your address only.',
  outlook: 'Shown as the sender. Leave it empty to take the name of the account.',
}

/** What will happen, before it does. */
export function OAuthStart({ provider, mailbox, oauth, onClose }: StartProps) {
  const say = useErrorText()
  const [senderName, setSenderName] = useState('')
  const { company } = PROVIDERS[provider]

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    oauth.begin(senderName.trim())
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          The page of {company} opens in your browser. Sign in there{mailbox === null ? '' : ` as ${mailbox.address}`}{' '}
          and allow Pacemail:
        </Text>
        <List size="sm" spacing={4}>
          <List.Item>to write drafts and send them, so that no mail can go out twice</List.Item>
          <List.Item>{READING[provider]}</List.Item>
        </List>
        <Text size="sm">
          Your password goes to {company} only. What Pacemail gets is kept encrypted on this computer, and you can take
          it back at {company} at any time.
        </Text>
        <SafekeepingNote of="access" />
        {mailbox === null ? (
          <TextInput
            label="Your name"
            description={NAME_HINTS[provider]}
            autoComplete="name"
            maxLength={100}
            data-autofocus
            value={senderName}
            onChange={(event) => setSenderName(event.currentTarget.value)}
          />
        ) : null}
        {oauth.error === null ? null : <Problem>{say(oauth.error)}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={oauth.isBusy}>
            Sign in with {company}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const READING = {
  gmail:
    'to read the mailbox, so that answers stop further mail. If you untick this, it only sends: answers and bounces go unnoticed',
  outlook: 'to read the mailbox, so that answers stop further mail',
} satisfies Record<Provider, string>

interface WaitingProps {
  readonly state: SignInState
  readonly onCancel: () => void
}

export function OAuthWaiting({ state, onCancel }: WaitingProps) {
  const isDesktop = !useCanOpenPages()
  return (
    <Stack>
      <Group gap="sm" wrap="nowrap" role="status">
        <Loader size="sm" aria-hidden />
        <Text fw={600}>Finish signing in in your browser</Text>
      </Group>
      <Text size="sm">
        {isDesktop
          ? 'A page of your browser has opened. When you are done there, come back: this window goes on by itself. No page? Copy its address into your browser.'
          : 'If no page has opened by itself, open it here. When you are done there, come back: this page goes on by itself.'}
      </Text>
      {state.url === null ? null : isDesktop ? (
        <CopyField label="Address of the sign-in page" text={state.url} />
      ) : (
        <Group>
          <Button
            component="a"
            href={state.url}
            target="_blank"
            rel="noreferrer"
            leftSection={<ExternalLink size={16} aria-hidden />}
            data-autofocus
          >
            Open the sign-in page
          </Button>
        </Group>
      )}
      <AdminAsked provider={state.provider} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}

interface DoneProps {
  readonly state: SignInState
  readonly isNew: boolean
  readonly onClose: () => void
}

export function OAuthDone({ state, isNew, onClose }: DoneProps) {
  const { data } = useMailboxes()
  const mailbox = data?.find(({ id }) => id === state.mailboxId)
  return (
    <Stack>
      <Alert role="status" color="green" variant="light" icon={<CircleCheck size={18} aria-hidden />}>
        {mailbox?.address ?? 'The mailbox'}{' '}
        {isNew ? 'is ready to send.' : 'is signed in again. Waiting mail goes on at the normal pace.'}
      </Alert>
      <Text size="sm">
        {mailbox?.mayRead === false
          ? 'You did not allow reading, so answers and bounces go unnoticed, and each follow-up begins a thread of its own. To change that, sign in again and leave the box ticked.'
          : 'Nothing is sent until you dispatch something. Its hours, pace and signature are under Settings on its card.'}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  )
}

interface FailedProps {
  readonly state: SignInState
  readonly clientId: string
  readonly onAgain: () => void
  /** Where the client id is at fault; else null. */
  readonly onClient: (() => void) | null
  readonly onClose: () => void
}

export function OAuthFailed({ state, clientId, onAgain, onClient, onClose }: FailedProps) {
  const say = useErrorText()
  const error = state.error ?? { code: 'internal' as const, details: {} }
  return (
    <Stack>
      <Problem>{say(new ApiError({ ...error, ref: null }))}</Problem>
      {error.code === 'sign_in.admin_needed' ? (
        <AdminHelp
          place={state.provider}
          clientId={clientId}
          adminUrl={textOrNull(error.details['adminUrl'])}
          rule={textOrNull(error.details['providerCode'])}
        />
      ) : null}
      {MAY_BE_THE_ADMIN.has(error.code) ? <AdminAsked provider={state.provider} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {onClient === null ? null : (
          <Button variant="default" onClick={onClient}>
            Check the client id
          </Button>
        )}
        <Button onClick={onAgain} data-autofocus>
          Try again
        </Button>
      </Group>
    </Stack>
  )
}

/** The rep saw a page that asked for their admin, and left it. */
const MAY_BE_THE_ADMIN: ReadonlySet<string> = new Set(['sign_in.timed_out', 'sign_in.declined', 'sign_in.cancelled'])

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function Problem({ children }: { readonly children: string }) {
  return (
    <Alert role="alert" color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />}>
      {children}
    </Alert>
  )
}
