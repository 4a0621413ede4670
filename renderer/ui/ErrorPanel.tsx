import { Alert, Button, Group, Text } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { useErrorText } from './error-text-context.ts'

interface Props {
  readonly error: unknown
  readonly title?: string
  /** Offers "Try again"; only where asking twice is harmless. */
  readonly onRetry?: () => unknown
}

/** A failure in the place where its answer would be. */
export function ErrorPanel({ error, title = 'This could not be shown', onRetry }: Props) {
  const say = useErrorText()
  return (
    <Alert role="alert" color="red" variant="light" title={title} icon={<CircleAlert size={18} aria-hidden />}>
      <Text size="sm">{say(error)}</Text>
      {onRetry === undefined ? null : (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={() => void onRetry()}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  )
}
