import { Button, Group, Progress, Select, Stack, Text } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { showNote } from '../../ui/note.ts'
import { useDataExport, useTables } from './use-export.ts'

/** All data as files that any spreadsheet opens. */
export function DataExport() {
  const { data } = useTables()
  const { progress, save } = useDataExport()
  const [table, setTable] = useState<string | null>(null)
  const say = useErrorText()

  function start(which: string | null): void {
    save(which).catch((error: unknown) => showNote(say(error), { color: 'red' }))
  }

  return (
    <Stack gap="xs">
      <Text size="sm">
        Take your data with you: every table as a CSV file, with a README of the columns. Passwords are not in it.
      </Text>
      <Group align="flex-end">
        <Button
          size="xs"
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          disabled={progress !== null}
          onClick={() => start(null)}
        >
          Export everything
        </Button>
        <Select
          size="xs"
          w={180}
          aria-label="Table"
          placeholder="One table only"
          data={data?.tables ?? []}
          value={table}
          onChange={setTable}
          searchable
        />
        <Button size="xs" variant="default" disabled={table === null || progress !== null} onClick={() => start(table)}>
          Export this table
        </Button>
      </Group>
      {progress === null ? null : (
        <Progress value={progress * 100} animated={progress === 0} striped={progress === 0} aria-label="Export" />
      )}
    </Stack>
  )
}
