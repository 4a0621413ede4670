import { formatFull } from './format.ts'

/** With what the mailbox said, so that the rep or their admin can find the mail. */
export function unopenedText(mailbox: string, data: Readonly<Record<string, unknown>>): string {
  const { receivedAt, code, isListed } = data
  const when = typeof receivedAt === 'number' ? ` that came on ${formatFull(receivedAt)}` : ''
  const what = isListed === false ? 'could not even be listed' : 'could not be opened'
  const why = typeof code === 'string' ? ` (the mailbox says ${code})` : ''
  return `Not opened: a mail in ${mailbox}${when} ${what}, however often it was asked for${why}, and it is not known whose it is. Nothing was stopped because of it, and all other mail was read; look into your mailbox.`
}
