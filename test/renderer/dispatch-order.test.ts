import { describe, expect, it } from 'vitest'
import { readDispatchSearch } from '../../renderer/features/dispatch/dispatch-search.ts'
import { countEdits, editsOf, NO_EDITS, withEdit } from '../../renderer/features/dispatch/hand-edits.ts'
import { FIRST_CHOICES, orderOf, without } from '../../renderer/features/dispatch/order.ts'
import { selectionOf } from '../../renderer/ui/lead-choice.ts'
import { requestFor } from '../../renderer/features/dispatch/request-key.ts'

describe('the order', () => {
  const whole = { ...FIRST_CHOICES, templateId: 1, mailboxId: 2 }
  const everybody = selectionOf(FIRST_CHOICES.recipients)

  it('goes to approved leads never written to unless the rep says otherwise', () => {
    expect(everybody.filter).toMatchObject({ review: 'approved', written: 'never' })
    expect(selectionOf({ ...FIRST_CHOICES.recipients, includesWritten: true }).filter.written).toBeNull()
  })

  it('is not complete without template, mailbox, leads and, when scheduled, a time', () => {
    expect(orderOf({ ...whole, templateId: null }, everybody)).toBeNull()
    expect(orderOf({ ...whole, mailboxId: null }, everybody)).toBeNull()
    expect(orderOf(whole, null)).toBeNull()
    expect(orderOf({ ...whole, when: { local: null, zone: 'UTC' } }, everybody)).toBeNull()
    expect(orderOf(whole, everybody)).toMatchObject({ templateId: 1, mailboxId: 2, at: null })
  })

  it('leaves out the leads that are not ticked', () => {
    expect(without({ by: 'ids', ids: [1, 2, 3] }, new Set([2]))).toEqual({ by: 'ids', ids: [1, 3] })
    expect(without({ by: 'ids', ids: [2] }, new Set([2]))).toBeNull()
    expect(without(everybody, new Set([2]))).toEqual({ ...everybody, except: [2] })
  })

  it('takes a lead back in that another page had left out, once it is ticked', () => {
    expect(without({ ...everybody, except: [7] }, new Set())).toEqual({ ...everybody, except: [] })
  })
})

describe('mails written over by hand', () => {
  const from = { templateId: 1, mailboxId: 2 }
  const words = { subject: 'S', body: 'Only for you' }
  const edits = withEdit(NO_EDITS, from, { leadId: 7, words })

  it('go along with the order', () => {
    const list = [{ leadId: 7, ...words }]
    const whole = { ...FIRST_CHOICES, ...from }
    expect(orderOf(whole, selectionOf(whole.recipients), list)).toMatchObject({ edits: list })
  })

  it('belong to their template and mailbox, and are there again when the rep comes back to these', () => {
    expect(editsOf(edits, from).get(7)).toEqual(words)
    expect(editsOf(edits, { ...from, templateId: 9 }).size).toBe(0)
    expect(editsOf(edits, { ...from, mailboxId: 9 }).size).toBe(0)
    const more = withEdit(edits, { ...from, mailboxId: 9 }, { leadId: 7, words: { ...words, body: 'other' } })
    expect(editsOf(more, from).get(7)).toEqual(words)
    expect(countEdits(more)).toBe(2)
  })

  it('are the template’s again when they are reset', () => {
    expect(countEdits(withEdit(edits, from, { leadId: 7, words: null }))).toBe(0)
  })
})

describe('a request', () => {
  const keys = () => {
    let last = 0
    return () => {
      last += 1
      return `key-${last}`
    }
  }

  it('keeps its key while the same order is tried again', () => {
    const newKey = keys()
    const first = requestFor(null, { to: 1 }, newKey)
    expect(requestFor(first, { to: 1 }, newKey).key).toBe(first.key)
  })

  it('gets a new key when the order is another one', () => {
    const newKey = keys()
    const first = requestFor(null, { to: 1 }, newKey)
    expect(requestFor(first, { to: 2 }, newKey).key).not.toBe(first.key)
  })
})

describe('the address of the page', () => {
  it.each([
    ['names a campaign', { campaign: 7 }, { campaignId: 7, handedOver: null }],
    ['hands leads over', { ids: '3,4,4' }, { campaignId: null, handedOver: { by: 'ids', ids: [3, 4] } }],
    ['hands one lead over', { ids: 3 }, { campaignId: null, handedOver: { by: 'ids', ids: [3] } }],
    [
      'hands a selection over',
      { selection: { by: 'filter', filter: { tag: 'expo' }, except: [9] } },
      { campaignId: null, handedOver: { by: 'filter', filter: { tag: 'expo' }, except: [9] } },
    ],
    [
      'brings words of a link for one lead',
      { ids: 3, subject: 'S' },
      { campaignId: null, handedOver: { by: 'ids', ids: [3] }, words: { subject: 'S', body: '' } },
    ],
    [
      'brings none for several',
      { ids: '3,4', subject: 'S', body: 'B' },
      { campaignId: null, handedOver: { by: 'ids', ids: [3, 4] } },
    ],
    ['brings none for nobody', { subject: 'S' }, { campaignId: null, handedOver: null }],
    ['may be nonsense', { campaign: 'x', ids: 'a,-1,0', selection: 'all' }, { campaignId: null, handedOver: null }],
  ])('%s', (_title, search, read) => {
    expect(readDispatchSearch(search)).toEqual({ words: null, ...read })
  })
})
