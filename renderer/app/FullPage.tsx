import { Center, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A message that takes the place of everything else. */
export function FullPage({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <Center component="main" mih="100vh" p="xl">
      <Stack maw="34rem" gap="sm" align="flex-start">
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text component="div">{children}</Text>
        {actions}
      </Stack>
    </Center>
  )
}
