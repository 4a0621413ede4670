import { describe, expect, test } from 'vitest'
import { findingTexts, percentRead, stageText } from '../../renderer/features/history/import-text.ts'
import { problemOfMapping } from '../../renderer/features/imports/mapping.ts'
import { purposeOf, targetsOf, verdictWords } from '../../renderer/features/imports/purpose-words.ts'
import { touchText, type TouchRow } from '../../renderer/features/leads/touch-text.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const DAY = 86_400_000

describe('an import of earlier mail', () => {
  const found = {
    contacts: 12,
    known: 2,
    people: 7,
    leads: 3,
    coolingLeads: 2,
    waitingMails: 1,
    oldestAt: NOW - 400 * DAY,
    newestAt: NOW - DAY,
  }

  test('says what it would change, and what that costs', () => {
    expect(findingTexts(found, NOW).join('\n')).toMatchInlineSnapshot(`
      "12 contacts with 7 people, from Jan 26, 2025 to yesterday.
      3 of them are leads of yours.
      2 leads could be written to now and would be left alone until the cool-down is over.
      1 waiting mail to them would be skipped when the turn comes.
      2 contacts are known already and not added again."
    `)
  })

  test('says when there is nothing', () => {
    const none = { ...found, contacts: 0, oldestAt: null, newestAt: null }
    expect(findingTexts(none, NOW)).toEqual(['No contact was found.'])
  })

  test('tells how far it is', () => {
    const one = {
      touchImportId: 1 as never,
      kind: 'mailbox' as const,
      name: 'you@corp.example',
      stage: 'reading' as const,
      createdAt: NOW,
      sinceAt: NOW - 100 * DAY,
      untilAt: NOW,
      readAt: NOW - 25 * DAY,
      mails: 1_234,
      failureCode: null,
      findings: null,
      kept: 0,
      left: 0,
    }
    expect(percentRead(one)).toBe(25)
    expect(stageText(one, NOW)).toContain('1,234 mails looked at')
    expect(stageText({ ...one, stage: 'kept' }, NOW)).toContain('nothing was added')
  })
})

test.each<[string, Partial<TouchRow>]>([
  [
    'by Pacemail from you@corp.example: Spring',
    { source: 'sent', mailboxAddress: 'you@corp.example', about: 'Spring' },
  ],
  ['by hand', { source: 'by_hand' }],
  ['(imported from old.csv): Hello', { source: 'imported', importName: 'old.csv', about: 'Hello' }],
  [
    'from you@corp.example (found in its Sent folder)',
    { source: 'imported', importName: 'you@corp.example', mailboxAddress: 'you@corp.example' },
  ],
])('a contact is told as “Written to … %s”', (words, row) => {
  const empty = { at: NOW - DAY, sendId: null, to: '', mailboxAddress: null, about: '', importName: null }
  expect(touchText({ ...empty, source: 'sent', ...row }, NOW)).toBe(`Written to yesterday ${words}`)
})

describe('a file', () => {
  test('of earlier mail needs a date beside the address', () => {
    expect(problemOfMapping(['email', 'about'], 'history')).toContain('date')
    expect(problemOfMapping(['email', 'sentAt'], 'history')).toBeNull()
    expect(problemOfMapping(['email', 'custom'], 'leads')).toBeNull()
  })

  test('of each kind offers what fits it, in its own words', () => {
    expect(targetsOf('suppressions').map(({ label }) => label)).toEqual(['Address or domain', 'Leave out'])
    expect(targetsOf('leads').map(({ value }) => value)).not.toContain('sentAt')
    expect(verdictWords('pending', 'new').label).toBe('Would be queued')
    expect(verdictWords('leads', 'new').label).toBe('New')
  })

  test('holds leads unless the address says otherwise', () => {
    expect([purposeOf('history'), purposeOf('nonsense'), purposeOf(undefined)]).toEqual(['history', 'leads', 'leads'])
  })
})
