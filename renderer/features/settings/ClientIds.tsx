import { Accordion, Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ClientForm } from '../../ui/ClientForm.tsx'
import { ClientGuide } from '../../ui/ClientGuide.tsx'
import { PROVIDERS, sourceText } from '../../ui/client-words.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { showNote } from '../../ui/note.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useClients, useSaveClient, useStatus, type Client } from './use-settings.ts'

/** The client id of each provider, where it came from, and the form for the rep's own. */
export function ClientIds() {
  const { data, error, refetch } = useClients()
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return <Skeleton h={100} role="status" aria-label="Loading" />
  return (
    <Accordion variant="separated" order={3}>
      {data.map((client) => (
        <Accordion.Item key={client.provider} value={client.provider}>
          <Accordion.Control>
            <Group gap="sm">
              <Text fw={600}>{PROVIDERS[client.provider].company}</Text>
              <StatusBadge {...SOURCES[client.source]} />
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            {/* A saved id begins a new form. */}
            <OneClient key={`${client.source} ${client.clientId}`} client={client} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}

const SOURCES = {
  build: { label: 'Came with Pacemail', tone: 'good' },
  own: { label: 'Your own', tone: 'good' },
  none: { label: 'None yet', tone: 'quiet' },
} as const

function OneClient({ client }: { readonly client: Client }) {
  const [isGuided, setGuided] = useState(false)
  const save = useSaveClient()
  const { data: status } = useStatus()
  const { company } = PROVIDERS[client.provider]
  return (
    <Stack gap="md">
      <Text size="sm">
        {sourceText(client)} {client.clientId === '' ? null : <Code className="break">{client.clientId}</Code>}
      </Text>
      <Group>
        <Button size="xs" variant="default" aria-expanded={isGuided} onClick={() => setGuided(!isGuided)}>
          {isGuided ? 'Hide the steps' : `How to make one at ${company}`}
        </Button>
      </Group>
      {isGuided ? <ClientGuide provider={client.provider} canOpenPages={status?.host !== 'desktop'} /> : null}
      <ClientForm
        client={client}
        saveLabel="Save the client id"
        isSaving={save.isPending}
        error={save.error}
        onSave={(draft) =>
          save.mutate(draft, {
            onSuccess: () => showNote(`Saved. Sign-ins at ${company} use your client id from now on.`),
          })
        }
      >
        {client.source === 'own' ? <ForgetButton client={client} /> : null}
      </ClientForm>
    </Stack>
  )
}

/** Back to the id of the build, if it has one. */
function ForgetButton({ client }: { readonly client: Client }) {
  const save = useSaveClient()
  return (
    <Button
      variant="default"
      loading={save.isPending}
      onClick={() =>
        save.mutate(
          { provider: client.provider, clientId: '', clientSecret: null },
          { onSuccess: () => showNote('Your client id was removed from this computer.') },
        )
      }
    >
      Remove mine
    </Button>
  )
}
