import { describe, expect, test } from 'vitest'
import type { Campaign, Person } from '#shared/contract/campaigns'
import { MOST_STEPS } from '#shared/domain/sequence-limits'
import {
  addedWords,
  answerWords,
  cancelQuestion,
  isOpen,
  isRunning,
  mailName,
  PERSON_STATUSES,
  personName,
  progressWords,
  rateWords,
  replyWords,
  sentWords,
  stepWords,
  timeWords,
  variantName,
  verdictWords,
} from '../../renderer/features/campaigns/campaign-words.ts'
import { changedWords, changeWords } from '../../renderer/features/campaigns/change-words.ts'
import { personWord, putBackWords, stepCell } from '../../renderer/features/campaigns/person-words.ts'
import {
  draftOf,
  draftProblems,
  newDraft,
  planOf,
  withoutStep,
  withStep,
  withStepPart,
  type SequenceDraft,
} from '../../renderer/features/campaigns/sequence-draft.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const HOUR = 3_600_000
const NONE: Campaign['progress'] = {
  total: 0,
  pending: 0,
  retrying: 0,
  processing: 0,
  sent: 0,
  failed: 0,
  cancelled: 0,
  skipped: 0,
  uncertain: 0,
  bounced: 0,
  replied: 0,
  optedOut: 0,
}

function variant(templateId: number, part: object = {}) {
  const text = { templateName: `T${templateId}`, versionId: templateId * 10, version: 1 }
  return { templateId, ...text, sent: 0, replied: 0, bounced: 0, optedOut: 0, ...part }
}

/** Three mails, 3 and 7 working days apart. */
function campaign(part: object = {}): Campaign {
  const delays = [0, 3, 7]
  return {
    id: 1,
    name: 'North',
    status: 'active',
    steps: delays.map((days, step) => ({
      delay: { days, unit: 'working_days' },
      threading: step === 0 ? 'new' : 'reply',
      variants: [variant(step + 1)],
    })),
    mailboxIds: [1],
    priority: 1,
    useLeadZone: false,
    missed: 'spread',
    expiresAfterHours: null,
    scheduledAt: null,
    createdAt: NOW,
    archivedAt: null,
    endedAt: null,
    progress: NONE,
    people: { total: 0, byStatus: {} },
    sentLatelyAt: [] as number[],
    lastSendAt: null,
    ...part,
  } as Campaign
}

