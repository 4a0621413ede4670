import { describe, expect, test } from 'vitest'
import { LookFinding, LookPlace } from '#shared/domain/taxonomy'
import { foundText, lookedAgainText, lookText } from '../../renderer/features/queue/look-text.ts'

const NOW = Date.UTC(2026, 10, 23, 14)
const MISSING = /not there|not found|never|absent/i

describe('what a look found', () => {
  test.each(LookFinding.options)('"%s" is one sentence, and names where it was looked', (found) => {
    const text = foundText({ found, code: null, places: found === 'no_answer' ? [] : ['sent'] })
    expect(text).toMatch(/\.$/)
    if (found !== 'no_answer') expect(text).toContain('in Sent')
  })

  test.each([null, 'mail.unreachable', 'mail.signed_out', 'mail.refused', 'internal'])(
    'a look without an answer (%s) is never told as "not there"',
    (code) => {
      expect(foundText({ found: 'no_answer', code, places: [] })).not.toMatch(MISSING)
      expect(lookedAgainText({ found: 'no_answer', code, nextLookAt: null }, NOW)).not.toMatch(MISSING)
    },
  )

  test('"not there" is said not to be a proof', () => {
    expect(foundText({ found: 'nothing', code: null, places: ['draft', 'thread', 'sent'] })).toBe(
      'Looked in the drafts, in its conversation, in Sent: not there. That alone does not prove that it was not sent.',
    )
  })

  test.each(LookPlace.options)('the place "%s" has words', (place) => {
    expect(foundText({ found: 'sent', code: null, places: [place] })).not.toContain('undefined')
  })

  test('a long row of the same says how long it is', () => {
    const look = { found: 'no_answer' as const, code: 'mail.unreachable', places: [], byRep: false }
    expect(lookText({ ...look, times: 1 })).not.toContain('row')
    expect(lookText({ ...look, times: 32 })).toContain('for the 32nd time in a row')
    expect(lookText({ ...look, times: 112 })).toContain('112th')
  })
})

describe('what is said after "Look again"', () => {
  test('says when it is looked for again, and who decides where that never is', () => {
    const at = NOW + 60_000
    expect(lookedAgainText({ found: 'too_early', code: null, nextLookAt: at }, NOW)).toContain('again by itself')
    expect(lookedAgainText({ found: 'nothing', code: null, nextLookAt: null }, NOW)).toContain('You decide.')
    expect(lookedAgainText({ found: 'never', code: null, nextLookAt: null }, NOW)).toContain('cannot look')
  })
})
