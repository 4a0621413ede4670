/** Mails that come in, one of each kind. */
import type { Temporal } from 'temporal-polyfill'
import type { Arrival } from './fake-inbox.ts'
import { deliveryReport } from './incoming-mail.ts'
import type { Answer } from './sequence-model.ts'

export interface Answering {
  readonly address: string
  /** Of the mail that it answers. */
  readonly key: string
  readonly answer: Answer
  /** Epoch ms. */
  readonly now: number
  /** The last day on which they are away. */
  readonly until: Temporal.PlainDate
}

export function answerMail({ address, key, answer, now, until }: Answering): Arrival {
  const base = { from: address, at: now, inReplyTo: `<${key}@pacemail.example>` }
  switch (answer) {
    case 'replied':
      return { ...base, body: 'Thank you, let us speak.' }
    case 'opted_out':
      return { ...base, body: 'Please remove me.' }
    case 'auto_replied':
      return {
        ...base,
        body: `I am out of the office until ${until.toLocaleString('en-GB', { dateStyle: 'long' })}.`,
        headers: ['Content-Type: text/plain; charset=utf-8', 'Auto-Submitted: auto-replied'],
      }
    case 'bounced':
      return {
        ...base,
        from: 'mailer-daemon@corp.example',
        ...deliveryReport(address),
      }
  }
}
