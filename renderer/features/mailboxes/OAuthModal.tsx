import { Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ClientForm } from '../../ui/ClientForm.tsx'
import { ClientGuide } from '../../ui/ClientGuide.tsx'
import { PROVIDERS, type Provider } from '../../ui/client-words.ts'
import { OAuthDone, OAuthFailed, OAuthStart, OAuthWaiting } from './OAuthStages.tsx'
import { useCanOpenPages, useClients, useSaveClient, type Client } from './use-clients.ts'
import { useOAuth } from './use-oauth.ts'
import type { Mailbox } from './use-mailboxes.ts'

interface Props {
  /** Null: closed. */
  readonly provider: Provider | null
  /** A mailbox to sign in again; null adds one. */
  readonly mailbox: Mailbox | null
  readonly signInId: string | null
  readonly onSignIn: (signInId: string | null) => void
  readonly onClose: () => void
}

/** Signing in at Google or Microsoft, from the first word to the mailbox that works. */
export function OAuthModal(props: Props) {
  const { provider, mailbox } = props
  if (provider === null) return null
  const title = mailbox === null ? `Add ${PROVIDERS[provider].mailbox}` : `Sign in to ${mailbox.address}`
  return <OAuthDialog key={`${provider} ${mailbox?.id ?? ''}`} {...props} provider={provider} title={title} />
}

type DialogProps = Props & { readonly provider: Provider; readonly title: string }

function OAuthDialog({ provider, mailbox, signInId, onSignIn, onClose, title }: DialogProps) {
  const clients = useClients()
  const oauth = useOAuth({ provider, mailboxId: mailbox?.id ?? null, signInId, onSignIn })
  const [isGuided, setGuided] = useState(mailbox?.need === 'configuration' && signInId === null)
  const client = clients.data?.find((each) => each.provider === provider)
  const code = oauth.state?.error?.code
  const close = () => {
    oauth.cancel()
    onClose()
  }

  function content() {
    if (clients.error !== null) return <ErrorPanel error={clients.error} onRetry={clients.refetch} />
    if (client === undefined) return <Skeleton h={160} role="status" aria-label="Loading" />
    const isClientNeeded = client.source === 'none' || isGuided
    if (isClientNeeded) return <Guided client={client} onSaved={() => setGuided(false)} onStartOver={oauth.startOver} />
    if (oauth.state?.stage === 'waiting') return <OAuthWaiting state={oauth.state} onCancel={close} />
    if (oauth.state?.stage === 'done')
      return <OAuthDone state={oauth.state} isNew={mailbox === null} onClose={onClose} />
    if (oauth.state?.stage === 'failed')
      return (
        <OAuthFailed
          state={oauth.state}
          clientId={client.clientId}
          onAgain={oauth.startOver}
          onClient={isClientsFault(code) ? () => setGuided(true) : null}
          onClose={onClose}
        />
      )
    if (signInId !== null && oauth.error === null) return <Skeleton h={160} role="status" aria-label="Loading" />
    return <OAuthStart provider={provider} mailbox={mailbox} oauth={oauth} onClose={onClose} />
  }

  return (
    <Modal opened onClose={close} title={title} size="lg">
      {content()}
    </Modal>
  )
}

function isClientsFault(code: string | undefined): boolean {
  return code === 'sign_in.client_refused' || code === 'sign_in.other_organisation'
}

interface GuidedProps {
  readonly client: Client
  readonly onSaved: () => void
  readonly onStartOver: () => void
}

function Guided({ client, onSaved, onStartOver }: GuidedProps) {
  const { company } = PROVIDERS[client.provider]
  const canOpenPages = useCanOpenPages()
  const save = useSaveClient()
  return (
    <Stack>
      <Text size="sm" className="pretty">
        {client.source === 'none'
          ? `${company} lets a program into a mailbox only under a client id. This Pacemail came without one, so make your own once; it takes about ten minutes and costs nothing.`
          : `${company} did not accept the client id. Go through the steps once more and compare, then paste it again.`}
      </Text>
      <ClientGuide provider={client.provider} canOpenPages={canOpenPages} />
      <ClientForm
        client={client}
        saveLabel="Save and go on"
        isSaving={save.isPending}
        error={save.error}
        onSave={(draft) =>
          save.mutate(draft, {
            onSuccess: () => {
              onStartOver()
              onSaved()
            },
          })
        }
      />
    </Stack>
  )
}
