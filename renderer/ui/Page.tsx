import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** A `WayBack`; left out: the page is one of the navigation. */
  readonly back?: ReactNode
  readonly description?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  /** Fills the window's height instead of growing: the child scrolls itself. */
  readonly isFull?: boolean
  readonly children: ReactNode
}

/** The frame of a page: its one `h1`, what it is for, what one can do. */
export function Page({ title, back, description, actions, isFull = false, children }: Props) {
  return (
    <Stack gap="md" className={isFull ? 'page page-full' : 'page'}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex="1 1 20rem" miw={0}>
          {back}
          <Title order={1} size="h2">
            {title}
          </Title>
          {description === undefined ? null : (
            <Text c="dimmed" size="sm" maw="80ch" className="pretty">
              {description}
            </Text>
          )}
        </Box>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
