import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { failureText } from '../../ui/failure-text.ts'
import { formatCount, formatWhen } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import type { Overview } from './use-insights.ts'

/** Mail that was given up, by reason, with the way to each. */
export function Failures({ failures }: { readonly failures: Overview['failures'] }) {
  const now = useNow(60_000)
  return (
    <Card withBorder padding="lg" radius="lg" component="section" aria-label="Failed mail">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            Failed mail
          </Title>
          {failures.length === 0 ? null : (
            <Anchor size="sm" renderRoot={(props) => <Link to="/queue" search={{ status: 'failed' }} {...props} />}>
              All failed mail in the queue
            </Anchor>
          )}
        </Group>
        {failures.length === 0 ? (
          <Text size="sm" c="dimmed">
            No mail failed in this time.
          </Text>
        ) : null}
        {failures.map((group) => (
          <div key={`${group.code} ${group.providerCode}`}>
            <Text size="sm" fw={600}>
              {formatCount(group.count, 'mail')}: {failureText(group)}
            </Text>
            <Group gap="md">
              {group.sends.map((send) => (
                <Anchor
                  key={send.sendId}
                  size="sm"
                  renderRoot={(props) => (
                    <Link to="/queue" search={{ status: 'failed', send: send.sendId }} {...props} />
                  )}
                >
                  {send.to}, {formatWhen(send.finishedAt, now)}
                </Anchor>
              ))}
              {group.count > group.sends.length ? (
                <Text size="sm" c="dimmed">
                  and {group.count - group.sends.length} more
                </Text>
              ) : null}
            </Group>
          </div>
        ))}
      </Stack>
    </Card>
  )
}
