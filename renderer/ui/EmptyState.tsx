import { Center, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  /** A lucide icon, about 28 px. */
  readonly icon?: ReactNode
  readonly title: string
  /** What to do next, in a sentence. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <Center py="xl" mih="14rem">
      <Stack align="center" gap="sm" ta="center">
        {icon === undefined ? null : (
          <ThemeIcon variant="light" size={56} radius="xl" aria-hidden>
            {icon}
          </ThemeIcon>
        )}
        <Title order={2} size="h4">
          {title}
        </Title>
        {children === undefined ? null : (
          <Text c="dimmed" size="sm" maw="32rem" className="pretty">
            {children}
          </Text>
        )}
        {actions === undefined ? null : (
          <Group justify="center" gap="xs" mt="xs">
            {actions}
          </Group>
        )}
      </Stack>
    </Center>
  )
}
