import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  /** The first column names the row. */
  readonly head: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** Figures in columns, to be compared from row to row. */
export function FigureTable({ label, head, rows }: Props) {
  return (
    <Table verticalSpacing={4} aria-label={label} stickyHeader style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          {head.map((title, index) => (
            <Table.Th key={title} ta={index === 0 ? 'left' : 'right'}>
              {title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, cells }) => (
          <Table.Tr key={key}>
            {cells.map((cell, index) =>
              index === 0 ? (
                <Table.Th key={head[index]} scope="row" fw={500} className="break">
                  {cell}
                </Table.Th>
              ) : (
                <Table.Td key={head[index]} ta="right">
                  {cell}
                </Table.Td>
              ),
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
