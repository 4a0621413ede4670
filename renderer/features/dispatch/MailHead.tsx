import { ActionIcon, Group, Text } from '@mantine/core'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatNumber } from '../../ui/format.ts'
import styles from './dispatch.module.css'

export interface Walk {
  /** Counted from 0. */
  readonly position: number
  readonly total: number
  readonly onMove: (step: 1 | -1) => void
}

interface Props extends Walk {
  /** Undefined while it is on its way. */
  readonly subject: string | undefined
  readonly children?: ReactNode
}

/** The subject of a mail, and the way to the mail before it and the one after it. */
export function MailHead({ subject, position, total, onMove, children }: Props) {
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text fw={600} className={styles['clip'] ?? ''} title={subject}>
        {subject ?? ' '}
      </Text>
      <Group gap={4} wrap="nowrap">
        {children}
        <ActionIcon variant="default" aria-label="Previous mail" disabled={position === 0} onClick={() => onMove(-1)}>
          <ChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <Text size="sm" c="dimmed" className={styles['position'] ?? ''}>
          {formatNumber(position + 1)} of {formatNumber(total)}
        </Text>
        <ActionIcon variant="default" aria-label="Next mail" disabled={position >= total - 1} onClick={() => onMove(1)}>
          <ChevronRight size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  )
}
