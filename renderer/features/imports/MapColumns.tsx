import { Alert, Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import type { LeadColumn } from '#shared/contract/imports'
import { DateFields } from './DateFields.tsx'
import { FormatFields } from './FormatFields.tsx'
import { ImportProblem } from './ImportProblem.tsx'
import { MAIN_KEY, useMainKey } from '../../ui/use-keys.ts'
import styles from './imports.module.css'
import { noteOnMapping, problemOfMapping, remap } from './mapping.ts'
import { targetsOf } from './purpose-words.ts'
import type { ImportWizard } from './use-import.ts'
import { WorkBar } from './WorkBar.tsx'

/** Values of a column that are shown. */
const EXAMPLES = 3

/** Step 2: how the file is read, and what each column becomes. */
export function MapColumns({ wizard }: { readonly wizard: ImportWizard }) {
  const { state, mapping, isBusy } = wizard
  const problem = problemOfMapping(mapping, wizard.purpose)
  const isReading = state?.stage === 'opening'
  useMainKey(state === null || problem !== null || isReading || isBusy ? null : wizard.check)
  if (state === null) return null
  const note = noteOnMapping(mapping)

  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {state.fileName}: {state.columns.length} columns. If the examples look wrong, correct how the file is read.
      </Text>
      {state.format === null ? null : (
        <FormatFields
          format={state.format}
          sheets={state.sheets}
          isDisabled={isBusy || isReading}
          onFormat={wizard.reopen}
        />
      )}
      {wizard.purpose === 'history' ? <DateFields dates={wizard.dates} onDates={wizard.setDates} /> : null}
      <ImportProblem error={wizard.error} failed={state.error} />
      {isReading ? (
        <WorkBar label={`Reading ${state.fileName} again`} progress={state.progress} unit="rows" />
      ) : (
        <ColumnTable wizard={wizard} columns={state.columns} sample={state.sample} />
      )}
      {problem === null || isReading ? null : (
        <Alert role="status" color="yellow" icon={<TriangleAlert size={18} aria-hidden />}>
          {problem}
        </Alert>
      )}
      {note === null || isReading ? null : (
        <Text size="sm" role="status">
          {note}
        </Text>
      )}
      <Group>
        <Button disabled={problem !== null || isReading} loading={isBusy} {...MAIN_KEY} onClick={wizard.check}>
          Check all rows
        </Button>
        <Text size="sm" c="dimmed">
          Checking only looks; nothing is added yet.
        </Text>
      </Group>
    </Stack>
  )
}

interface TableProps {
  readonly wizard: ImportWizard
  readonly columns: readonly string[]
  readonly sample: readonly (readonly string[])[]
}

function ColumnTable({ wizard, columns, sample }: TableProps) {
  const examples = sample.slice(0, EXAMPLES)
  return (
    <Table.ScrollContainer minWidth={640} className={styles.box}>
      <Table verticalSpacing={6} aria-label="Columns of the file">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="18%">Column</Table.Th>
            {examples.map((_, row) => (
              <Table.Th key={row}>{row === 0 ? 'First row' : `Row ${row + 1}`}</Table.Th>
            ))}
            <Table.Th w={230}>Becomes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((name, index) => (
            <Table.Tr key={index} className={wizard.mapping[index] === 'ignore' ? styles.ignored : undefined}>
              <Table.Th scope="row" className={styles.example}>
                {name}
              </Table.Th>
              {examples.map((row, at) => (
                <Table.Td key={at} className={styles.example} title={row[index]}>
                  {row[index]}
                </Table.Td>
              ))}
              <Table.Td>
                <NativeSelect
                  size="xs"
                  aria-label={`“${name}” becomes`}
                  data={targetsOf(wizard.purpose)}
                  value={wizard.mapping[index] ?? 'ignore'}
                  onChange={(event) =>
                    wizard.map(remap(wizard.mapping, index, event.currentTarget.value as LeadColumn))
                  }
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
