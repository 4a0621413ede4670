import { Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Absence } from '#shared/domain/absences'
import { PlanComparison } from '../../ui/PlanComparison.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { useNow } from '../../ui/use-now.ts'
import { whatIfRows, whatIfText } from '../../ui/what-if-text.ts'
import { useAwayWhatIf } from './use-settings.ts'

const TYPING_MS = 300

interface Props {
  readonly absences: readonly Absence[]
  /** The days being chosen; null: they cannot be saved yet. */
  readonly more: Absence | null
}

/** What being away on these days would do to the mail that waits, before they are saved. */
export function AwayWhatIf({ absences, more }: Props) {
  const now = useNow()
  const say = useErrorText()
  const [settled] = useDebouncedValue(more, TYPING_MS)
  const { data, error } = useAwayWhatIf(settled === null || more === null ? null : [...absences, settled])
  const isShown = more !== null && data !== undefined && error === null
  return (
    <Stack gap={0}>
      <Text size="sm" role="status">
        {more !== null && error !== null ? say(error) : isShown ? whatIfText(data, now) : ''}
      </Text>
      {isShown ? <PlanComparison rows={whatIfRows(data, now)} /> : null}
    </Stack>
  )
}
