import { describe, expect, test } from 'vitest'
import { IncomingVerdict } from '#shared/domain/taxonomy'
import { effectText, undoText, verdictRemark, verdictWord } from '../../renderer/features/answers/answer-words.ts'
import { addressOf, VERDICTS, viewOf } from '../../renderer/features/answers/answers-view.ts'
import { evidenceTexts } from '../../renderer/features/answers/evidence-text.ts'

/** Noon, so that an hour more or less stays in the day, in whatever zone this runs. */
const NOW = new Date(2026, 2, 4, 12, 0).getTime()
const DAY = 86_400_000
const PLAIN = { severity: null, returnsAt: null, evidence: {} }

describe('the words for what came back', () => {
  test.each(IncomingVerdict.options)(
    '%s: what it did and what taking it back changes, in whole sentences',
    (verdict) => {
      for (const severity of ['hard', 'soft', 'blocked', null] as const) {
        const answer = { ...PLAIN, verdict, severity }
        expect(effectText(answer, NOW)).toMatch(/^[A-Z].+\.$/)
        expect(undoText(answer)).toMatch(/^[A-Z].+Mail that was skipped meanwhile stays skipped\.$/)
      }
    },
  )

  test('a dead address is told from a full mailbox and from a server that refuses', () => {
    const texts = (['hard', 'soft', 'blocked'] as const).map((severity) => {
      const answer = { ...PLAIN, verdict: 'bounced', severity } as const
      return [verdictRemark(answer, NOW), effectText(answer, NOW), undoText(answer)].join(' ')
    })
    expect(texts.map((text) => text.includes('do-not-contact'))).toEqual([true, false, false])
    expect(new Set(texts).size).toBe(3)
  })

  test('an automatic answer with a date is one of somebody who is away', () => {
    const away = { ...PLAIN, verdict: 'auto_replied', returnsAt: NOW + 3 * DAY } as const
    expect(verdictWord(away).label).toBe('Out of office')
    expect(verdictRemark(away, NOW)).toMatch(/^back on /)
    expect(verdictRemark({ ...away, returnsAt: NOW + DAY }, NOW)).toBe('back tomorrow')
    expect(verdictWord({ ...away, returnsAt: null }).label).toBe('Automatic answer')
    expect(effectText({ ...away, returnsAt: null }, NOW)).not.toContain('held')
  })

  test('an opt-out that is not certain puts nobody on the list, and says so', () => {
    const unsure = { ...PLAIN, verdict: 'opted_out', evidence: { isSure: false } } as const
    expect(verdictWord(unsure).label).toBe('Maybe an opt-out')
    expect(effectText(unsure, NOW)).toContain('not certain')
    expect(undoText(unsure)).not.toContain('comes off')
  })

  test('a bounce about the rep’s own account blames nobody else', () => {
    const own = {
      ...PLAIN,
      verdict: 'bounced',
      severity: 'blocked',
      evidence: { accountProblem: 'day_limit' },
    } as const
    expect(verdictRemark(own, NOW)).toContain('your own')
    expect(effectText(own, NOW)).toContain('rests')
    expect(verdictRemark({ ...own, evidence: { accountProblem: 'toString' } }, NOW)).toContain('their server')
  })

  test('taking an opt-out back warns of what the law says', () => {
    expect(undoText({ verdict: 'opted_out', ...PLAIN })).toContain('forbid')
  })
})

describe('the evidence in words', () => {
  const RULES = [
    'dsn',
    'failed_recipients',
    'bounce_text',
    'auto_header',
    'auto_subject',
    'read_receipt',
    'unsubscribe_mail',
    'opt_out_words',
    'reply',
    'unopened',
  ]
  test.each(RULES)('%s: whole sentences without a code', (rule) => {
    const texts = evidenceTexts({ matchedBy: 'reference', evidence: { rule } })
    expect(texts).toHaveLength(2)
    for (const text of texts) expect(text).toMatch(/^[A-Z].+\.$/)
    expect(texts.join(' ')).not.toMatch(/undefined|null|_/)
  })

  test('the facts that decided are named', () => {
    const why = (evidence: Record<string, unknown>) => evidenceTexts({ matchedBy: 'key', evidence }).join(' ')
    expect(why({ rule: 'dsn', status: '5.1.1' })).toContain('(5.1.1)')
    expect(why({ rule: 'auto_header', header: 'auto-submitted', value: 'auto-replied' })).toContain(
      '(auto-submitted: auto-replied)',
    )
    expect(why({ rule: 'opt_out_words', language: 'de' })).toContain('(German)')
    expect(why({ rule: 'reply', maybeOptOut: true })).toContain('do-not-contact')
  })

  test('codes of a later version are left out rather than shown', () => {
    expect(evidenceTexts({ matchedBy: 'toString', evidence: { rule: 'from_the_future' } })).toEqual([
      'Pacemail’s rules for incoming mail.',
    ])
  })
})

describe('the address of the Answers page', () => {
  test('what it says is read back the same', () => {
    for (const verdict of [...VERDICTS, null]) {
      const view = { verdict, mailboxId: 2, sendId: null }
      expect(viewOf(addressOf(view))).toEqual(view)
    }
    expect(addressOf({ verdict: null, mailboxId: null, sendId: null })).toEqual({})
  })

  test('nonsense counts as not there', () => {
    expect(viewOf({ verdict: 'toString', mailbox: -1, send: 1.5 })).toEqual({
      verdict: null,
      mailboxId: null,
      sendId: null,
    })
  })

  test('every verdict can be asked for', () => {
    expect(VERDICTS.toSorted()).toEqual(IncomingVerdict.options.toSorted())
  })
})
