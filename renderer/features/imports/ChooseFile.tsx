import { Alert, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core'
import { FileSpreadsheet } from 'lucide-react'
import { useState, type DragEvent } from 'react'
import { LIST_FILE_TYPES } from '#shared/domain/list-file'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { formatBytes } from '../../ui/format.ts'
import { ImportProblem } from './ImportProblem.tsx'
import styles from './imports.module.css'
import { PURPOSE_WORDS } from './purpose-words.ts'
import { WorkBar } from './WorkBar.tsx'
import type { ImportWizard } from './use-import.ts'

/** Step 1: a file is chosen or dropped, sent to the engine and looked at. */
export function ChooseFile({ wizard }: { readonly wizard: ImportWizard }) {
  const { upload, state } = wizard
  if (upload.file !== null) return <Sending file={upload.file} />
  if (state?.stage === 'opening') {
    return <WorkBar label={`Looking at ${state.fileName}`} progress={state.progress} unit="rows" />
  }

  return (
    <Stack>
      {wizard.isCancelled ? (
        <Alert role="status" color="gray" title="The import was cancelled">
          {wizard.purpose === 'suppressions'
            ? 'What was on the list by then stays there; importing the file again adds the rest.'
            : 'Nothing was kept, added or changed.'}
        </Alert>
      ) : null}
      <ImportProblem error={upload.error ?? wizard.error} failed={state?.error ?? null} />
      <DropArea purpose={wizard.purpose} onFile={(file) => void upload.start(file)} />
    </Stack>
  )
}

function DropArea({ purpose, onFile }: { readonly purpose: ImportPurpose; readonly onFile: (file: File) => void }) {
  const [isOver, setOver] = useState(false)

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onFile(file)
  }

  return (
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileSpreadsheet size={36} aria-hidden className={styles.dropIcon} />
      <Text fw={600}>Drop a CSV or Excel file here</Text>
      <FileButton accept={LIST_FILE_TYPES} onChange={(file) => (file === null ? undefined : onFile(file))}>
        {(props) => <Button {...props}>Choose a file</Button>}
      </FileButton>
      <Text size="sm" c="dimmed" maw="34rem" ta="center">
        {PURPOSE_WORDS[purpose].file}: CSV in any common encoding up to 100 MB, or .xlsx up to 25 MB. The file stays on
        this computer.
      </Text>
    </div>
  )
}

function Sending({ file }: { readonly file: NonNullable<ImportWizard['upload']['file']> }) {
  const percent = file.sizeBytes === 0 ? 100 : (file.sentBytes / file.sizeBytes) * 100
  return (
    <Stack gap="xs" className={styles.work}>
      <Group justify="space-between">
        <Text size="sm">Reading {file.name}</Text>
        <Text size="sm" c="dimmed">
          {formatBytes(file.sentBytes)} of {formatBytes(file.sizeBytes)}
        </Text>
      </Group>
      <Progress value={percent} aria-label={`Reading ${file.name}`} />
    </Stack>
  )
}
