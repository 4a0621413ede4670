import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'

/** `good` done · `busy` at work · `waiting` later · `warning` needs a look · `bad` failed · `quiet` of no consequence. */
export type Tone = 'good' | 'busy' | 'waiting' | 'warning' | 'bad' | 'quiet'

const COLORS = {
  good: 'green',
  busy: 'indigo',
  waiting: 'cyan',
  warning: 'yellow',
  bad: 'red',
  quiet: 'gray',
} satisfies Record<Tone, string>

interface Props {
  readonly tone: Tone
  readonly label: string
  readonly icon?: ReactNode
}

/** A status word. Its colour only repeats what the word says. */
export function StatusBadge({ tone, label, icon }: Props) {
  return (
    <Badge variant="light" color={COLORS[tone]} size="md" tt="none" fw={600} leftSection={icon}>
      {label}
    </Badge>
  )
}
