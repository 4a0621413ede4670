import { describe, expect, test } from 'vitest'
import { EventKind, IncomingVerdict, MailboxNeed } from '#shared/domain/taxonomy'
import { byDay } from '../../renderer/features/activity/days.ts'
import { folded } from '../../renderer/features/activity/folded.ts'
import { EVENT_GROUPS } from '../../renderer/features/activity/event-groups.ts'
import type { ActivityEntry } from '../../renderer/features/activity/days.ts'
import { eventText } from '../../renderer/ui/event-text.ts'
import { eventTone } from '../../renderer/ui/event-tone.ts'

function entry(kind: EventKind, change: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    id: 1,
    at: 0,
    kind,
    leadName: null,
    to: null,
    sendId: null,
    leadId: null,
    campaignId: null,
    campaignName: null,
    mailboxAddress: null,
    data: {},
    ...change,
  }
}

describe('the sentences of the activity page', () => {
  test.each(EventKind.options)('%s: whole sentences, also when nothing else is known', (kind) => {
    expect(eventText(entry(kind))).toMatch(/^[A-Z].*\.$/s)
    expect(eventText(entry(kind))).not.toMatch(/undefined|null|NaN|_/)
  })

  test('a person is named, or else the address', () => {
    expect(eventText(entry('send_accepted', { leadName: 'Ann Meyer', to: 'ann@corp.example' }))).toContain('Ann Meyer')
    expect(eventText(entry('send_accepted', { leadName: '', to: 'ann@corp.example' }))).toContain('ann@corp.example')
  })

  test('a skipped mail says which rule forbids it', () => {
    expect(eventText(entry('send_skipped', { data: { because: 'cool_down' } }))).toContain('written to not long ago')
    expect(eventText(entry('send_skipped', { data: { because: 'toString' } }))).toContain('A rule forbids it.')
  })

  test('a mail that was left behind says when it came and what the mailbox said', () => {
    const at = Date.UTC(2026, 10, 9, 9)
    const said = (data: ActivityEntry['data']) => eventText(entry('mail_unopened', { data }))
    const unlisted = said({ receivedAt: at, code: 'ErrorInternalServerError', isListed: false })
    expect(unlisted).toMatch(/^Not opened: /)
    expect(unlisted).toContain('2026')
    expect(unlisted).toContain('could not even be listed')
    expect(unlisted).toContain('ErrorInternalServerError')
    expect(said({ receivedAt: null, code: null, isListed: true })).toContain('could not be opened')
  })

  test('a follow-up that began a thread says why', () => {
    const said = (why: string) => eventText(entry('send_new_thread', { data: { why } }))
    expect(said('unread')).toContain('may not be read')
    expect(said('gone')).toContain('not to be found')
  })

  test('one and many leads are told apart', () => {
    expect(eventText(entry('leads_reviewed', { data: { changed: 1, review: 'approved' } }))).toBe(
      '1 lead was approved.',
    )
    expect(eventText(entry('leads_reviewed', { data: { changed: 2, review: 'rejected' } }))).toBe(
      '2 leads were rejected.',
    )
  })

  test('a computer that slept is no trouble, and a clock that was set back is', () => {
    const slept = entry('clock_jumped', { data: { byMs: 9 * 3_600_000 } })
    expect(eventText(slept)).toContain('slept for 9 h, or its clock was put forward')
    expect(eventTone(slept)).toBe('quiet')
    const setBack = entry('clock_jumped', { data: { byMs: -7_200_000 } })
    expect(eventText(setBack)).toContain('had its clock set back by 2 h')
    expect(eventTone(setBack)).toBe('warning')
  })

  test('a change that was cut short says what became of it and what to do', () => {
    const data = { isUndo: true, isInterrupted: true, changed: 500 }
    expect(eventText(entry('leads_tagged', { data }))).toBe(
      'Pacemail ended in the middle of a change. 500 leads are as they were before it; make it again.',
    )
  })

  test('what was undone is said to be undone', () => {
    const data = { isUndo: true, changed: 3 }
    expect(eventText(entry('leads_removed', { data }))).toBe('3 leads were brought back.')
    expect(eventText(entry('lead_edited', { data }))).toBe('An edit of a lead was undone.')
  })

  test.each(IncomingVerdict.options)('what came back is told by its verdict: %s', (verdict) => {
    const came = entry('mail_received', { leadName: 'Ann Meyer', data: { verdict, severity: null, rule: 'dsn' } })
    expect(eventText(came)).toMatch(/Ann Meyer.*\.$/)
    expect(eventText(came)).not.toBe(eventText(entry('mail_received', { leadName: 'Ann Meyer' })))
  })

  test('a bounce is trouble and says how bad it is, a reply is good', () => {
    const bounce = { kind: 'mail_received', data: { verdict: 'bounced', severity: 'hard' } } as const
    expect(eventText(entry('mail_received', bounce))).toContain('does not exist')
    expect(eventTone(bounce)).toBe('bad')
    expect(eventTone({ kind: 'mail_received', data: { verdict: 'replied' } })).toBe('good')
  })

  test.each(MailboxNeed.options)('a mailbox that stopped says why: %s', (need) => {
    const stopped = entry('mailbox_signed_out', { mailboxAddress: 'jana@corp.example', data: { need } })
    expect(eventText(stopped)).toContain('jana@corp.example')
    if (need !== 'sign_in') expect(eventText(stopped)).not.toContain('sign-in')
  })

  test('every kind of event can be found under some heading but the steps of a mail', () => {
    const shown = new Set<EventKind>(Object.values(EVENT_GROUPS).flatMap(({ kinds }): EventKind[] => kinds))
    const hidden = EventKind.options.filter((kind) => !shown.has(kind) && !kind.startsWith('send_'))
    expect(hidden).toEqual([])
  })
})