describe('a campaign in words', () => {
  test('counts what was sent, and names only what there is', () => {
    expect(sentWords({ ...NONE, total: 1, sent: 1 })).toBe('1 of 1 mail sent (100 %)')
    expect(progressWords({ ...NONE, total: 9, sent: 2, pending: 3, processing: 1, failed: 2 })).toEqual([
      '1 being sent',
      '3 waiting',
      '2 failed',
    ])
    expect(progressWords({ ...NONE, total: 2, sent: 2 })).toEqual([])
  })

  test('all of it is sent only once nothing is left', () => {
    expect(sentWords({ ...NONE, total: 300, sent: 299 })).toBe('299 of 300 mails sent (99 %)')
    expect(sentWords(NONE)).toBe('0 of 0 mails sent (0 %)')
  })

  test('says how fast it goes by the time it is now', () => {
    const running = { status: 'active', progress: { ...NONE, pending: 2 } } as const
    const sentLatelyAt = [NOW - 20 * HOUR, NOW - HOUR, NOW - HOUR + 1, NOW]
    expect(rateWords({ ...running, sentLatelyAt }, NOW)).toBe('2 in the last hour, 4 in the last 24 hours')
    expect(rateWords({ ...running, sentLatelyAt }, NOW + 10 * HOUR)).toBe('0 in the last hour, 3 in the last 24 hours')
    expect(rateWords({ ...running, sentLatelyAt }, NOW + 30 * HOUR)).toBe('none in the last 24 hours')
    expect(rateWords({ ...running, sentLatelyAt: [], status: 'paused' }, NOW)).toBeNull()
    expect(rateWords({ ...running, sentLatelyAt: [], progress: NONE }, NOW)).toBeNull()
  })

  test('what came back is said once something was sent, also when it is nothing', () => {
    expect(answerWords(NONE)).toEqual([])
    expect(answerWords({ ...NONE, sent: 3, replied: 1 })).toEqual(['1 replied', '0 bounced', '0 opted out'])
  })

  test('says when it ends, or why that cannot be said', () => {
    const waiting = { ...NONE, total: 2, pending: 1 }
    expect(timeWords(campaign({ status: 'draft' }), NOW)).toBe('not started')
    expect(timeWords(campaign({ status: 'paused', progress: waiting }), NOW)).toBe('stands still until you resume it')
    expect(timeWords(campaign({ progress: waiting }), NOW)).toBe('no end can be named yet')
    expect(timeWords(campaign({ progress: waiting, lastSendAt: NOW }), NOW)).toMatch(/^the last mail goes /)
    expect(timeWords(campaign({ status: 'completed', endedAt: NOW }), NOW)).toMatch(/^ended /)
    expect(timeWords(campaign(), NOW)).toMatch(/^made /)
  })

  test('a cancelled one and one that was put away take no more changes', () => {
    expect([isOpen(campaign()), isOpen(campaign({ status: 'completed' }))]).toEqual([true, true])
    expect([isOpen(campaign({ status: 'cancelled' })), isOpen(campaign({ archivedAt: 1 }))]).toEqual([false, false])
    expect([isRunning(campaign({ status: 'paused' })), isRunning(campaign({ status: 'draft' }))]).toEqual([true, false])
  })

  test('cancelling says how many mails it stops', () => {
    expect(cancelQuestion(campaign({ progress: { ...NONE, pending: 6 } }))).toContain('6 waiting mails of “North”')
    expect(cancelQuestion(campaign({ status: 'draft' }))).toContain('no mail is stopped')
  })

  test('adding says who was not added', () => {
    expect(addedWords({ added: 3, left: 0 }, false)).toBe('3 people added.')
    expect(addedWords({ added: 0, left: 1 }, false)).toBe('Nobody was added. 1 lead left out.')
    expect(addedWords({ added: 1, left: 2 }, true)).toBe('1 person added. 2 leads in it already.')
  })
})

describe('a mail of the sequence in words', () => {
  test('says when it goes and how', () => {
    const [first, second] = campaign().steps
    if (first === undefined || second === undefined) throw new Error('no steps')
    expect(stepWords(first, 0)).toBe('at once')
    expect(stepWords(second, 1)).toBe('3 working days after mail 1, as an answer in the same thread')
    expect(stepWords({ delay: { days: 1, unit: 'days' }, threading: 'new' }, 2)).toBe(
      '1 day after mail 2, as a new mail',
    )
    expect(stepWords({ delay: { days: 0, unit: 'days' }, threading: 'new' }, 1)).toBe(
      'the same day as mail 1, as a new mail',
    )
    expect([mailName(0), variantName(3)]).toEqual(['Mail 1', 'D'])
  })

  test('gives no rate before there is enough data', () => {
    expect(replyWords({ sent: 0, replied: 0 })).toBe('none sent yet')
    expect(replyWords({ sent: 29, replied: 3 })).toBe('3 of 29 replied, not enough data for a rate yet')
    expect(replyWords({ sent: 30, replied: 3 })).toBe('10 % replied (3 of 30)')
  })

  test('compares texts honestly', () => {
    expect(verdictWords([{ sent: 100, replied: 5 }])).toBeNull()
    expect(verdictWords([variant(1), variant(2)])).toContain('Not enough data yet')
    expect(verdictWords([variant(1, { sent: 200, replied: 10 }), variant(2, { sent: 200, replied: 50 })])).toMatch(
      /^Text B/,
    )
    expect(verdictWords([variant(1, { sent: 200, replied: 10 }), variant(2, { sent: 200, replied: 11 })])).toMatch(
      /^No/,
    )
  })
})

