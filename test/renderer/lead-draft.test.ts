import { describe, expect, test } from 'vitest'
import { changesOf, draftOf, rebase } from '../../renderer/features/leads/lead-draft.ts'
import { leadRow } from './lead-rows.ts'

const LEAD = leadRow(1, { company: 'Corp', fields: { Segment: 'A', Source: 'fair' } })

describe('typing over a lead', () => {
  test('an untouched draft is no change', () => {
    expect(changesOf(LEAD, draftOf(LEAD))).toBeNull()
  })

  test('only what differs is sent', () => {
    expect(changesOf(LEAD, { ...draftOf(LEAD), company: 'Corp Ltd' })).toEqual({ company: 'Corp Ltd' })
  })

  test('own fields are sent whole, because the engine replaces them', () => {
    const draft = { ...draftOf(LEAD), fields: { ...LEAD.fields, Segment: 'B' } }
    expect(changesOf(LEAD, draft)).toEqual({ fields: { Segment: 'B', Source: 'fair' } })
  })
})

describe('a lead that was changed while the rep typed', () => {
  test('keeps the rep’s words where they typed, and the new ones elsewhere', () => {
    const draft = { ...draftOf(LEAD), note: 'call first' }
    const theirs = leadRow(1, { company: 'Corp Ltd', fields: LEAD.fields, revision: 2 })
    expect(changesOf(theirs, rebase(draft, LEAD, theirs))).toEqual({ note: 'call first' })
  })

  test('the same holds for each own field', () => {
    const draft = { ...draftOf(LEAD), fields: { Segment: 'B', Source: 'fair' } }
    const theirs = leadRow(1, { fields: { Segment: 'A', Source: 'web' }, revision: 2 })
    expect(rebase(draft, LEAD, theirs).fields).toEqual({ Segment: 'B', Source: 'web' })
  })
})
