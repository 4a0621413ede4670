import { Alert, Button, Group, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Archive, ArchiveRestore, Save } from 'lucide-react'
import type { ApiError } from '../../api/api-error.ts'
import type { Template } from '#shared/contract/templates'
import { useErrorText } from '../../ui/error-text-context.ts'
import { formatWhen } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { AttachmentFields } from './AttachmentFields.tsx'
import { DraftFields } from './DraftFields.tsx'
import styles from './templates.module.css'
import { TemplatePreview } from './TemplatePreview.tsx'
import { dropProps } from './drop-files.ts'
import { UnsavedGuard } from './UnsavedGuard.tsx'
import { useAttach } from './use-attach.ts'
import { useArchiveTemplate, usePreview, useSaveTemplate } from './use-templates.ts'
import { useDraft } from './use-draft.ts'
import { usePreviewFor } from './use-preview-for.ts'

interface Props {
  /** Null: not saved yet. */
  readonly template: Template | null
  readonly onCreated: (created: Template) => void
}

/** One template being written, with its mail beside it. */
export function TemplateEditor({ template, onCreated }: Props) {
  const { draft, isDirty, change, attach, detach, saved } = useDraft(template)
  const { name, attachments, ...content } = draft
  const save = useSaveTemplate()
  const previewFor = usePreviewFor()
  const preview = usePreview(content, previewFor.preview)
  const isArchived = template?.isArchived ?? false
  const adding = useAttach(attachments, attach)
  const canSave = isDirty && name.trim() !== '' && !isArchived && !save.isPending && adding.file === null

  async function store(): Promise<boolean> {
    if (!canSave) return false
    const asked = draft
    const answer = await save
      .mutateAsync({
        templateId: template?.id ?? null,
        name: asked.name,
        content,
        attachments: attachments.map((file) => ({ hash: file.hash, name: file.name })),
      })
      .catch(() => null)
    if (answer === null) return false
    saved(asked, answer)
    if (template === null) onCreated(answer)
    return true
  }
  useHotkeys([['mod+S', () => void store()]], [])

  return (
    <>
      <section
        className={styles['editor']}
        aria-label={template === null ? 'New template' : `Template ${template.name}`}
        {...(isArchived ? {} : dropProps(adding.add))}
      >
        <EditorBar
          template={template}
          isDirty={isDirty}
          canSave={canSave}
          isSaving={save.isPending}
          onSave={() => void store()}
        />
        <SaveFailure error={save.error} />
        <DraftFields
          draft={draft}
          onChange={(part) => {
            if (save.isError) save.reset()
            change(part)
          }}
          problems={preview.data?.problems ?? []}
          nameError={
            save.error?.code === 'template.name_taken'
              ? 'Another template has this name. Choose a different one.'
              : null
          }
          isReadOnly={isArchived}
        />
        <AttachmentFields
          files={attachments}
          adding={adding}
          onRemove={(file) => {
            if (save.isError) save.reset()
            detach(file)
          }}
          mailboxes={previewFor.mailboxes}
          isReadOnly={isArchived}
        />
      </section>
      <TemplatePreview content={content} files={attachments} preview={preview} choice={previewFor} />
      <UnsavedGuard isDirty={isDirty && !isArchived} canSave={canSave} onSave={store} />
    </>
  )
}

interface BarProps {
  readonly template: Template | null
  readonly isDirty: boolean
  readonly canSave: boolean
  readonly isSaving: boolean
  readonly onSave: () => void
}

function EditorBar({ template, isDirty, canSave, isSaving, onSave }: BarProps) {
  const now = useNow()
  const archive = useArchiveTemplate()
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" role="status" lineClamp={2}>
        {template === null
          ? 'Not saved yet'
          : `Version ${template.version}, ${isDirty ? 'with unsaved changes' : `saved ${formatWhen(template.updatedAt, now)}`}`}
      </Text>
      <Group gap="xs" wrap="nowrap">
        {template === null ? null : (
          <Button
            variant="default"
            size="xs"
            loading={archive.isPending}
            leftSection={
              template.isArchived ? <ArchiveRestore size={14} aria-hidden /> : <Archive size={14} aria-hidden />
            }
            onClick={() => archive.mutate({ templateId: template.id, isArchived: !template.isArchived })}
          >
            {template.isArchived ? 'Use it again' : 'Archive'}
          </Button>
        )}
        {template?.isArchived === true ? null : (
          <Button
            size="xs"
            disabled={!canSave}
            loading={isSaving}
            leftSection={<Save size={14} aria-hidden />}
            title="Ctrl+S"
            onClick={onSave}
          >
            {template === null ? 'Save' : `Save version ${template.version + 1}`}
          </Button>
        )}
      </Group>
    </Group>
  )
}

/** A name that is taken is said at the name. */
function SaveFailure({ error }: { readonly error: ApiError | null }) {
  const say = useErrorText()
  if (error === null || error.code === 'template.name_taken') return null
  return (
    <Alert color="red" role="alert" title="Not saved">
      {say(error)} What you wrote is still here.
    </Alert>
  )
}