describe('the editor', () => {
  const complete = (): SequenceDraft => ({
    ...newDraft({ templateId: 1, mailboxId: 1 }),
    name: ' North ',
    steps: newDraft({ templateId: 1, mailboxId: 1 }).steps.map((step, index) => ({
      ...step,
      templateIds: [index + 1],
    })),
  })

  test('begins with three mails at once, after 3 and after 7 working days, the follow-ups as answers', () => {
    const { steps } = newDraft({ templateId: 1, mailboxId: 1 })
    expect(steps.map(({ days, unit, threading }) => [days, unit, threading])).toEqual([
      [0, 'working_days', 'new'],
      [3, 'working_days', 'reply'],
      [7, 'working_days', 'reply'],
    ])
  })

  test('says what is missing until it can be saved', () => {
    const draft = newDraft({ templateId: null, mailboxId: null })
    expect(draftProblems(draft, NOW, false)).toEqual([
      'Give the campaign a name.',
      'Choose a template for mail 1.',
      'Choose a template for mail 2.',
      'Choose a template for mail 3.',
      'Choose a mailbox to send from.',
    ])
    expect(draftProblems(complete(), NOW, false)).toEqual([])
  })

  test('the same text is not compared with itself', () => {
    const draft = withStepPart(complete(), 1, { templateIds: [2, 2] })
    expect(draftProblems(draft, NOW, false)).toEqual([
      'Mail 2 has the same template twice. Choose another one to compare.',
    ])
  })

  test('a start that has passed is refused for a draft and of no consequence for a campaign that runs', () => {
    const draft = { ...complete(), when: { local: '2026-03-02T08:00', zone: 'UTC' } }
    expect(draftProblems(draft, NOW, false)).toEqual(['Choose a start that is still to come.'])
    expect(draftProblems(draft, NOW, true)).toEqual([])
    expect(draftProblems({ ...draft, when: { local: null, zone: 'UTC' } }, NOW, false)).toEqual([
      'Choose a date and a time to start.',
    ])
  })

  test('when the first mail goes, the next one is at once and answers none', () => {
    const plan = planOf(withoutStep(complete(), 0))
    expect(plan.steps.map(({ delay, threading }) => [delay.days, threading])).toEqual([
      [0, 'new'],
      [7, 'reply'],
    ])
  })

  test('keeps one mail at least and ten at most', () => {
    let draft = complete()
    for (let times = 0; times < 20; times += 1) draft = withStep(draft)
    expect(draft.steps.length).toBe(MOST_STEPS)
    expect(new Set(draft.steps.map(({ key }) => key)).size).toBe(MOST_STEPS)
    for (const { key } of draft.steps) draft = withoutStep(draft, key)
    expect(draft.steps.length).toBe(1)
  })

  test('a campaign comes back as it was written, with its date in the zone of the machine', () => {
    const plan = planOf(
      draftOf(campaign({ scheduledAt: NOW, missed: 'expire', expiresAfterHours: 12 }), 'Europe/Berlin'),
    )
    expect(plan.at).toEqual({ local: '2026-03-02T10:00', zone: 'Europe/Berlin' })
    expect(plan.expiresAfterHours).toBe(12)
    expect(plan.steps.map(({ templateIds }) => templateIds)).toEqual([[1], [2], [3]])
    expect(planOf({ ...complete(), expiresAfterHours: 12 }).expiresAfterHours).toBeNull()
    expect(planOf(complete()).name).toBe('North')
  })
})

