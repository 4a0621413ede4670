import type { MailRoom } from '#electron/mailbox/mail-room'
import { parseIncoming } from '#electron/mailbox/parse-incoming'
import { receivePracticeMail } from '#electron/mailbox/practice/practice-inbox'
import { listPracticeMail } from '#electron/mailbox/practice/practice-mail'
import { createPracticeProvider } from '#electron/mailbox/practice/practice'
import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'

/**
 * The adapters that are killed, and no others: a process that starts a thousand times must not read Google's and
 * Microsoft's libraries each time.
 */
export const killRoom: MailRoom = {
  async open({ kind, smtp, imap, address }, { practiceFolder, password }) {
    if (kind === 'practice') return createPracticeProvider({ folder: practiceFolder })
    if (smtp === null) throw new Error(`${kind} is not killed here`)
    return createSmtpProvider({ server: smtp, imap, address, password: password ?? '', timeoutMs: 120_000 })
  },
  signIn: { gmail: nobody, outlook: nobody },
  adminUrl: () => null,
  parseIncoming,
  listPractice: listPracticeMail,
  receivePractice: receivePracticeMail,
  revoke: async () => {},
}

function nobody(): Promise<never> {
  return Promise.reject(new Error('nobody signs in here'))
}
