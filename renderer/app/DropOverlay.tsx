import { Stack, Text } from '@mantine/core'
import { FileSpreadsheet } from 'lucide-react'

/** Seen while a file is held over the window. Keyboards have the button on the import page. */
export function DropOverlay() {
  return (
    <div className="drop-overlay" aria-hidden>
      <Stack align="center" gap="xs" className="drop-overlay-words">
        <FileSpreadsheet size={40} />
        <Text fw={600} size="lg">
          Drop a CSV or Excel file to import it
        </Text>
        <Text size="sm">You see every row before anything is kept.</Text>
      </Stack>
    </div>
  )
}
