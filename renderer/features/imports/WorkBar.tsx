import { Group, Progress, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ImportState } from '#shared/contract/imports'
import { formatNumber } from '../../ui/format.ts'
import { percentOf } from './import-place.ts'
import styles from './imports.module.css'

interface Props {
  readonly label: string
  readonly progress: ImportState['progress']
  readonly unit: string
  readonly children?: ReactNode
}

/** Long work in the engine, with how far it is. */
export function WorkBar({ label, progress, unit, children }: Props) {
  const percent = percentOf(progress)
  return (
    <Stack gap="xs" className={styles.work}>
      <Group justify="space-between">
        <Text size="sm" role="status">
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {formatNumber(progress.done)}
          {progress.total === null ? '' : ` of ${formatNumber(progress.total)}`} {unit}
        </Text>
      </Group>
      <Progress value={percent ?? 100} animated={percent === null} striped={percent === null} aria-label={label} />
      {children}
    </Stack>
  )
}
