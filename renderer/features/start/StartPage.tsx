import { Anchor, Button, Card, List, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { Link, Navigate, useLocation, useNavigate } from '@tanstack/react-router'
import { FlaskConical, Inbox } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStart } from './use-start.ts'

/** The first choice. Later on, the place one comes home to is the list of leads. */
export function StartPage() {
  const { isKnown, isFirstStart, isAdding, addSamples } = useStart()
  const navigate = useNavigate()
  // Another page may be on its way already; who chose it is not led back.
  const isWanted = useLocation({ select: ({ pathname }) => pathname === '/' })
  if (!isKnown) return null
  if (!isFirstStart) return isWanted ? <Navigate to="/leads" replace /> : null
  return (
    <Stack maw={860} mx="auto" py="xl" gap="xl">
      <Stack gap={6}>
        <Title order={1}>Welcome to Pacemail</Title>
        <Text size="lg" c="dimmed" maw="60ch">
          Personal mail to your leads, one at a time, from your own mailbox, in business hours. Everything stays on this
          computer. How would you like to begin?
        </Text>
      </Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Choice
          icon={<FlaskConical size={26} aria-hidden />}
          title="Try it with sample leads"
          points={[
            'A list of made-up leads, a template and a practice mailbox',
            'Everything works as it really would, but no mail leaves this computer',
            'Takes a few seconds; connect your mailbox later',
          ]}
        >
          <Button size="md" loading={isAdding} onClick={() => addSamples(() => void navigate({ to: '/leads' }))}>
            Try it with sample leads
          </Button>
        </Choice>
        <Choice
          icon={<Inbox size={26} aria-hidden />}
          title="Connect my mailbox"
          points={[
            'Send from your own address: Gmail, Outlook, or any other mailbox',
            'You sign in once, in your browser or with an app password',
            'Nothing is sent until you press the button for it',
          ]}
        >
          <Button size="md" variant="default" onClick={() => void navigate({ to: '/mailboxes' })}>
            Connect my mailbox
          </Button>
        </Choice>
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        Have a list at hand?{' '}
        <Anchor inherit underline="always" renderRoot={(props) => <Link to="/leads/import" {...props} />}>
          Import it first
        </Anchor>{' '}
        and connect a mailbox when you want to send.
      </Text>
    </Stack>
  )
}

interface ChoiceProps {
  readonly icon: ReactNode
  readonly title: string
  readonly points: readonly string[]
  readonly children: ReactNode
}

function Choice({ icon, title, points, children }: ChoiceProps) {
  return (
    <Card withBorder padding="lg" radius="lg">
      <Stack h="100%" gap="md">
        <ThemeIcon size={48} radius="md" variant="light">
          {icon}
        </ThemeIcon>
        <Title order={2} size="h3">
          {title}
        </Title>
        <List spacing={6} size="sm" flex={1}>
          {points.map((point) => (
            <List.Item key={point}>{point}</List.Item>
          ))}
        </List>
        {children}
      </Stack>
    </Card>
  )
}
