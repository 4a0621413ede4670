import { Table } from '@mantine/core'
import type { whatIfRows } from './what-if-text.ts'

/** The plan now beside the plan as it would be. */
export function PlanComparison({ rows }: { readonly rows: ReturnType<typeof whatIfRows> }) {
  if (rows.length === 0) return null
  return (
    <Table verticalSpacing={4} mt="xs" aria-label="The plan now and with these changes">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>The mail that waits</Table.Th>
          <Table.Th>Now</Table.Th>
          <Table.Th>With this</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, before, after]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            <Table.Td>{before}</Table.Td>
            <Table.Td fw={before === after ? 400 : 600}>{after}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
