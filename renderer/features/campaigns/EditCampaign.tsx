import { List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useNavigate } from '@tanstack/react-router'
import type { Campaign } from '#shared/contract/campaigns'
import { showNote } from '../../ui/note.ts'
import { changedWords, changeWords } from './change-words.ts'
import { EditorFrame } from './EditorFrame.tsx'
import { handChangedWords, handChangeWords } from './hand-words.ts'
import { draftOf } from './sequence-draft.ts'
import { SequenceEditor } from './SequenceEditor.tsx'
import { useEditCalls } from './use-campaigns.ts'

/** A campaign that is there. Once it has started, saving says first what it will do. */
export function EditCampaign({ campaign }: { readonly campaign: Campaign }) {
  const navigate = useNavigate()
  const { change } = useEditCalls()
  const isStarted = campaign.status !== 'draft'
  const back = () => void navigate({ to: '/campaigns/$id', params: { id: String(campaign.id) }, search: {} })
  return (
    <EditorFrame
      title={`Edit “${campaign.name}”`}
      description={
        isStarted
          ? 'Only mail that is not sent yet is changed. What has been sent stays as it is.'
          : 'Nothing has started yet, so everything can still be changed.'
      }
    >
      {(basics) => (
        <SequenceEditor
          first={draftOf(campaign, basics.zone)}
          basics={basics}
          startedId={isStarted ? campaign.id : null}
          isBusy={change.isPending}
          saveLabel="Save"
          onSave={async (plan, cameFrom) => {
            const newest = new Map<number, number>(basics.templates.map(({ id, versionId }) => [id, versionId]))
            const asked = isStarted
              ? changeWords(campaign, plan, newest)
              : handChangeWords(campaign, plan, { cameFrom, newest })
            if ((isStarted || asked.length > 0) && !(await askToChange(asked, isStarted))) return null
            const { campaign: _, ...counts } = await change.mutateAsync({ ...plan, campaignId: campaign.id, cameFrom })
            showNote(isStarted ? changedWords(counts) : handChangedWords(counts))
            return back
          }}
          onCancel={back}
        />
      )}
    </EditorFrame>
  )
}

/** Resolves with whether the rep agrees. */
function askToChange(words: readonly string[], isStarted: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: 'Save this change?',
      children: (
        <Stack gap="xs">
          {words.length === 0 ? (
            <Text size="sm">No mail that waits has to change.</Text>
          ) : (
            <List size="sm">
              {words.map((sentence) => (
                <List.Item key={sentence}>{sentence}</List.Item>
              ))}
            </List>
          )}
          {isStarted ? <Text size="sm">Mail that has been sent stays as it is.</Text> : null}
        </Stack>
      ),
      labels: { confirm: 'Save the change', cancel: 'Go on writing' },
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
    })
  })
}
