/** The subject of a mail that answers in a thread. */

const PREFIX = /^re:\s*/i

/** The subject of the thread with one "Re: " before it. */
export function answerSubject(thread: string): string {
  return `Re: ${threadSubject(thread)}`
}

/** The subject without its "Re: ": what the thread is called, or a mail that turned out to answer nothing. */
export function threadSubject(subject: string): string {
  return subject.replace(PREFIX, '')
}
