import type { Email } from 'postal-mime'
import type { IncomingVerdict } from '#shared/domain/taxonomy'
import { mailDate } from '../mail-date.ts'
import type { PracticeAnswer } from '../mail-room.ts'
import { KEY_HEADER } from '../mime.ts'

const DAY_MS = 86_400_000

/** The bytes of an invented answer to a mail, shaped as mail programs write them: what reads real mail reads it too. */
export function practiceAnswer(sent: Email, answer: PracticeAnswer): string {
  const to = sent.from?.address ?? ''
  const from = sent.to?.[0]?.address ?? ''
  const subject = oneLine(sent.subject ?? '')
  const head = [
    `Message-ID: <${answer.verdict}.${answer.at}.${answer.key}@practice.example>`,
    `Date: ${mailDate(answer.at)}`,
    `To: <${to}>`,
    `In-Reply-To: ${sent.messageId ?? ''}`,
    `References: ${sent.messageId ?? ''}`,
    'MIME-Version: 1.0',
  ]
  return [...head, ...BODIES[answer.verdict]({ sent, from, subject, answer })].join('\r\n').concat('\r\n')
}

interface Parts {
  readonly sent: Email
  /** The recipient of the mail that is answered. */
  readonly from: string
  readonly subject: string
  readonly answer: PracticeAnswer
}

const TEXT = 'Content-Type: text/plain; charset=utf-8'

const BODIES: Readonly<Record<IncomingVerdict, (parts: Parts) => string[]>> = {
  replied: ({ from, subject }) => [
    `From: <${from}>`,
    `Subject: Re: ${subject}`,
    TEXT,
    '',
    'Thank you for writing. That sounds interesting: could we speak next week?',
  ],
  opted_out: ({ from, subject }) => [`From: <${from}>`, `Subject: Re: ${subject}`, TEXT, '', 'Please remove me.'],
  auto_replied: ({ from, subject, answer }) => [
    `From: <${from}>`,
    `Subject: Automatic reply: ${subject}`,
    'Auto-Submitted: auto-replied',
    TEXT,
    '',
    `I am out of the office until ${mailDate(answer.at + 3 * DAY_MS).slice(5, 16)}.`,
  ],
  bounced: deliveryReport,
}

/** A delivery status notification (RFC 3464) of a dead address. */
function deliveryReport({ from, sent, subject, answer }: Parts): string[] {
  const edge = `report-${answer.key}`
  return [
    'From: Mail Delivery System <mailer-daemon@practice.example>',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'Return-Path: <>',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${edge}"`,
    '',
    `--${edge}`,
    TEXT,
    '',
    `The address ${from} does not exist.`,
    '',
    `--${edge}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; practice.example',
    '',
    `Final-Recipient: rfc822; ${from}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    `--${edge}`,
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${sent.messageId ?? ''}`,
    `Subject: ${subject}`,
    `${KEY_HEADER}: ${answer.key}`,
    '',
    `--${edge}--`,
  ]
}

/** A header is one line; what a subject holds beyond ASCII is only shown to the rep who invented the answer. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
