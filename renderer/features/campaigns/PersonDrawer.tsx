import { Anchor, Button, Drawer, Group, Stack, Text, Timeline } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Pause, Play, UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Campaign, Person } from '#shared/contract/campaigns'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { isRunning, mailName, mailTitle, isOpen, personName } from './campaign-words.ts'
import { DraftMails } from './DraftMails.tsx'
import { removalWords } from './hand-words.ts'
import { askToRemove } from './PeopleBar.tsx'
import { personWord, stepCell } from './person-words.ts'
import { usePeopleCalls } from './use-campaigns.ts'

interface Props {
  readonly campaign: Campaign
  /** Undefined: closed. */
  readonly person: Person | undefined
  readonly onClose: () => void
}

/** One person in the campaign: where they stand and every mail of theirs. */
export function PersonDrawer({ campaign, person, onClose }: Props) {
  const [isEditing, setEditing] = useState(false)
  return (
    <Drawer
      opened={person !== undefined}
      onClose={onClose}
      closeOnEscape={!isEditing}
      closeButtonProps={{ 'aria-label': 'Close' }}
      position="right"
      size={campaign.status === 'draft' ? '38rem' : '30rem'}
      title={person === undefined ? 'Person' : personName(person)}
    >
      {person === undefined ? null : (
        <Whole key={person.leadId} campaign={campaign} person={person} onEditing={setEditing} />
      )}
    </Drawer>
  )
}

interface WholeProps {
  readonly campaign: Campaign
  readonly person: Person
  /** A form lies over the drawer, or does so no longer. */
  readonly onEditing: (isEditing: boolean) => void
}

function Whole({ campaign, person, onEditing }: WholeProps) {
  const now = useNow()
  return (
    <Stack gap="md">
      <div>
        <StatusBadge {...personWord(person, now)} />
        <Text size="sm" mt="xs" className="break">
          {person.email}
          {person.company === '' ? '' : `, ${person.company}`}
        </Text>
        <Anchor
          size="sm"
          underline="always"
          renderRoot={(props) => <Link to="/leads" search={{ lead: person.leadId }} {...props} />}
        >
          See this lead
        </Anchor>
      </div>
      <PersonActions campaign={campaign} person={person} />
      {campaign.status === 'draft' ? (
        <DraftMails campaign={campaign} person={person} onEditing={onEditing} />
      ) : person.steps.length === 0 ? (
        <Text size="sm">Their mails are planned when you start the campaign.</Text>
      ) : (
        <Timeline bulletSize={22} lineWidth={2} active={person.steps.length}>
          {person.steps.map((step) => (
            <Timeline.Item key={step.sendId} bullet={step.step + 1} title={mailTitle(campaign, step)}>
              <Text size="sm">{stepCell(step, now).long}</Text>
              <Anchor
                size="sm"
                underline="always"
                renderRoot={(props) => (
                  <Link
                    to="/queue"
                    search={{ status: step.status, campaign: campaign.id, send: step.sendId }}
                    {...props}
                  />
                )}
              >
                Open {mailName(step.step).toLowerCase()}
              </Anchor>
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Stack>
  )
}

function PersonActions({ campaign, person }: { readonly campaign: Campaign; readonly person: Person }) {
  const calls = usePeopleCalls(campaign.id)
  const { status, leadId, byHand } = person
  const hasEdits = byHand.length > 0
  const isIn = status === 'active' || status === 'on_hold' || status === 'paused'
  if (status === 'removed' && isOpen(campaign)) {
    return (
      <Stack gap={4} align="flex-start">
        <Button
          size="xs"
          variant="default"
          disabled={calls.isBusy}
          leftSection={<UserPlus size={14} aria-hidden />}
          onClick={() => calls.putBack([leadId])}
        >
          Put back in
        </Button>
        <Text size="xs" c="dimmed">
          They go on where they were: only mails that they have not got.
        </Text>
      </Stack>
    )
  }
  if (!isIn || !(isRunning(campaign) || campaign.status === 'draft')) return null
  return (
    <Group gap="xs">
      {status === 'paused' ? (
        <Button
          size="xs"
          variant="default"
          disabled={calls.isBusy}
          leftSection={<Play size={14} aria-hidden />}
          onClick={() => calls.resume([leadId])}
        >
          Resume
        </Button>
      ) : isRunning(campaign) ? (
        <Button
          size="xs"
          variant="default"
          disabled={calls.isBusy}
          leftSection={<Pause size={14} aria-hidden />}
          onClick={() => calls.pause([leadId])}
        >
          Pause
        </Button>
      ) : null}
      <Button
        size="xs"
        variant="default"
        disabled={calls.isBusy}
        leftSection={<UserMinus size={14} aria-hidden />}
        onClick={() =>
          askToRemove(removalWords(campaign.status === 'draft', { count: 1, hasEdits }), 1, () =>
            calls.remove([leadId]),
          )
        }
      >
        Take out
      </Button>
    </Group>
  )
}
