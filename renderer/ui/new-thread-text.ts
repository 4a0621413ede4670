/** Why a follow-up began a thread of its own; the data of `send_new_thread`. */
export function newThreadText({ why }: Readonly<Record<string, unknown>>): string {
  return why === 'unread'
    ? 'this mailbox may not be read, and without that a mail cannot be tied to the one before'
    : 'the one of the mail before was not to be found'
}
