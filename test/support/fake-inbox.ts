import type { MailHead, MailReader, ReceivedMail, SentRecord } from '#electron/mailbox/mail-provider'
import type { AppError } from '#shared/errors'

/** The reading half of a fake mailbox: what a test puts in arrives, oldest first, a page of two at a time. */
export interface FakeInbox {
  readonly reader: MailReader
  readonly sent: SentRecord[]
  /** What came in of mails to oneself, by key. */
  readonly own: Map<string, ReceivedMail>
  /** The stretches of the past that were asked for, in order. */
  readonly spans: { readonly since: number; readonly before: number }[]
  /** Reading fails while this is set. */
  failure: AppError | null
  /** Mails cannot be opened while this is set, although they are listed. */
  opening: AppError | null
  /** Mails from this address cannot be listed, although they are there. */
  unlisted: { readonly from: string; readonly failure: AppError } | null
  /** How often changes were asked for. */
  reads: number
  /** The provider forgets its cursors: the next reading begins at `since`. */
  hasForgotten: boolean
  receive(mail: Arrival): void
}

export interface Arrival {
  readonly from: string
  /** Epoch ms. */
  readonly at: number
  readonly subject?: string
  readonly headers?: readonly string[]
  readonly body?: string
  /** With brackets. */
  readonly inReplyTo?: string
  readonly threadId?: string
}

export function createFakeInbox(): FakeInbox {
  const mails: { head: MailHead; bytes: Buffer }[] = []
  const inbox: FakeInbox = {
    sent: [],
    own: new Map(),
    spans: [],
    failure: null,
    opening: null,
    unlisted: null,
    reads: 0,
    hasForgotten: false,
    receive: (mail) => void mails.push(arrive(mail, mails.length + 1)),
    reader: {
      async changesSince({ cursor, since }) {
        await Promise.resolve()
        inbox.reads += 1
        if (inbox.failure) throw inbox.failure
        const from = cursor === null || inbox.hasForgotten ? 0 : Number(cursor)
        inbox.hasForgotten = false
        const news = mails.slice(from).filter(({ head }) => from > 0 || head.receivedAt >= since)
        const page = news.slice(0, 2)
        const upTo = page.length === 0 ? Math.max(from, mails.length) : mails.indexOf(page.at(-1)!) + 1
        return { ...listed(page.map(({ head }) => head)), cursor: String(upTo), isMore: news.length > 2 }
      },
      async readMail(id) {
        await Promise.resolve()
        if (inbox.opening) throw inbox.opening
        return mails.find(({ head }) => head.providerMessageId === id)?.bytes ?? null
      },
      tracesOf: (key) => ({ providerMessageId: null, threadId: null, messageId: `<${key}@pacemail.example>` }),
      async readSent() {
        await Promise.resolve()
        return null
      },
      async findReceived({ key }) {
        await Promise.resolve()
        if (inbox.failure) throw inbox.failure
        return inbox.own.get(key) ?? null
      },
      async sentSince(since, most) {
        await Promise.resolve()
        const found = inbox.sent.filter((mail) => mail.sentAt >= since)
        return found.toSorted((a, b) => b.sentAt - a.sentAt).slice(0, most)
      },
      async sentBetween({ since, before }, most) {
        await Promise.resolve()
        inbox.spans.push({ since, before })
        if (inbox.failure) throw inbox.failure
        const found = inbox.sent.filter((mail) => mail.sentAt >= since && mail.sentAt < before)
        return found.toSorted((a, b) => b.sentAt - a.sentAt).slice(0, most)
      },
    },
  }
  function listed(heads: readonly MailHead[]) {
    const { from, failure } = inbox.unlisted ?? { from: null, failure: null }
    const broken = heads.filter((head) => failure !== null && head.from === from)
    return {
      heads: heads.filter((head) => !broken.includes(head)),
      unlisted: broken.flatMap(({ providerMessageId, receivedAt }) =>
        failure === null ? [] : [{ providerMessageId, receivedAt, failure }],
      ),
    }
  }

  return inbox
}

function arrive(mail: Arrival, number: number): { head: MailHead; bytes: Buffer } {
  const refersTo = mail.inReplyTo === undefined ? [] : [mail.inReplyTo]
  const lines = [
    `From: <${mail.from}>`,
    'To: <you@practice.example>',
    `Subject: ${mail.subject ?? 'Re: Hello'}`,
    `Message-ID: <in-${number}@corp.example>`,
    ...refersTo.map((id) => `In-Reply-To: ${id}`),
    ...(mail.headers ?? ['Content-Type: text/plain; charset=utf-8']),
    '',
    mail.body ?? 'Thank you, let us speak on Thursday.',
  ]
  const head: MailHead = {
    providerMessageId: `in-${number}`,
    threadId: mail.threadId ?? null,
    receivedAt: mail.at,
    from: mail.from.toLowerCase(),
    subject: mail.subject ?? 'Re: Hello',
    messageId: `<in-${number}@corp.example>`,
    refersTo,
  }
  return { head, bytes: Buffer.from(`${lines.join('\r\n')}\r\n`) }
}
