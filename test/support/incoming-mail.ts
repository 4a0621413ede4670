/** Mails that come in at a mailbox that is played on this machine, byte for byte. */

export interface AnswerParts {
  /** The mailbox that it comes to. */
  readonly to: string
  readonly text: string
  /** Epoch ms. */
  readonly at: number
  readonly headers?: readonly string[]
  /** With brackets. */
  readonly inReplyTo?: string
}

export function answerFrom(from: string, { to, text, at, headers = [], inReplyTo }: AnswerParts): Buffer {
  return mailOf([
    `From: <${from}>`,
    `To: <${to}>`,
    'Subject: Re: A question',
    `Message-ID: <${at}.${from}>`,
    `Date: ${new Date(at).toUTCString()}`,
    ...(inReplyTo === undefined ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`]),
    ...headers,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ])
}

/** What comes back for a mail that left, whose bytes `raw` are: from its recipient, or from the server that was to deliver it. */
export function cameBack(what: 'reply' | 'bounce', { raw, to, at }: { raw: string; to: string; at: number }): Buffer {
  const header = raw.slice(0, raw.indexOf('\r\n\r\n'))
  const own = /^Message-ID:\s*(<[^>]+>)/im.exec(header)?.[1] ?? ''
  const rep = 'rita@pacemail.example'
  if (what === 'reply') return answerFrom(to, { to: rep, text: 'Gladly, let us speak.', at, inReplyTo: own })
  const { subject, headers, body } = deliveryReport(to)
  return mailOf([
    'From: Mail Delivery System <mailer-daemon@corp.example>',
    `To: <${rep}>`,
    `Subject: ${subject}`,
    `Message-ID: <bounce.${at}.${to}>`,
    `Date: ${new Date(at).toUTCString()}`,
    `In-Reply-To: ${own}`,
    ...headers,
    '',
    body.replace(/--edge--$/, ['--edge', 'Content-Type: text/rfc822-headers', '', header, '', '--edge--'].join('\r\n')),
  ])
}

/** A delivery report (RFC 3464) on a mail to this address: what a received mail is made of. */
export function deliveryReport(
  failed: string,
  { status = '5.1.1', diagnostic = null }: { readonly status?: string; readonly diagnostic?: string | null } = {},
) {
  const body = [
    '--edge',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--edge',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; corp.example',
    '',
    `Final-Recipient: rfc822; ${failed}`,
    'Action: failed',
    `Status: ${status}`,
    ...(diagnostic === null ? [] : [`Diagnostic-Code: smtp; ${diagnostic}`]),
    '',
    '--edge--',
  ]
  return {
    subject: 'Undelivered Mail Returned to Sender',
    headers: [
      'Content-Type: multipart/report; report-type=delivery-status; boundary=edge',
      'Auto-Submitted: auto-replied',
    ],
    body: body.join('\r\n'),
  }
}

/** What the mail server of a company says of an address that does not exist. */
export function bounceOf(failed: string, { to, at }: Pick<AnswerParts, 'to' | 'at'>): Buffer {
  const { subject, headers, body } = deliveryReport(failed)
  return mailOf([
    'From: Mail Delivery System <mailer-daemon@corp.example>',
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Message-ID: <bounce.${at}@corp.example>`,
    `Date: ${new Date(at).toUTCString()}`,
    ...headers,
    '',
    body,
  ])
}

function mailOf(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}
