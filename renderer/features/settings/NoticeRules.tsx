import { Alert, Button, Fieldset, Group, Stack, Switch, Text } from '@mantine/core'
import { TimeInput } from '@mantine/dates'
import { useState } from 'react'
import type { NoticeKind } from '#shared/domain/notices'
import { useApi, useCall, useCallOnce } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { allowBrowserNotes, stopBrowserNotes, useBrowserNotes } from '../../ui/browser-notes.ts'
import { clockOf, minuteOf } from '../../ui/time-of-day.ts'
import { Spot } from './Spot.tsx'
import { useStatus } from './use-settings.ts'

type Rules = OutputAt<'notices.rules'>

const KINDS: readonly { readonly kind: NoticeKind; readonly label: string; readonly description: string }[] = [
  { kind: 'reply', label: 'A reply came', description: 'Who wrote, never what.' },
  { kind: 'sign_in', label: 'A mailbox needs you to sign in', description: 'Its mail waits until you do.' },
  {
    kind: 'uncertain',
    label: 'A mail may or may not have been sent',
    description: 'Only once Pacemail could not find out by itself, after a quarter of an hour.',
  },
  { kind: 'campaign_done', label: 'A campaign is done', description: 'How many mails went, and how many answered.' },
]

/** What the rep is told while the window is shut, and when not. */
export function NoticeRules() {
  const { data: status } = useStatus()
  const { data } = useApi('notices.rules', {})
  const save = useCall('notices.saveRules')
  // What was changed last, so that the next change does not start from an answer of before.
  const [latest, setLatest] = useState<Rules | null>(null)
  const rules = latest ?? data
  const change = (next: Rules): void => {
    setLatest(next)
    save.mutate(next, { onError: () => setLatest(null) })
  }
  if (status === undefined || rules === undefined) return null
  const { kinds } = rules
  return (
    <Stack gap="md">
      <Spot id="notices">
        <Stack gap="md">
          {status.host === 'web' ? <InThisBrowser /> : null}
          {status.host === 'desktop' && !status.capabilities.notifications ? (
            <Text size="sm">
              This system shows no notifications. Everything is on the pages of Pacemail all the same.
            </Text>
          ) : null}
          <Fieldset legend="Tell me when" variant="unstyled">
            <Stack gap="sm" pt="xs">
              {KINDS.map(({ kind, label, description }) => (
                <Switch
                  key={kind}
                  label={label}
                  description={description}
                  checked={kinds[kind]}
                  onChange={(event) => change({ ...rules, kinds: { ...kinds, [kind]: event.currentTarget.checked } })}
                />
              ))}
            </Stack>
          </Fieldset>
        </Stack>
      </Spot>
      <Spot id="quiet-hours">
        <QuietHours rules={rules} onChange={(quiet) => change({ ...rules, quiet })} />
      </Spot>
    </Stack>
  )
}

interface QuietProps {
  readonly rules: Rules
  readonly onChange: (quiet: Rules['quiet']) => void
}

function QuietHours({ rules: { quiet }, onChange }: QuietProps) {
  const time = (label: string, field: 'fromMinute' | 'untilMinute') => (
    <TimeInput
      label={label}
      w={110}
      disabled={!quiet.isOn}
      value={clockOf(quiet[field])}
      onChange={(event) => {
        const minute = minuteOf(event.currentTarget.value)
        if (minute !== null) onChange({ ...quiet, [field]: minute })
      }}
    />
  )
  return (
    <Fieldset legend="Quiet hours" variant="unstyled">
      <Stack gap="sm" pt="xs">
        <Switch
          label="Leave me alone at times"
          description="Nothing is lost: what comes meanwhile is told in one summary when they end."
          checked={quiet.isOn}
          onChange={(event) => onChange({ ...quiet, isOn: event.currentTarget.checked })}
        />
        <Group gap="md" align="flex-end">
          {time('From', 'fromMinute')}
          {time('Until', 'untilMinute')}
        </Group>
        <Switch
          label="Also all day on Saturdays and Sundays"
          disabled={!quiet.isOn}
          checked={quiet.hasWeekends}
          onChange={(event) => onChange({ ...quiet, hasWeekends: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  )
}

/** A browser shows nothing until the rep lets it, and only while a window of it has Pacemail open. */
function InThisBrowser() {
  const notes = useBrowserNotes()
  const call = useCallOnce()
  const [isAsking, setAsking] = useState(false)

  async function allow(): Promise<void> {
    setAsking(true)
    try {
      // What happened before is no news: it is taken without being shown.
      if ((await allowBrowserNotes()) === 'on') await call('notices.take', {})
    } catch {
      // Then it is told as well.
    } finally {
      setAsking(false)
    }
  }

  if (notes === 'impossible') return <Text size="sm">This browser shows no notifications.</Text>
  if (notes === 'blocked') {
    return (
      <Alert color="yellow" title="This browser blocks notifications of Pacemail">
        Allow them in the settings that the browser has for this page (the sign beside the address), then reload.
      </Alert>
    )
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">
        {notes === 'on'
          ? 'This browser shows notifications while Pacemail is open in one of its windows. In the desktop app they also come with the window closed.'
          : 'This browser shows none of them yet. It asks you once whether Pacemail may.'}
      </Text>
      {notes === 'on' ? (
        <Button size="xs" variant="default" onClick={stopBrowserNotes}>
          Show none in this browser
        </Button>
      ) : (
        <Button size="xs" variant="default" loading={isAsking} onClick={() => void allow()}>
          Show notifications in this browser
        </Button>
      )}
    </Stack>
  )
}
