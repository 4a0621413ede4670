import { Anchor, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { Campaign } from '#shared/contract/campaigns'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount } from '../../ui/format.ts'
import { FIRST_RECIPIENTS, selectionOf } from '../../ui/lead-choice.ts'
import { LeadChoice } from '../../ui/LeadChoice.tsx'
import { showNote } from '../../ui/note.ts'
import { addedWords } from './campaign-words.ts'
import { OutlookView } from './OutlookView.tsx'
import { useAskAboutChecks, useEditCalls, useFacets, useLeadsCheck, type Selection } from './use-campaigns.ts'

interface Props {
  readonly campaign: Campaign
  readonly isOpen: boolean
  /** Leads chosen on another page; null: chosen here. */
  readonly handedOver: Selection | null
  readonly onClose: () => void
  /** Forgets what another page chose. */
  readonly onChooseHere: () => void
}

/** Chooses leads, shows what adding them brings, and adds them. */
export function AddPeople(props: Props) {
  return (
    <Drawer opened={props.isOpen} onClose={props.onClose} position="right" size="32rem" title="Add people">
      {props.isOpen ? <Choosing {...props} /> : null}
    </Drawer>
  )
}

function Choosing({ campaign, handedOver, onClose, onChooseHere }: Props) {
  const facets = useFacets()
  const [recipients, setRecipients] = useState(FIRST_RECIPIENTS)
  const [settled] = useDebouncedValue(recipients, 250)
  const selection = useMemo(() => handedOver ?? (selectionOf(settled) as Selection), [handedOver, settled])
  const check = useLeadsCheck(campaign.id, selection)
  const { add } = useEditCalls()
  const askAboutChecks = useAskAboutChecks(campaign)
  const ready = check.data === undefined || check.isPlaceholderData ? null : check.data.ready
  const isDraft = campaign.status === 'draft'
  // A draft takes everybody: what stands in their way is looked at again at the start.
  const count = ready === null ? null : ready + (isDraft ? (check.data?.obstacleCount ?? 0) : 0)

  async function addThem(): Promise<void> {
    // Of a draft it is asked when it starts.
    const acceptsFailedChecks = isDraft ? false : await askAboutChecks()
    if (acceptsFailedChecks === null) return
    add.mutate(
      { campaignId: campaign.id, selection, acceptsFailedChecks },
      {
        onSuccess: (answer) => {
          showNote(addedWords(answer, isDraft))
          onClose()
        },
      },
    )
  }

  return (
    <Stack gap="md">
      {handedOver === null ? (
        <LeadChoice recipients={recipients} onChange={setRecipients} facets={facets} />
      ) : (
        <Text size="sm">
          The leads you chose on the Leads page.{' '}
          <Anchor component="button" type="button" size="sm" underline="always" onClick={onChooseHere}>
            Choose by filter instead
          </Anchor>
        </Text>
      )}
      {check.error === null ? null : <ErrorPanel error={check.error} title="This cannot be worked out" />}
      {check.data === undefined || check.error !== null ? null : <OutlookView outlook={check.data} />}
      <Text size="sm" c="dimmed">
        {isDraft
          ? 'They are written to once you start the campaign; what stands in somebody’s way is looked at again then.'
          : 'The campaign runs: their mail is queued as soon as you add them.'}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={ready === null || ready === 0} loading={add.isPending} onClick={() => void addThem()}>
          {count === null ? 'Add people' : `Add ${formatCount(count, 'person', 'people')}`}
        </Button>
      </Group>
    </Stack>
  )
}
