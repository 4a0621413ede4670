import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useApi } from '../../api/hooks.ts'
import { formatCount } from '../../ui/format.ts'
import type { ImportWizard } from './use-import.ts'
import type { SaveChoice } from './use-save-choice.ts'

interface Props {
  readonly wizard: ImportWizard
  readonly choice: SaveChoice
}

/** What waited in another tool is here as leads; Dispatch queues their mail. */
export function TakenOver({ wizard, choice }: Props) {
  const navigate = useNavigate()
  const tag = choice.tags[0] ?? ''
  const tagged = useApi('leads.facets', {}).data?.tags.find((one) => one.tag === tag)?.count

  function dispatch(): void {
    wizard.restart()
    const selection = { by: 'filter' as const, filter: { tag, review: 'approved' as const }, except: [] }
    void navigate({ to: '/dispatch', search: { selection } })
  }

  return (
    <Stack>
      <Alert
        role="status"
        color="green"
        icon={<CircleCheck size={18} aria-hidden />}
        title={tagged === undefined ? 'They are here' : `${formatCount(tagged, 'lead')} with the tag “${tag}”`}
      >
        They are approved and wait for nothing but your mail. Stop them in the other tool before you dispatch here, or
        people hear from you twice.
      </Alert>
      <Group>
        <Button onClick={dispatch}>Write to them in Dispatch</Button>
        <Button variant="subtle" onClick={wizard.restart}>
          Import another file
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        Nothing is queued before you press Dispatch there.
      </Text>
    </Stack>
  )
}
