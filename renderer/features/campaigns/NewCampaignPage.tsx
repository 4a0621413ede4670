import { useNavigate, useSearch } from '@tanstack/react-router'
import { readSelection } from '../../ui/read-selection.ts'
import { EditorFrame } from './EditorFrame.tsx'
import { newDraft } from './sequence-draft.ts'
import { SequenceEditor } from './SequenceEditor.tsx'
import { useEditCalls } from './use-campaigns.ts'

/** A sequence that is not saved yet. Leads chosen on another page are added once it is. */
export function NewCampaignPage() {
  const navigate = useNavigate()
  const selection = readSelection(useSearch({ from: '/campaigns/new' }).selection)
  const { create } = useEditCalls()
  return (
    <EditorFrame
      title="New campaign"
      description="Write the sequence first. People are added next, and nothing goes before you start it."
    >
      {({ templates, mailboxes, zone }) => (
        <SequenceEditor
          first={newDraft({
            templateId: templates.length === 1 && templates[0]?.problems.length === 0 ? templates[0].id : null,
            mailboxId: mailboxes.find(({ status }) => status === 'ready')?.id ?? mailboxes[0]?.id ?? null,
          })}
          basics={{ templates, mailboxes, zone }}
          startedId={null}
          isBusy={create.isPending}
          saveLabel="Save and add people"
          onSave={async (plan) => {
            const { id } = await create.mutateAsync(plan)
            return () =>
              void navigate({
                to: '/campaigns/$id',
                params: { id: String(id) },
                search: { add: true, ...(selection === null ? {} : { selection }) },
              })
          }}
          onCancel={() => void navigate({ to: '/campaigns' })}
        />
      )}
    </EditorFrame>
  )
}
