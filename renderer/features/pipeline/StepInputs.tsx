import { ActionIcon, Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { FileText, X } from 'lucide-react'
import { useState } from 'react'
import type { PipelineInputKind, PipelineRun } from '#shared/contract/pipeline'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/format.ts'
import { PASTE_HINTS, READER_WORDS } from './pipeline-words.ts'
import styles from './pipeline.module.css'
import { useAddInput, type AddInput } from './use-pipeline.ts'

interface Props {
  readonly run: PipelineRun
  readonly kind: PipelineInputKind
  readonly isLocked: boolean
  readonly onRemove: (inputId: PipelineRun['inputs'][number]['inputId']) => void
}

/** What a step reads: pasted lists and files. */
export function StepInputs({ run, kind, isLocked, onRemove }: Props) {
  const adding = useAddInput(run.runId, kind)
  const [isPasting, setPasting] = useState(false)
  const inputs = run.inputs.filter((input) => input.kind === kind)
  return (
    <Stack gap="xs">
      {inputs.map((input) => (
        <Group key={input.inputId} gap="xs" wrap="nowrap" className={styles.input}>
          <FileText size={16} aria-hidden />
          <Text size="sm" flex={1} truncate>
            {input.name}
            <Text span size="xs" c="dimmed">
              {' '}
              {READER_WORDS[input.reader]}, {formatBytes(input.sizeBytes)}
            </Text>
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            disabled={isLocked}
            aria-label={`Remove ${input.name}`}
            onClick={() => onRemove(input.inputId)}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {isPasting ? (
        <PasteForm kind={kind} adding={adding} onDone={() => setPasting(false)} />
      ) : (
        <Group gap="xs">
          <Button size="xs" variant="light" disabled={isLocked} onClick={() => setPasting(true)}>
            Paste {kind === 'companies' ? 'a list' : 'people'}
          </Button>
          <FileButton multiple accept=".csv,.tsv,.txt,.vcf,text/csv,text/vcard" onChange={adding.choose}>
            {(props) => (
              <Button {...props} size="xs" variant="light" disabled={isLocked} loading={adding.isBusy}>
                {kind === 'companies' ? 'Choose company files' : 'Choose people files'}
              </Button>
            )}
          </FileButton>
        </Group>
      )}
      {adding.error === null ? null : <ErrorPanel error={adding.error} title="Not added" />}
    </Stack>
  )
}

interface PasteProps {
  readonly kind: PipelineInputKind
  readonly adding: AddInput
  readonly onDone: () => void
}

function PasteForm({ kind, adding, onDone }: PasteProps) {
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') adding.paste(text, onDone)
      }}
    >
      <Stack gap="xs">
        <Textarea
          aria-label={kind === 'companies' ? 'List of companies' : 'List of people'}
          placeholder={PASTE_HINTS[kind]}
          data-autofocus
          autosize
          minRows={3}
          maxRows={10}
          maxLength={1_000_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" size="xs" loading={adding.isBusy} disabled={text.trim() === ''}>
            Add
          </Button>
          <Button size="xs" variant="subtle" onClick={onDone}>
            Never mind
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