describe('changing a campaign that runs', () => {
  const same = () => planOf(draftOf(campaign(), 'UTC'))
  const newest = new Map([
    [1, 10],
    [2, 20],
    [3, 30],
  ])

  test('nothing is said about mail that stays as it is', () => {
    expect(changeWords(campaign(), same(), newest)).toEqual([])
  })

  test('says what becomes of the mails of each step', () => {
    const plan = same()
    const [first, second] = plan.steps
    if (first === undefined || second === undefined) throw new Error('no steps')
    const changed = {
      ...plan,
      steps: [first, { ...second, delay: { days: 5, unit: 'days' as const }, templateIds: [3] }],
    }
    expect(changeWords(campaign(), changed, newest)).toEqual([
      'Mail 2 changes: what waits of it is written anew.',
      'Mail 2 goes at another time: the days are counted anew from the mail before it.',
      'Mail 3 is gone: what waits of it is cancelled.',
    ])
    expect(changeWords(campaign(), { ...plan, steps: [...plan.steps, second] }, newest)).toEqual([
      'Mail 4 is new: it is added for everybody who is still in the campaign and has not got it.',
    ])
  })

  test('a newer version of a template is taken, and that is said', () => {
    expect(changeWords(campaign(), same(), new Map([[2, 21]]))).toEqual([
      'Mail 2 takes the newest version of its template: what waits of it is written anew.',
    ])
  })

  test('other mailboxes and another priority are said', () => {
    expect(changeWords(campaign(), { ...same(), mailboxIds: [2], priority: 0 }, newest)).toHaveLength(2)
  })

  test('says afterwards what it did', () => {
    const none = { rewritten: 0, kept: 0, dropped: 0, undecided: 0, cancelled: 0, added: 0 }
    expect(changedWords(none)).toBe('Saved. No waiting mail had to change.')
    expect(changedWords({ ...none, rewritten: 4, kept: 1, undecided: 1, cancelled: 2, added: 3 })).toBe(
      'Saved: 4 mails written anew, 1 mail kept their old text: you wrote them over by hand, or they lack a field of the new one, 1 mail on the way or in doubt, to take the new text if not sent after all, 2 mails cancelled, 3 mails added.',
    )
  })
})

test('says who was put back in, and why somebody stays out', () => {
  const left = [{ leadId: 1, to: 'ann@one.example', leadName: 'Ann', reason: 'lead_replied', fields: [] }] as never
  expect(putBackWords({ changed: 2, left: [], leftCount: 0 })).toBe('2 people put back in: they go on where they were.')
  expect(putBackWords({ changed: 0, left, leftCount: 1 })).toMatch(/^Nobody was put back in\. Ann stays out\. /)
  expect(putBackWords({ changed: 1, left, leftCount: 3 })).toMatch(/3 people stay out\. The first: /)
  expect(putBackWords({ changed: 0, left: [], leftCount: 0 })).toBe(
    'Nobody was put back in. Only people whom you took out can be.',
  )
})

describe('a person of a campaign', () => {
  const step = (part: object) =>
    ({
      sendId: 1,
      step: 0,
      variant: 0,
      status: 'pending',
      outcome: 'none',
      skipped: null,
      finishedAt: null,
      wait: null,
      ...part,
    }) as Person['steps'][0]

  test('who has no name goes by the address', () => {
    expect(personName({ leadName: '', email: 'a@b.example' })).toBe('a@b.example')
    expect(PERSON_STATUSES).toHaveLength(8)
  })

  test('a waiting mail shows its time, or the reason why there is none', () => {
    const wait = { code: 'step_delay', at: NOW + 60_000, ahead: 0, willSkip: null }
    expect(stepCell(step({ wait }), NOW).long).toMatch(/^It goes at .* have passed\.$/)
    expect(stepCell(step({ wait: { ...wait, code: 'campaign_paused', at: null } }), NOW).short).toBe('Campaign paused')
    expect(stepCell(step({ wait: { ...wait, willSkip: 'cool_down' } }), NOW).short).toBe('Will be skipped')
  })

  test('a skipped mail says why', () => {
    expect(stepCell(step({ status: 'skipped', skipped: 'lead_replied' }), NOW).long).toBe(
      'Skipped. This person has already answered.',
    )
  })

  test('what came back stands in the place of the time', () => {
    expect(stepCell(step({ status: 'sent', outcome: 'bounced', finishedAt: NOW }), NOW)).toMatchObject({
      short: 'Bounced',
      tone: 'bad',
    })
    expect(stepCell(step({ status: 'failed', finishedAt: NOW }), NOW).long).toMatch(/^Failed /)
  })

  test('somebody who is away is away until a date', () => {
    expect(personWord({ status: 'on_hold', heldUntil: NOW + 86_400_000 }, NOW).label).toBe('Away until tomorrow')
    expect(personWord({ status: 'on_hold', heldUntil: null }, NOW).label).toBe('Away')
  })
})
