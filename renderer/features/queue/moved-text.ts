/** What a bulk action did, as one sentence: `what` is the past form, "cancelled". */
export function movedText({ changed, kept }: { changed: number; kept: number }, what: string): string {
  const done = changed === 0 ? `No mail was ${what}` : `${mails(changed)} ${what}`
  if (kept === 0) return `${done}.`
  return `${done}. ${mails(kept)} stayed as ${kept === 1 ? 'it was' : 'they were'}: too late for ${kept === 1 ? 'it' : 'them'}, or already done.`
}

export interface Cancelled {
  readonly changed: number
  readonly kept: number
  readonly notTakenBack: number
}

/** What cancelling did. What Exchange did not give back is told apart: it may still leave. */
export function cancelledText({ changed, kept, notTakenBack }: Cancelled): string {
  if (notTakenBack === 0) return movedText({ changed, kept }, 'cancelled')
  const rest = movedText({ changed, kept: kept - notTakenBack }, 'cancelled')
  const [verb, it] = notTakenBack === 1 ? ['is', 'it'] : ['are', 'them']
  return `${rest} ${mails(notTakenBack)} ${verb} still with Exchange, which did not give ${it} back, and may leave. Try again in a minute.`
}

/** "1 mail", "2,000 mails". */
export function mails(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'mail' : 'mails'}`
}
