import { messageIdsIn } from '#shared/domain/incoming/report'
import { parseMailDate } from '../mail-date.ts'
import type { MailHead } from '../mail-provider.ts'
import type { KnownMail } from '../one-by-one.ts'
import { field, messagePath, textOf, withQuery } from './outlook-message.ts'
import type { OutlookSession } from './outlook-session.ts'

/**
 * What is asked of incoming mail. The headers are "returned only on applying a $select query option" (the message resource), and a
 * delta query takes `$select` "as in any GET request" (learn.microsoft.com/graph/api/message-delta); that it tells them was seen
 * (microsoft-graph-docs#7776). Why they matter: an answer from another address may come in a conversation of its own.
 */
export const HEAD =
  'id,subject,from,sender,receivedDateTime,conversationId,internetMessageId,isDraft,internetMessageHeaders'

/** What a row of a list says at least; null where it names nothing. */
export function knownIn(row: unknown): (KnownMail & { readonly row: unknown }) | null {
  const providerMessageId = textOf(row, 'id')
  const receivedAt = parseMailDate(textOf(row, 'receivedDateTime') ?? '')
  return providerMessageId === null ? null : { providerMessageId, receivedAt, row }
}

/** Null for what is no mail that came in: a removed one, a draft. */
export async function headOf(session: OutlookSession, row: unknown, signal: AbortSignal): Promise<MailHead | null> {
  const { providerMessageId: id, receivedAt = null } = knownIn(row) ?? { providerMessageId: '' }
  if (receivedAt === null || field(row, '@removed') !== undefined || field(row, 'isDraft') === true) return null
  return {
    providerMessageId: id,
    threadId: textOf(row, 'conversationId'),
    receivedAt,
    from: addressIn(field(row, 'from')) || addressIn(field(row, 'sender')),
    subject: textOf(row, 'subject') ?? '',
    messageId: textOf(row, 'internetMessageId') ?? '',
    refersTo: refersTo(headersIn(row) ?? (await readHeaders(session, id, signal)) ?? []),
  }
}

export function addressIn(recipient: unknown): string {
  return textOf(field(recipient, 'emailAddress'), 'address')?.toLowerCase() ?? ''
}

/** For a mail that the list told without its headers. Null when it is gone. */
async function readHeaders(session: OutlookSession, id: string, signal: AbortSignal): Promise<unknown[] | null> {
  const path = withQuery(messagePath(id), { $select: 'internetMessageHeaders' })
  return headersIn(await session.read({ method: 'GET', path }, signal))
}

function headersIn(message: unknown): unknown[] | null {
  const headers = field(message, 'internetMessageHeaders')
  return Array.isArray(headers) ? (headers as unknown[]) : null
}

function refersTo(headers: readonly unknown[]): string[] {
  const ids = ['in-reply-to', 'references'].flatMap((name) =>
    headers
      .filter((header) => textOf(header, 'name')?.toLowerCase() === name)
      .flatMap((header) => messageIdsIn(textOf(header, 'value') ?? '')),
  )
  return [...new Set(ids)]
}
