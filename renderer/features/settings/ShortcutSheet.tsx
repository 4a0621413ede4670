import { SimpleGrid, Stack, Table, Title } from '@mantine/core'
import { Keys } from '../../ui/Keys.tsx'
import { DESKTOP_SHORTCUTS, SHORTCUTS } from './shortcuts.ts'
import { useStatus } from './use-settings.ts'

/** Every key and what it does. */
export function ShortcutSheet() {
  const { data: status } = useStatus()
  const groups = status?.host === 'desktop' ? [...SHORTCUTS, DESKTOP_SHORTCUTS] : SHORTCUTS
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
      {groups.map((group) => (
        <Stack key={group.title} gap={4}>
          <Title order={3} size="h5">
            {group.title}
          </Title>
          <Table verticalSpacing={4} horizontalSpacing={0} withRowBorders={false} aria-label={group.title}>
            <Table.Tbody>
              {group.shortcuts.map((shortcut) => (
                <Table.Tr key={shortcut.keys}>
                  <Table.Td w="9rem">
                    <Keys keys={shortcut.keys} />
                  </Table.Td>
                  <Table.Td>{shortcut.does}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      ))}
    </SimpleGrid>
  )
}
