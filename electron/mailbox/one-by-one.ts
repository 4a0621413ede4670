import { AppError } from '#shared/errors'
import { isOfOneMail, type MailChanges, type MailHead, type UnlistedMail } from './mail-provider.ts'

/** A mail that is known to be there. */
export type KnownMail = Omit<UnlistedMail, 'failure'>

/**
 * The heads of a page, each read by itself: one that the mailbox cannot tell of does not hold up the others. Where it can tell
 * of none of several, it is no single mail that is at fault: the failure is thrown. `read` gives null for what is gone, or is no
 * mail that came in.
 */
export async function readOneByOne<M extends KnownMail>(
  mails: readonly M[],
  read: (mail: M) => Promise<MailHead | null>,
): Promise<Pick<MailChanges, 'heads' | 'unlisted'>> {
  const heads: MailHead[] = []
  const unlisted: UnlistedMail[] = []
  for (const mail of mails) {
    try {
      const head = await read(mail)
      if (head !== null) heads.push(head)
    } catch (error) {
      if (!isOfOneMail(error)) throw error
      const { providerMessageId, receivedAt } = mail
      unlisted.push({ providerMessageId, receivedAt, failure: asFailure(error) })
    }
  }
  assertSomeTold(mails.length, unlisted)
  return { heads, unlisted }
}

/** Throws where none of several mails could be told of. */
export function assertSomeTold(asked: number, unlisted: readonly UnlistedMail[]): void {
  const [first] = unlisted
  if (first !== undefined && asked > 1 && unlisted.length === asked) throw first.failure
}

/** Also where it is we who cannot make sense of what the mailbox says. */
function asFailure(error: unknown): AppError {
  if (error instanceof AppError) return error
  const details = { isFinal: false, scope: 'message', providerCode: null }
  return new AppError('mail.refused', 'a mail that cannot be understood', { details, cause: error })
}
