import { Checkbox, NumberInput, Radio, SegmentedControl, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Mailbox } from '#shared/contract/mailboxes'
import { timeProblem } from '../../ui/schedule-time.ts'
import { useNow } from '../../ui/use-now.ts'
import { WhenFields } from '../../ui/WhenFields.tsx'
import styles from './campaigns.module.css'
import type { Basics } from './EditorFrame.tsx'
import type { SequenceDraft } from './sequence-draft.ts'

interface Props {
  readonly draft: SequenceDraft
  readonly basics: Basics
  readonly isStarted: boolean
  readonly onChange: (part: Partial<SequenceDraft>) => void
}

const PRIORITIES = [
  { value: '0', label: 'High' },
  { value: '1', label: 'Normal' },
  { value: '2', label: 'Low' },
]

/** From where, from when on, and what comes first. */
export function SendingFields({ draft, basics, isStarted, onChange }: Props) {
  const now = useNow()
  const { when } = draft
  const wall = when === null || when.local === null ? null : { local: when.local, zone: when.zone }
  return (
    <section className={styles['sending']} aria-label="How it is sent">
      <Mailboxes draft={draft} mailboxes={basics.mailboxes} onChange={onChange} />
      {isStarted ? null : (
        <Part title="Start">
          <WhenFields
            when={when}
            onChange={(changed) => onChange({ when: changed })}
            machineZone={basics.zone}
            problem={wall === null ? null : timeProblem(wall, now)}
          />
          <Text size="xs" c="dimmed">
            Nothing goes before you press Start, whatever the time.
          </Text>
        </Part>
      )}
      <Part title="Priority">
        <SegmentedControl
          size="xs"
          aria-label="Priority"
          data={PRIORITIES}
          value={String(draft.priority)}
          onChange={(value) => onChange({ priority: value === '0' ? 0 : value === '2' ? 2 : 1 })}
        />
        <Checkbox
          size="sm"
          label="Use each lead’s own time zone"
          description="Working hours count where the lead is, when that is known."
          checked={draft.useLeadZone}
          onChange={(event) => onChange({ useLeadZone: event.currentTarget.checked })}
        />
      </Part>
      <Missed draft={draft} onChange={onChange} />
    </section>
  )
}

interface MailboxesProps {
  readonly draft: SequenceDraft
  readonly mailboxes: readonly Mailbox[]
  readonly onChange: Props['onChange']
}

const NOT_READY = { paused: 'paused', resting: 'resting', needs_sign_in: 'signed out' } as const

function Mailboxes({ draft, mailboxes, onChange }: MailboxesProps) {
  return (
    <Checkbox.Group
      label="From"
      description={
        draft.mailboxIds.length > 1 ? 'They take turns; each person stays with the one that wrote first.' : null
      }
      value={draft.mailboxIds.map(String)}
      onChange={(values) => onChange({ mailboxIds: values.map(Number) })}
    >
      <Stack gap={6} mt={6}>
        {mailboxes.map(({ id, address, kind, status, mayRead }) => (
          <Checkbox
            key={id}
            size="sm"
            value={String(id)}
            label={`${address}${kind === 'practice' ? ' (practice)' : ''}${status === 'ready' ? '' : `, ${NOT_READY[status]}`}${mayRead ? '' : ', answers are not read'}`}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function Missed({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  return (
    <Radio.Group
      label="Mail whose time passed while this computer slept"
      value={draft.missed}
      onChange={(value) => onChange({ missed: value === 'expire' || value === 'ask' ? value : 'spread' })}
    >
      <Stack gap={6} mt={6}>
        <Radio size="sm" value="spread" label="Goes later, at the usual pace" />
        <Radio size="sm" value="expire" label="Is let go when it is too late" />
        {draft.missed === 'expire' ? (
          <NumberInput
            size="xs"
            w={160}
            ml={28}
            label="Too late after, hours"
            min={1}
            max={720}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="strict"
            value={draft.expiresAfterHours}
            onChange={(value) => onChange({ expiresAfterHours: Math.max(1, Number(value) || 1) })}
          />
        ) : null}
        <Radio size="sm" value="ask" label="Waits until I decide" />
      </Stack>
    </Radio.Group>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className={styles['partTitle']}>{title}</h2>
      <Stack gap="xs">{children}</Stack>
    </section>
  )
}
