import { formatFull } from './format.ts'

/** That Exchange holds a mail, handed over by Pacemail or found there. */
export function handedOverText(who: string, data: Readonly<Record<string, unknown>>): string {
  const when = typeof data['leavesAt'] === 'number' ? `on ${formatFull(data['leavesAt'])}` : 'by itself'
  return data['wasFound'] === true
    ? `Exchange was found to hold the mail to ${who}; it will send it ${when}.`
    : `The mail to ${who} was handed to Exchange, which sends it ${when}.`
}
