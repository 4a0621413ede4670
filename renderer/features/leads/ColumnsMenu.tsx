import { Button, Checkbox, Popover, Stack, Text } from '@mantine/core'
import { Columns3 } from 'lucide-react'
import { COLUMN_IDS, COLUMNS, FIRST_COLUMNS, type ColumnId } from './columns.ts'

interface Props {
  readonly chosen: readonly ColumnId[]
  readonly onChoose: (columns: readonly ColumnId[]) => void
}

/** Which columns the table has, on this screen. */
export function ColumnsMenu({ chosen, onChoose }: Props) {
  return (
    <Popover trapFocus returnFocus position="bottom-end" withArrow shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<Columns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={220}>
          <Checkbox.Group
            label="Columns"
            value={[...chosen]}
            onChange={(ids) => onChoose(COLUMN_IDS.filter((id) => ids.includes(id)))}
          >
            <Stack gap={8} mt={8}>
              {COLUMN_IDS.map((id) => (
                <Checkbox key={id} value={id} label={COLUMNS[id].label} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Text size="xs" c="dimmed">
            Name, address and review are always there. In a narrow table the less important ones go until there is room.
          </Text>
          <Button size="xs" variant="default" onClick={() => onChoose(FIRST_COLUMNS)}>
            As at first
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
