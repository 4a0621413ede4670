import type { Mailbox } from '#shared/contract/mailboxes'
import type { MailProvider } from './mail-provider.ts'
import type { MailRoom, ProviderMeans } from './mail-room.ts'
import { listPracticeMail } from './practice-mail.ts'
import { createPracticeProvider } from './practice.ts'
import { createSmtpProvider } from './smtp.ts'

/**
 * Two minutes: longer than any answer seen in practice. RFC 5321 §4.5.3.2.6 would wait ten for the last one, but a rep
 * should not wait that long to hear of a doubt.
 */
export const SMTP_TIMEOUT_MS = 120_000

/** The adapter for a mailbox. Nothing is connected yet. */
export function openProvider(mailbox: Pick<Mailbox, 'kind' | 'address' | 'smtp'>, means: ProviderMeans): MailProvider {
  switch (mailbox.kind) {
    case 'practice':
      return createPracticeProvider({ folder: means.practiceFolder })
    case 'smtp': {
      if (mailbox.smtp === null) throw new Error('an SMTP mailbox without a server')
      return createSmtpProvider({ server: mailbox.smtp, password: means.password ?? '', timeoutMs: SMTP_TIMEOUT_MS })
    }
  }
}

/** The real mailboxes. */
export const mailRoom: MailRoom = { open: openProvider, listPractice: listPracticeMail }
