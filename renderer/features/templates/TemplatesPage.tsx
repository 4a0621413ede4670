import { Button } from '@mantine/core'
import { FileText, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '#shared/contract/templates'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'
import { TemplateList } from './TemplateList.tsx'
import styles from './templates.module.css'
import { useChosenTemplate, type Choice } from './use-chosen-template.ts'
import { useTemplates } from './use-templates.ts'

/** Write, check and keep the mails that leads get. */
export function TemplatesPage() {
  const { inUse, archived, error, refetch } = useTemplates()
  const { choice, choose } = useChosenTemplate(inUse)

  return (
    <Page
      title="Templates"
      description="Each save makes a new version; queued mail keeps the one it was made from."
      isFull
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} variant="default" onClick={() => choose('new')}>
          New template
        </Button>
      }
    >
      {error !== null ? (
        <ErrorPanel error={error} onRetry={() => refetch()} />
      ) : inUse === undefined ? null : (
        <Workbench inUse={inUse} archived={archived} choice={choice} choose={choose} />
      )}
    </Page>
  )
}

interface WorkbenchProps {
  readonly inUse: readonly Template[]
  readonly archived: readonly Template[]
  readonly choice: Choice
  readonly choose: (choice: Choice, options?: { isSaved: boolean }) => void
}

function Workbench({ inUse, archived, choice, choose }: WorkbenchProps) {
  const editors = useEditorKeys(choice)
  const template = [...inUse, ...archived].find((candidate) => candidate.id === choice) ?? null

  if (choice === null || (choice !== 'new' && template === null && editors.keyOf(choice) === String(choice))) {
    return (
      <EmptyState
        icon={<FileText size={28} />}
        title={choice === null ? 'No template yet' : 'This template is not here'}
        actions={<Button onClick={() => choose('new')}>Write the first one</Button>}
      >
        A template is a subject and a text with merge fields such as the first name. Each lead gets a mail of their own
        from it.
      </EmptyState>
    )
  }
  return (
    <div className={styles['workbench']}>
      <TemplateList inUse={inUse} archived={archived} choice={choice} onChoose={choose} />
      <TemplateEditor
        key={editors.keyOf(choice)}
        template={template}
        onCreated={(created) => {
          editors.created(created.id)
          choose(created.id, { isSaved: true })
        }}
      />
    </div>
  )
}

/** A new template keeps its editor, with caret and undo, when its first save gives it an id. */
function useEditorKeys(choice: Choice) {
  const [keys, setKeys] = useState<ReadonlyMap<number, string>>(new Map())
  /** Saved, but not in the address yet: the editor on screen is still the one of the new template. */
  const [arriving, setArriving] = useState<number | null>(null)
  if (choice === arriving && arriving !== null) setArriving(null)
  const newKey = `new ${arriving === null ? keys.size + 1 : keys.size}`
  return {
    keyOf: (of: number | 'new') => (of === 'new' ? newKey : (keys.get(of) ?? String(of))),
    created: (id: number) => {
      setKeys((old) => new Map(old).set(id, newKey))
      setArriving(id)
    },
  }
}
