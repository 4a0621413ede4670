import { Box, Button, CloseButton, Group, Stack, TagsInput, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import type { Lead } from '#shared/contract/leads'
import { domainOfAddress } from '#shared/domain/address'
import type { LeadId, UndoId } from '#shared/domain/ids'
import type { LeadReview } from '#shared/domain/taxonomy'
import { basisVerdict } from '../../ui/basis-words.ts'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { formatFull, formatRelative } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { LeadForm } from './LeadForm.tsx'
import { LeadHistory } from './LeadHistory.tsx'
import { leadMarks, leadName, REVIEW_WORDS, sendWords } from './lead-words.ts'
import styles from './leads.module.css'
import { PersonData } from './PersonData.tsx'
import type { TagChange } from './use-lead-actions.ts'

interface Props {
  readonly lead: Lead
  /** The rep moved on while this lead has changes that are not saved. */
  readonly isLeftBehind: boolean
  readonly listName: string | null
  readonly knownTags: readonly string[]
  readonly firstField: RefObject<HTMLInputElement | null>
  readonly onReview: (review: LeadReview) => void
  readonly onTag: (change: TagChange) => void
  readonly onRemove: () => void
  readonly onDoNotContact: () => void
  readonly onHold: (id: LeadId | null) => void
  readonly onSaved: (lead: Lead, undoId: UndoId) => void
  readonly onClose: () => void
  /** Back to the table. */
  readonly onLeave: () => void
}

const LEAD_REVIEWS: readonly LeadReview[] = ['new', 'approved', 'rejected']

/** One lead in full, beside the table, so that reviewing goes on with J, K, A and R. */
export function LeadPanel(props: Props) {
  const { lead } = props
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leads back from every field in here
    <aside
      className={styles.panel}
      aria-label="Lead"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onLeave()
      }}
    >
      <PanelHead lead={lead} onReview={props.onReview} onClose={props.onClose} />
      <div key={lead.id} className={styles.panelBody} tabIndex={-1}>
        <Stack gap="md">
          <Facts lead={lead} listName={props.listName} />
          <LeadHistory lead={lead} />
          <TagsInput
            size="xs"
            label="Tags"
            placeholder={lead.tags.length === 0 ? 'Type a tag and press Enter' : ''}
            data={[...props.knownTags]}
            value={[...lead.tags]}
            maxLength={40}
            onChange={(tags) => props.onTag(tagChange(lead.tags, tags))}
          />
          <LeadForm
            lead={lead}
            isLeftBehind={props.isLeftBehind}
            firstField={props.firstField}
            onHold={props.onHold}
            onSaved={props.onSaved}
          />
          <Group gap="xs" mt="xs">
            {lead.isSuppressed ? null : (
              <Button size="xs" variant="default" onClick={() => confirmDoNotContact(lead, props.onDoNotContact)}>
                Do not contact
              </Button>
            )}
            <Button size="xs" variant="default" onClick={props.onRemove}>
              Remove
            </Button>
            <Button
              size="xs"
              variant="default"
              renderRoot={(root) => <Link to="/activity" search={{ lead: lead.id }} {...root} />}
            >
              History
            </Button>
            <PersonData address={lead.email} onErased={props.onClose} />
          </Group>
        </Stack>
      </div>
    </aside>
  )
}

function PanelHead({ lead, onReview, onClose }: Pick<Props, 'lead' | 'onReview' | 'onClose'>) {
  return (
    <div className={styles.panelHead}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Title order={2} size="h4" lineClamp={1}>
            {leadName(lead)}
          </Title>
          <Text size="sm" c="dimmed" truncate>
            {[lead.title, lead.company].filter((part) => part !== '').join(', ') || lead.email}
          </Text>
        </div>
        <CloseButton aria-label="Close the details" onClick={onClose} />
      </Group>
      <Box mt={10}>
        <FilterTabs
          label="Review"
          tabs={LEAD_REVIEWS.map((review) => ({ value: review, label: REVIEW_WORDS[review] }))}
          value={lead.review}
          onChange={onReview}
          isWide
        />
      </Box>
    </div>
  )
}

function Facts({ lead, listName }: { readonly lead: Lead; readonly listName: string | null }) {
  const now = useNow()
  const { isEnough } = basisVerdict({ ...lead, domain: domainOfAddress(lead.email) }, now)
  const marks = [...leadMarks(lead), ...(isEnough ? [] : ['Not enough recorded to write to them'])]
  const facts = [
    `Newest mail: ${sendWords(lead.sendStatus).toLowerCase()}.`,
    lead.lastTouchAt === null ? 'No contact known so far.' : `Last contact ${formatRelative(lead.lastTouchAt, now)}.`,
    `Added ${formatRelative(lead.createdAt, now)}${listName === null ? '' : ` from “${listName}”`}.`,
  ]
  return (
    <div>
      {marks.length === 0 ? null : (
        <Text size="sm" fw={600} className={styles.mark}>
          {marks.join(' · ')}
        </Text>
      )}
      <Text size="xs" c="dimmed" title={formatFull(lead.createdAt)}>
        {facts.join(' ')}
      </Text>
    </div>
  )
}

function tagChange(before: readonly string[], after: readonly string[]): TagChange {
  return {
    add: after.map((tag) => tag.trim()).filter((tag) => tag !== '' && !before.includes(tag)),
    remove: before.filter((tag) => !after.includes(tag)),
  }
}

function confirmDoNotContact(lead: Lead, onConfirm: () => void): void {
  modals.openConfirmModal({
    title: `Never write to ${leadName(lead)} again?`,
    children: (
      <Text size="sm">
        {lead.email} goes on your do-not-contact list, also for later imports, and mail that still waits for this
        address is skipped. You can take the address off the list in Settings.
      </Text>
    ),
    labels: { confirm: 'Do not contact', cancel: 'Keep as it is' },
    onConfirm,
  })
}
