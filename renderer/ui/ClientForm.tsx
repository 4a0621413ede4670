import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { useErrorText } from './error-text-context.ts'
import { idRemark, PROVIDERS, secretProblem, type ClientFacts, type Provider } from './client-words.ts'

export interface ClientDraft {
  readonly provider: Provider
  readonly clientId: string
  /** Null keeps the stored one. */
  readonly clientSecret: string | null
}

interface Props {
  readonly client: ClientFacts
  readonly saveLabel: string
  readonly isSaving: boolean
  /** Why it could not be saved; null while all is well. */
  readonly error: unknown
  readonly onSave: (draft: ClientDraft) => void
  /** Beside the button that saves. */
  readonly children?: ReactNode
}

/** The rep's own client id. What is stored as secret is never shown again. */
export function ClientForm({ client, saveLabel, isSaving, error, onSave, children }: Props) {
  const { company, idLabel, idHint, hasSecret } = PROVIDERS[client.provider]
  const [clientId, setClientId] = useState(client.source === 'own' ? client.clientId : '')
  const [secret, setSecret] = useState('')
  const [isTried, setTried] = useState(false)
  const say = useErrorText()
  const problem = secretProblem({ clientId, secret }, client)
  const remark = idRemark(client.provider, clientId)
  const isEmpty = clientId.trim() === ''

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    event.stopPropagation()
    setTried(true)
    if (isEmpty || problem !== null) return
    const clientSecret = secret.trim() === '' ? null : secret.trim()
    onSave({ provider: client.provider, clientId: clientId.trim(), clientSecret })
  }

  return (
    <form onSubmit={submit} noValidate aria-label={`Client id at ${company}`}>
      <Stack gap="sm">
        <TextInput
          label={idLabel}
          description={idHint}
          autoComplete="off"
          spellCheck={false}
          value={clientId}
          error={isTried && isEmpty ? `Paste the ${idLabel} from the page of ${company}.` : null}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        {remark === null ? null : (
          <Text size="sm" role="status">
            {remark}
          </Text>
        )}
        {hasSecret ? (
          <PasswordInput
            label="Client secret"
            description={
              client.hasSecret && client.source === 'own'
                ? 'One is stored. Leave this empty to keep it.'
                : 'Often starts with GOCSPX-'
            }
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the client secret' }}
            value={secret}
            error={isTried ? problem : null}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        ) : null}
        {error === null ? null : (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {say(error)}
          </Text>
        )}
        <Group justify="flex-end">
          {children}
          <Button type="submit" loading={isSaving}>
            {saveLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
