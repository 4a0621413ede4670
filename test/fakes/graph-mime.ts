import { convert } from 'html-to-text'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { StoredMessage } from '#test/fakes/graph-store'

/**
 * What Exchange's transport makes of a message (outlook-things-to-know-about-send-mail, step 3): MIME given by the client
 * more or less intact, otherwise the fields. An HTML body becomes a document of Exchange's with a text part made from it, a
 * text body stays the only part; Message-ID and Date are Exchange's.
 */
export async function renderMime(message: StoredMessage, sentAt: number): Promise<Buffer> {
  if (message.mime !== null) return message.mime
  const { body } = message
  const html = body.contentType === 'html' ? documentOf(body.content) : null
  const composer = new MailComposer({
    from: person(message.from),
    to: message.to.map(person),
    cc: message.cc.map(person),
    subject: message.subject,
    text: html === null ? body.content : convert(html, { wordwrap: false }),
    ...(html === null ? {} : { html }),
    messageId: message.internetMessageId,
    ...threadOf(message),
    date: new Date(sentAt),
    newline: 'windows',
    headers: headersOf(message),
    attachments: message.files.map(({ name, contentType, bytes }) => ({ filename: name, contentType, content: bytes })),
  }).compile()
  return composer.build()
}

export interface Person {
  readonly name: string
  readonly address: string
}

function person({ name, address }: Person): Person {
  return { name, address }
}

/** What a reply carries, or PidTagInReplyToId and PidTagInternetReferences where a client set them. */
function threadOf(message: StoredMessage): { inReplyTo?: string; references?: string[] } {
  const set = message.properties.get('string 0x1039')?.split(' ') ?? []
  const references = message.references.length === 0 ? set : message.references
  const inReplyTo = message.properties.get('string 0x1042') ?? references.at(-1)
  return inReplyTo === undefined ? {} : { inReplyTo, references: [...references] }
}

function documentOf(html: string): string {
  const meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
  return /<html/i.test(html) ? html : `<html><head>\r\n${meta}</head><body>${html}</body></html>`
}

function headersOf(message: StoredMessage): Record<string, string> {
  const unsubscribe = message.properties.get('string 0x1045')
  return {
    'Thread-Index': Buffer.from(message.conversationId).toString('base64'),
    ...Object.fromEntries(message.headers.map(({ name, value }) => [name, value])),
    ...(unsubscribe === undefined ? {} : { 'List-Unsubscribe': unsubscribe }),
  }
}
