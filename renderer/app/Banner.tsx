import { Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface BannerProps {
  readonly color: 'indigo' | 'red' | 'yellow'
  readonly icon: ReactNode
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** One line that the rep should know on every page. */
export function Banner({ color, icon, action, children }: BannerProps) {
  return (
    <Paper px="sm" py={8} bg={`var(--mantine-color-${color}-light)`} withBorder>
      <Group gap="sm" wrap="nowrap" align="center">
        <Text span c={`var(--pacemail-${color}-ink)`} lh={1}>
          {icon}
        </Text>
        <Text size="sm" flex={1}>
          {children}
        </Text>
        {action}
      </Group>
    </Paper>
  )
}
