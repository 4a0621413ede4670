import { readFileSync } from 'node:fs'
import type { IncomingContext } from '#shared/domain/incoming/judge-incoming'
import type { IncomingMail, IncomingMatch, SentCandidate } from '#shared/domain/incoming/incoming-mail'
import { parseIncoming } from '#electron/mailbox/parse-incoming'

/** Noon in Berlin on the day on which the fixtures arrive, a Tuesday. */
export const RECEIVED_AT = Date.parse('2026-12-01T11:00Z')

/** The mail of ours that every fixture answers. */
export const SENT: SentCandidate = {
  sendId: 1,
  key: 'k7q2m4x6t8v2w3y5',
  messageId: '<CAFk7q2m4x6=t8v2w3y5@mail.gmail.com>',
  threadId: 'thread-1',
  to: 'Ann.Lee@corp.example',
  subject: 'A question about your warehouse',
  sentAt: Date.parse('2026-12-01T09:00Z'),
  isInDoubt: false,
}

export function fixtureBytes(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/incoming/${name}.eml`, import.meta.url))
}

export function parseFixture(name: string): Promise<IncomingMail> {
  return parseIncoming(fixtureBytes(name), {
    receivedAt: RECEIVED_AT,
    threadId: null,
    ownAddresses: ['rep@sender.example'],
  })
}

/** An answer of Ann's, in which a test says only what it is about. */
export function incomingMail(changes: Partial<IncomingMail> = {}): IncomingMail {
  return {
    from: 'ann.lee@corp.example',
    to: ['rep@sender.example'],
    subject: 'Re: A question about your warehouse',
    receivedAt: RECEIVED_AT,
    threadId: null,
    messageId: '<answer-1@corp.example>',
    refersTo: [],
    headers: {},
    newText: 'By hand.',
    text: 'By hand.',
    report: null,
    isFromSelf: false,
    ...changes,
  }
}

/** Only Ann was mailed lately. */
export function incomingContext(match: IncomingMatch | null = { candidate: SENT, how: 'reference' }): IncomingContext {
  return {
    now: RECEIVED_AT,
    zone: 'Europe/Berlin',
    match,
    wasMailedLately: (identity) => identity === 'ann.lee@corp.example',
  }
}
