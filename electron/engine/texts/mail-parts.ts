import type { MailboxRecord } from '#db/queries/mailboxes'
import { postalLine } from '#shared/domain/sender-identity'
import type { MailTemplate } from './render.ts'

/** What a mailbox puts below a mail. Only the first mail to somebody says by itself who writes and how to opt out. */
export function partsBelow(
  mailbox: Pick<MailboxRecord, 'signature' | 'company' | 'postalAddress' | 'optOut'>,
  { isFirst = true }: { readonly isFirst?: boolean } = {},
): Required<Pick<MailTemplate, 'signature' | 'footer'>> {
  return {
    signature: mailbox.signature,
    footer: { postalAddress: postalLine(mailbox), optOut: mailbox.optOut.trim(), isAdded: isFirst },
  }
}
