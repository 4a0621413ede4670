import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { Page } from '../../ui/Page.tsx'
import { WayBack } from '../../ui/WayBack.tsx'
import { HistoryImports } from './HistoryImports.tsx'
import { ReadMailbox } from './ReadMailbox.tsx'

/** From another tool to this one, in the order in which it is safe: who not, who already, who next. */
export function MovingInPage() {
  return (
    <Page
      title="Moving in"
      description="Three things to bring along from the tool you used before, in this order, so that nobody hears from you twice. Nothing is kept before you have seen what it would change, and nothing is sent from here."
      back={
        <WayBack>
          <Link to="/leads">All leads</Link>
        </WayBack>
      }
    >
      <Step
        number={1}
        title="Who must not be written to"
        text="The unsubscribe or do-not-contact list: addresses and whole domains."
      >
        <ImportLink kind="suppressions" label="Import a do-not-contact list" />
      </Step>
      <Step
        number={2}
        title="Mail you have sent already"
        text="So that the cool-down counts from the real last contact. Only who was written to and when is kept, with the subject or campaign where the file has it; never the text."
      >
        <Group align="flex-end" gap="lg">
          <ImportLink kind="history" label="Import a file of sent mail" />
          <ReadMailbox />
        </Group>
        <HistoryImports />
      </Step>
      <Step
        number={3}
        title="What still waits there"
        text="People whose next mail has not gone yet become approved leads with a tag; you queue their mail in Dispatch."
      >
        <ImportLink kind="pending" label="Import waiting people" />
      </Step>
    </Page>
  )
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

function Step({ number, title, text, children }: StepProps) {
  return (
    <Card withBorder padding="lg" radius="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Stack gap={0}>
          <Title order={2} size="h4">
            {number}. {title}
          </Title>
          <Text size="sm" c="dimmed" maw="80ch">
            {text}
          </Text>
        </Stack>
        {children}
      </Stack>
    </Card>
  )
}

function ImportLink({ kind, label }: { readonly kind: string; readonly label: string }) {
  return (
    <Group>
      <Button
        size="xs"
        renderRoot={(props) => <Link to="/leads/import" search={{ for: kind }} {...props} />}
        variant="default"
        leftSection={<FileUp size={15} aria-hidden />}
      >
        {label}
      </Button>
    </Group>
  )
}
