import { ActionIcon, Alert, Button, FileButton, Group, Progress, Text } from '@mantine/core'
import { Paperclip, X } from 'lucide-react'
import { useRef } from 'react'
import type { Mailbox } from '#shared/contract/mailboxes'
import type { AttachedFile } from '#shared/contract/templates'
import { mostFilesBytes, MOST_FILES_BYTES } from '#shared/domain/attachments'
import { useErrorText } from '../../ui/error-text-context.ts'
import { formatBytes, formatCount } from '../../ui/format.ts'
import { sumBytes } from './file-refusal.ts'
import styles from './templates.module.css'
import type { Adding } from './use-attach.ts'

interface Props {
  readonly files: readonly AttachedFile[]
  readonly adding: Adding
  readonly onRemove: (file: AttachedFile) => void
  readonly mailboxes: readonly Mailbox[]
  readonly isReadOnly: boolean
}

/** The files that go with each mail: picked here, or dropped anywhere on the editor. */
export function AttachmentFields({ files, adding, onRemove, mailboxes, isReadOnly }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  if (isReadOnly && files.length === 0) return null
  return (
    <div className={styles['attachments']} role="group" aria-label="Attachments">
      {isReadOnly ? null : (
        <Group gap="sm">
          <FileButton multiple onChange={adding.add} disabled={adding.file !== null}>
            {(props) => (
              <Button
                {...props}
                ref={button}
                size="compact-sm"
                variant="default"
                loading={adding.file !== null}
                leftSection={<Paperclip size={14} aria-hidden />}
              >
                Attach files
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed" role="status">
            {files.length === 0
              ? 'or drop them here'
              : `${formatCount(files.length, 'file')}, ${formatBytes(sumBytes(files))} of ${formatBytes(MOST_FILES_BYTES)}`}
          </Text>
        </Group>
      )}
      <OnItsWay adding={adding} />
      <Refusals errors={adding.errors} />
      <TooMuch files={files} mailboxes={mailboxes} />
      <Attached
        files={files}
        isReadOnly={isReadOnly}
        onRemove={(file) => {
          onRemove(file)
          button.current?.focus()
        }}
      />
    </div>
  )
}

function Attached({ files, isReadOnly, onRemove }: Pick<Props, 'files' | 'isReadOnly' | 'onRemove'>) {
  if (files.length === 0) return null
  return (
    <ul className={styles['files']} aria-label="Attached files">
      {files.map((file) => (
        <li key={`${file.hash} ${file.name}`}>
          <Text size="sm" truncate title={file.name} span>
            {file.name}
          </Text>
          <Text size="sm" c="dimmed" className={styles['fileSize'] ?? ''} span>
            {formatBytes(file.sizeBytes)}
          </Text>
          {isReadOnly ? null : (
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={`Remove ${file.name}`}
              onClick={() => onRemove(file)}
            >
              <X size={14} aria-hidden />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  )
}

function OnItsWay({ adding: { file, cancel } }: Pick<Props, 'adding'>) {
  if (file === null) return null
  const percent = file.sizeBytes === 0 ? 100 : (file.sentBytes / file.sizeBytes) * 100
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" truncate>
        Adding {file.name}
      </Text>
      <Progress value={percent} flex={1} miw="4rem" aria-label={`Adding ${file.name}`} />
      <Button size="compact-xs" variant="subtle" flex="none" onClick={cancel}>
        Stop
      </Button>
    </Group>
  )
}

function Refusals({ errors }: { readonly errors: Adding['errors'] }) {
  const say = useErrorText()
  if (errors.length === 0) return null
  return (
    <Alert color="red" role="alert" p="xs" ref={show}>
      {[...new Set(errors.map((error) => say(error)))].map((text) => (
        <Text key={text} size="sm">
          {text}
        </Text>
      ))}
    </Alert>
  )
}

/** Below a long text it would not be seen. One function for ever, so that it is called only when the alert appears. */
function show(alert: HTMLElement | null): void {
  alert?.scrollIntoView({ block: 'nearest' })
}

/** Said here already, and once more where the mail would be queued. */
function TooMuch({ files, mailboxes }: Pick<Props, 'files' | 'mailboxes'>) {
  const sum = sumBytes(files)
  const tooSmall = mailboxes.filter((mailbox) => sum > mostFilesBytes(mailbox))
  if (tooSmall.length === 0) return null
  return (
    <Alert color="yellow" role="status" p="xs">
      {tooSmall.map((mailbox) => (
        <Text key={mailbox.id} size="sm">
          Too much for {mailbox.address}: its mails can carry {formatBytes(mostFilesBytes(mailbox))} of files.
        </Text>
      ))}
    </Alert>
  )
}
