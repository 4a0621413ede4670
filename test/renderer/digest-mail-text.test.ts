import { describe, expect, it } from 'vitest'
import { TestMailStatus } from '#shared/domain/readiness'
import { digestMailText } from '../../renderer/ui/digest-mail-text.ts'

const CODES = [
  null,
  'mailbox.not_found',
  'mail.signed_out',
  'mail.unreachable',
  'mail.refused',
  'readiness.paused',
  'readiness.limit_used',
  'internal',
]

describe('how the digest by mail stands', () => {
  it.each(TestMailStatus.options)('%s: whole sentences, whatever is known', (status) => {
    for (const code of CODES) {
      for (const address of ['', 'me@corp.example']) {
        for (const at of [null, 0]) {
          const text = digestMailText({ address, status, code, at })
          expect(text).toMatch(/^[A-Z].*\w\.$/)
          expect(text).not.toMatch(/undefined|null|NaN|_/)
        }
      }
    }
  })

  it('says why it waits, and that it may still go', () => {
    const waiting = { address: 'me@corp.example', status: 'preparing', at: 0 } as const
    expect(digestMailText({ ...waiting, code: 'mail.signed_out' })).toBe(
      'Today’s digest is not mailed yet: its mailbox needs a sign-in.',
    )
    expect(digestMailText({ ...waiting, code: null })).toBe('The next digest is mailed to me@corp.example.')
  })
})
