import { createSmtpProvider } from '#electron/mailbox/smtp/smtp'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { startImapServer, type ImapServerChoices, type TestImapServer } from '#test/fakes/imap-server'
import { startSmtpServer, type SmtpServerChoices, type TestSmtpServer } from '#test/support/smtp-server'

/** The rep's own address at the place. */
export const REP = 'rita@pacemail.example'

export interface ImapPlace {
  readonly smtp: TestSmtpServer
  readonly imap: TestImapServer
  /** The mailbox as after a restart. `timeoutMs` is patience with a silent server. */
  open(timeoutMs?: number): MailProvider
  /** Puts mails into a folder, with the time they arrived. */
  add(path: string, mails: readonly { readonly raw: string; readonly receivedAt: number }[]): Promise<void>
  /** The mails of a folder, as they lie there, with CRLF. */
  texts(path: string): Promise<string[]>
  /** How many mails of a folder nobody has read. */
  unseen(path: string): Promise<number>
  [Symbol.asyncDispose](): Promise<void>
}

/** Far beyond any test: the servers here answer, drop or are aborted. */
const TIMEOUT_MS = 60_000

/** A mailbox at an SMTP server and an IMAP server that know nothing of each other. */
export async function imapPlace(
  choices: { imap?: ImapServerChoices; smtp?: SmtpServerChoices } = {},
): Promise<ImapPlace> {
  const smtp = await startSmtpServer(choices.smtp)
  const imap = await startImapServer(choices.imap)
  return {
    smtp,
    imap,
    open: (timeoutMs = TIMEOUT_MS) =>
      createSmtpProvider({
        server: smtp.settings,
        imap: imap.settings,
        address: REP,
        password: smtp.password,
        timeoutMs,
      }),
    add: async (path, mails) => {
      for (const { raw, receivedAt } of mails) imap.store.add(path, raw, { receivedAt })
    },
    texts: async (path) => imap.store.texts(path),
    unseen: async (path) => imap.store.folder(path).mails.filter(({ flags }) => !flags.has('\\Seen')).length,
    [Symbol.asyncDispose]: async () => {
      await smtp.close()
      await imap.close()
    },
  }
}
