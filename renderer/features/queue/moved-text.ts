/** What a bulk action did, as one sentence: `what` is the past form, "cancelled". */
export function movedText({ changed, kept }: { changed: number; kept: number }, what: string): string {
  const done = changed === 0 ? `No mail was ${what}` : `${mails(changed)} ${what}`
  if (kept === 0) return `${done}.`
  return `${done}. ${mails(kept)} stayed as ${kept === 1 ? 'it was' : 'they were'}: too late for ${kept === 1 ? 'it' : 'them'}, or already done.`
}

/** "1 mail", "2,000 mails". */
export function mails(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'mail' : 'mails'}`
}
