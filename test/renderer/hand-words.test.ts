import { describe, expect, test } from 'vitest'
import type { Campaign } from '#shared/contract/campaigns'
import {
  handChangedWords,
  handChangeWords,
  handWords,
  removalWords,
} from '../../renderer/features/campaigns/hand-words.ts'
import {
  cameFromOf,
  draftOf,
  planOf,
  withoutStep,
  withStep,
  withStepPart,
} from '../../renderer/features/campaigns/sequence-draft.ts'

/** Three mails, each from a template of its own; `byHand` and `old` by mail. */
function campaign(byHand: readonly number[], old: readonly number[] = [0, 0, 0]): Campaign {
  const steps = byHand.map((count, step) => ({
    delay: { days: step, unit: 'days' },
    threading: step === 0 ? 'new' : 'reply',
    variants: [{ templateId: step + 1, versionId: step + 11 }],
    byHand: count,
    byHandOld: old[step],
  }))
  const rest = {
    name: 'North',
    mailboxIds: [1, 2],
    priority: 1,
    useLeadZone: false,
    missed: 'spread',
    scheduledAt: null,
  }
  return { ...rest, steps, expiresAfterHours: null } as unknown as Campaign
}

const newest = new Map([
  [1, 11],
  [2, 12],
  [3, 13],
])

function said(before: Campaign, change: (draft: ReturnType<typeof draftOf>) => ReturnType<typeof draftOf>): string[] {
  const draft = change(draftOf(before, 'UTC'))
  return handChangeWords(before, planOf(draft), { cameFrom: cameFromOf(draft), newest })
}

describe('before a change of a draft is saved', () => {
  const before = campaign([0, 1, 2])

  test('nothing is said where what was edited keeps its text, also at another place', () => {
    expect(said(before, (draft) => draft)).toEqual([])
    expect(said(before, (draft) => withoutStep(draft, 0))).toEqual([
      'Mail 1 gets another text: 1 mail that you edited by hand keeps your words.',
    ])
    expect(said(campaign([0, 0, 2]), (draft) => withoutStep(draft, 1))).toEqual([])
  })

  test('it says how many keep their words, and how many go with their mail', () => {
    expect(said(before, (draft) => withStepPart(draft, 2, { templateIds: [1] }))).toEqual([
      'Mail 3 gets another text: 2 mails that you edited by hand keep your words.',
    ])
    expect(said(before, (draft) => withoutStep(draft, 1))).toEqual([
      'Mail 2 is gone, and with it 1 mail that you edited by hand.',
    ])
    // A new one at the end is not the one that stood there.
    expect(said(before, (draft) => withStepPart(withStep(withoutStep(draft, 2)), 2, { templateIds: [3] }))).toEqual([
      'Mail 3 is gone, and with it 2 mails that you edited by hand.',
    ])
  })

  test('a newer version of the template is another text, and so is an answer that becomes a mail of its own', () => {
    const draft = draftOf(before, 'UTC')
    const change = { cameFrom: cameFromOf(draft), newest: new Map([...newest, [2, 20]]) }
    expect(handChangeWords(before, planOf(draft), change)).toHaveLength(1)
    expect(said(before, (asked) => withStepPart(asked, 1, { threading: 'new' }))).toHaveLength(1)
  })

  test('a mailbox that is left out is said once', () => {
    expect(said(before, (draft) => ({ ...draft, mailboxIds: [2] }))).toEqual([
      'Mails that you edited by hand keep the signature that stands in them, whichever mailbox they go from.',
    ])
    expect(said(campaign([0, 0, 0]), (draft) => ({ ...draft, mailboxIds: [2] }))).toEqual([])
  })
})

test('afterwards it is said what became of them', () => {
  expect(handChangedWords({ kept: 0, dropped: 0 })).toBe('Saved.')
  expect(handChangedWords({ kept: 2, dropped: 1 })).toBe(
    'Saved: 2 mails that you edited by hand keep your words, 1 mail that you edited by hand went with the mail that is gone.',
  )
})

test('a draft says how many mails were edited, and how many of them to read again', () => {
  expect(handWords(campaign([0, 0, 0]), 0)).toEqual([])
  expect(handWords(campaign([1, 0, 2]), 0)).toEqual(['3 mails edited by hand.'])
  expect(handWords(campaign([1, 0, 2]), 4)).toEqual([
    '3 mails edited by hand. What you edited for somebody who is left out at the start is lost.',
  ])
  expect(handWords(campaign([0, 0, 0]), 4)).toEqual([])
  expect(handWords(campaign([1, 0, 2], [1, 0, 0]), 0)[1]).toMatch(/^For 1 the template .* It goes with your words/)
  expect(handWords(campaign([1, 0, 2], [1, 0, 2]), 0)[1]).toMatch(/^The template .* They go with your words/)
})

test('who takes people out hears what is lost', () => {
  expect(removalWords(true, { count: 1, hasEdits: true })).toContain('What you edited by hand for them is lost.')
  expect(removalWords(true, { count: 2, hasEdits: false })).toBe(
    'Nothing is queued for these people yet. You can add them again.',
  )
  expect(removalWords(false, { count: 2, hasEdits: false })).toContain('these people in this campaign is cancelled')
})
