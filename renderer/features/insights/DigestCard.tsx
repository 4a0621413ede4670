import { Anchor, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { digestMailText } from '../../ui/digest-mail-text.ts'
import { formatCount } from '../../ui/format.ts'
import { digestLines } from './insight-words.ts'
import { useDigest } from './use-insights.ts'

/** Yesterday, today and tomorrow, and what waits for the rep. */
export function DigestCard() {
  const { data } = useDigest()
  if (data === undefined) return null
  const { uncertain, mailboxes } = data.needsYou
  return (
    <Card withBorder padding="lg" radius="lg" component="section" aria-label="Your day">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Your day
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {digestLines(data).map(({ title, text }) => (
            <div key={title}>
              <Text size="sm" fw={600}>
                {title}
              </Text>
              <Text size="sm">{text}</Text>
            </div>
          ))}
        </SimpleGrid>
        {data.mail === null ? null : (
          <Text size="sm" c="dimmed">
            {digestMailText(data.mail)}
          </Text>
        )}
        {uncertain === 0 && mailboxes.length === 0 ? null : (
          <Group gap="md">
            {uncertain === 0 ? null : (
              <Anchor
                size="sm"
                renderRoot={(props) => <Link to="/queue" search={{ status: 'uncertain' }} {...props} />}
              >
                {formatCount(uncertain, 'mail needs', 'mails need')} your decision
              </Anchor>
            )}
            {mailboxes.length === 0 ? null : (
              <Anchor size="sm" renderRoot={(props) => <Link to="/mailboxes" {...props} />}>
                {mailboxes.join(', ')} {mailboxes.length === 1 ? 'needs' : 'need'} you
              </Anchor>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  )
}
