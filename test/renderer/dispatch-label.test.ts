import { describe, expect, it } from 'vitest'
import { campaignLabel, campaignRemarks, dispatchLabel } from '../../renderer/features/dispatch/dispatch-label.ts'
import { isAllSent } from '../../renderer/ui/campaign-progress.ts'

const NONE = {
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

describe('the big button', () => {
  it.each([
    ['counts what would be queued', { ready: 30, isScheduled: false, isBusy: false }, 'Dispatch all (30)'],
    ['schedules once a time is set', { ready: 30, isScheduled: true, isBusy: false }, 'Schedule all (30)'],
    ['names no number that it does not know', { ready: null, isScheduled: false, isBusy: false }, 'Dispatch all'],
    ['says that it was pressed', { ready: 30, isScheduled: true, isBusy: true }, 'Dispatching…'],
  ])('%s', (_title, choosing, label) => {
    expect(dispatchLabel(choosing)).toBe(label)
  })
})

describe('a campaign', () => {
  it.each([
    ['is queued before the first mail went', 'active', { total: 30, pending: 30 }, 'Queued (0/30 sent)'],
    ['counts what was sent', 'active', { total: 30, pending: 17, processing: 1, sent: 12 }, 'Queued (12/30 sent)'],
    [
      'is not done while one mail is at the provider',
      'active',
      { total: 2, processing: 1, sent: 1 },
      'Queued (1/2 sent)',
    ],
    ['says that it is paused', 'paused', { total: 30, pending: 18, sent: 12 }, 'Paused (12/30 sent)'],
    ['is done when nothing waits', 'completed', { total: 30, sent: 30 }, 'All emails dispatched'],
    ['does not call it dispatched when nothing was sent', 'completed', { total: 2, failed: 2 }, 'Nothing was sent'],
    ['says that it was cancelled', 'cancelled', { total: 30, sent: 12, cancelled: 18 }, 'Campaign cancelled'],
  ] as const)('%s', (_title, status, progress, label) => {
    expect(campaignLabel({ status, progress: { ...NONE, ...progress } })).toBe(label)
  })

  it('says honestly what did not go out', () => {
    expect(campaignRemarks({ ...NONE, total: 30, sent: 26, failed: 2, skipped: 1, uncertain: 1 })).toEqual([
      '26 sent',
      '2 failed',
      '1 skipped because a rule forbids them',
      '1 uncertain: you decide in the queue',
    ])
  })

  it('has nothing to add when every mail was sent', () => {
    expect(campaignRemarks({ ...NONE, total: 30, sent: 30 })).toEqual([])
  })

  it('is all sent only when every single mail was', () => {
    expect(isAllSent({ ...NONE, total: 2, sent: 2 })).toBe(true)
    expect(isAllSent({ ...NONE, total: 2, sent: 1, skipped: 1 })).toBe(false)
    expect(isAllSent(NONE)).toBe(false)
  })
})