test('entries of one day stand under its name', () => {
  const noon = (day: number) => new Date(2026, 2, day, 12).getTime()
  const days = byDay(
    [
      entry('app_paused', { at: noon(4) }),
      entry('app_resumed', { at: noon(4) }),
      entry('app_started', { at: noon(3) }),
    ].map((each) => ({ entry: each, steps: [] })),
    noon(4),
  )
  expect(days.map(({ title, lines }) => [title, lines.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
  ])
})

describe('the steps of a mail', () => {
  const send = (kind: EventKind, sendId: number) => entry(kind, { sendId })
  const shown = (entries: readonly ActivityEntry[]) =>
    folded(entries).map(({ entry: { kind }, steps }) => [kind, steps.map((step) => step.kind)])

  test('stand behind the line that says it was sent, also when two mails were on their way at once', () => {
    expect(
      shown([
        send('send_accepted', 1),
        send('send_accepted', 2),
        send('send_started', 1),
        send('send_started', 2),
        send('send_drafted', 1),
        entry('app_resumed'),
        send('send_claimed', 1),
        send('send_queued', 1),
      ]),
    ).toEqual([
      ['send_accepted', ['send_started', 'send_drafted', 'send_claimed']],
      ['send_accepted', ['send_started']],
      ['app_resumed', []],
      ['send_queued', []],
    ])
  })

  test('stay in sight where it did not go, and where an earlier try did not', () => {
    expect(shown([send('send_refused', 1), send('send_started', 1)])).toEqual([
      ['send_refused', []],
      ['send_started', []],
    ])
    expect(
      shown([
        send('send_accepted', 1),
        send('send_started', 1),
        send('send_retried', 1),
        send('send_started', 1),
        send('send_claimed', 1),
      ]),
    ).toEqual([
      ['send_accepted', ['send_started']],
      ['send_retried', []],
      ['send_started', []],
      ['send_claimed', []],
    ])
  })
})
