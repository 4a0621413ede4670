import { Table } from '@mantine/core'
import { formatNumber } from './format.ts'
import styles from './JudgedRows.module.css'
import { ScrollRegion } from './ScrollRegion.tsx'

export interface JudgedRow {
  /** Its place in what was read. */
  readonly number: number
  readonly cells: readonly string[]
  readonly verdict: string
  /** Why; may be empty. */
  readonly detail: string
}

interface Props {
  readonly name: string
  /** What the numbers count. */
  readonly numberHead: string
  /** Of the cells. */
  readonly heads: readonly string[]
  readonly rows: readonly JudgedRow[]
}

/** One page of rows that were read, each with what became of it. */
export function JudgedRows({ name, numberHead, heads, rows }: Props) {
  return (
    <ScrollRegion name={name} className={styles['rows']}>
      <Table stickyHeader verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={70}>{numberHead}</Table.Th>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
            <Table.Th>Verdict</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.number}>
              <Table.Td>{formatNumber(row.number)}</Table.Td>
              {row.cells.map((cell, at) => (
                <Table.Td key={heads[at]} className={styles['cell']}>
                  {cell}
                </Table.Td>
              ))}
              <Table.Td>
                {row.verdict}
                {row.detail === '' ? null : <span className={styles['detail']}> · {row.detail}</span>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  )
}
