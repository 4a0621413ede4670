import { describe, expect, test } from 'vitest'
import { PACES } from '#shared/domain/paces'
import { DEFAULT_POLICY, Policy } from '#shared/domain/policy'
import { paceSummary } from '../../renderer/features/mailboxes/pace-summary.ts'
import {
  draftOf,
  paceOf,
  policyOf,
  withDay,
  withMondayAllWeek,
  withPace,
  type PolicyDraft,
} from '../../renderer/features/mailboxes/policy-draft.ts'
import { hasProblems, problemsOf } from '../../renderer/features/mailboxes/policy-problems.ts'

const DRAFT = draftOf(DEFAULT_POLICY)
const NOW = 1_800_000_000_000

function changed(change: Partial<PolicyDraft>): PolicyDraft {
  return { ...DRAFT, ...change }
}

describe('the policy form', () => {
  test('a policy that is opened and saved untouched stays the same', () => {
    expect(policyOf(DRAFT, NOW)).toEqual(DEFAULT_POLICY)
    expect(hasProblems(problemsOf(DRAFT))).toBe(false)
  })

  test.each(Object.keys(PACES) as (keyof typeof PACES)[])(
    'the pace %s is recognised again and can be saved',
    (name) => {
      const draft = withPace(DRAFT, name)
      expect(paceOf(draft)).toBe(name)
      expect(Policy.safeParse(policyOf(draft, NOW)).success).toBe(true)
      expect(policyOf(draft, NOW).gapMs).toEqual(PACES[name].gapMs)
    },
  )

  test('one changed number makes the pace the rep’s own', () => {
    expect(paceOf(changed({ dailyCap: 41 }))).toBeNull()
  })

  test('midnight may end a day', () => {
    const draft = withDay(DRAFT, 0, [{ from: '20:00', to: '00:00' }])
    expect(policyOf(draft, NOW).hours[0]).toEqual([{ from: 1200, to: 1440 }])
    expect(draftOf(policyOf(draft, NOW)).week[0]).toEqual([{ from: '20:00', to: '00:00' }])
    expect(hasProblems(problemsOf(draft))).toBe(false)
  })

  test('a reserve for the rep’s own mail is kept, also on the smallest day', () => {
    expect(policyOf(changed({ handReserve: 5 }), NOW).handReserve).toBe(5)
    expect(hasProblems(problemsOf(changed({ dailyCap: 1, handReserve: 0 })))).toBe(false)
  })

  test('hours are saved in order, however they were typed', () => {
    const draft = withDay(DRAFT, 0, [
      { from: '13:00', to: '17:00' },
      { from: '09:00', to: '12:00' },
    ])
    expect(policyOf(draft, NOW).hours[0]).toEqual(DEFAULT_POLICY.hours[0])
  })

  test('a new slow start begins when it is saved, a running one keeps its beginning', () => {
    const draft = changed({ hasRamp: true, rampFirst: 5, rampPerDay: 3 })
    expect(policyOf(draft, NOW).ramp).toEqual({ startAt: NOW, first: 5, perDay: 3 })
    expect(policyOf({ ...draft, rampStartAt: 7 }, NOW).ramp?.startAt).toBe(7)
  })

  test('Monday’s hours go to the working days and leave the weekend alone', () => {
    const draft = withMondayAllWeek(withDay(DRAFT, 0, [{ from: '08:00', to: '09:00' }]))
    expect(draft.week.map((ranges) => ranges.length)).toEqual([1, 1, 1, 1, 1, 0, 0])
  })
})

describe('mistakes in the policy form', () => {
  const mistakes: [string, PolicyDraft, keyof ReturnType<typeof problemsOf>][] = [
    ['a shortest pause above the longest', changed({ gapMin: 17 }), 'gapMin'],
    ['an empty pause', changed({ gapMax: '' }), 'gapMax'],
    ['no pause at all', changed({ gapMin: 0 }), 'gapMin'],
    ['more an hour than allowed', changed({ hourlyCap: 51 }), 'hourlyCap'],
    ['no mail a day', changed({ dailyCap: 0 }), 'dailyCap'],
    ['half a mail', changed({ dailyCap: 1.5 }), 'dailyCap'],
    ['a negative cool-down', changed({ coolDownDays: -1 }), 'coolDownDays'],
    ['a reserve as large as the day’s limit', changed({ dailyCap: 10, handReserve: 10 }), 'handReserve'],
    ['a reserve of no number', changed({ handReserve: '' }), 'handReserve'],
    ['a slow start without a beginning', changed({ hasRamp: true, rampFirst: '' }), 'rampFirst'],
    ['a week without an open hour', changed({ week: DRAFT.week.map(() => []) }), 'week'],
  ]
  test.each(mistakes)('%s is said at its field', (_, draft, field) => {
    const problems = problemsOf(draft)
    expect(problems[field]).toMatch(/\.$/)
    expect(hasProblems(problems)).toBe(true)
  })

  const days: [string, { from: string; to: string }[]][] = [
    ['an end before the beginning', [{ from: '12:00', to: '09:00' }]],
    [
      'hours that overlap',
      [
        { from: '09:00', to: '12:00' },
        { from: '11:00', to: '13:00' },
      ],
    ],
    ['a missing time', [{ from: '09:00', to: '' }]],
    ['seven ranges', Array.from({ length: 7 }, (_, at) => ({ from: `0${at}:00`, to: `0${at}:30` }))],
  ]
  test.each(days)('%s is said at its day', (_, ranges) => {
    const problems = problemsOf(withDay(DRAFT, 2, ranges))
    expect(problems.days.map((problem) => problem !== null)).toEqual([false, false, true, false, false, false, false])
  })

  test('hours that touch do not overlap', () => {
    const draft = withDay(DRAFT, 0, [
      { from: '09:00', to: '12:00' },
      { from: '12:00', to: '13:00' },
    ])
    expect(problemsOf(draft).days[0]).toBeNull()
  })
})

describe('what a pace comes to', () => {
  test('the pauses decide for the careful one', () => {
    expect(paceSummary(DRAFT)).toBe('On a full day about 38 mails, in a week about 190 mails.')
  })

  test('what is kept free for the rep’s own mail is left out', () => {
    expect(paceSummary(changed({ handReserve: 5 }))).toBe('On a full day about 35 mails, in a week about 175 mails.')
  })

  test('the day’s limit decides for the quick one', () => {
    expect(paceSummary(withPace(DRAFT, 'quick'))).toBe('On a full day about 100 mails, in a week about 500 mails.')
  })
})
