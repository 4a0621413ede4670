import { formatCount } from '../../ui/format.ts'
import type { Mailbox } from './use-mailboxes.ts'

/** Exchange alone keeps a mail and sends it by itself, and only where Pacemail may look what became of it. */
export function canHold({ kind, mayRead }: Pick<Mailbox, 'kind' | 'mayRead'>): boolean {
  return kind === 'outlook' && mayRead
}

/** On the button; null: not a number that can be handed over. */
export function handOverLabel(count: number | null): string {
  if (count === null) return 'Hand over now'
  return count === 1 ? 'Hand over the next mail now' : `Hand over the next ${formatCount(count, 'mail')} now`
}

/** What Exchange holds now. */
export function heldNowText(held: number): string {
  if (held === 0) return 'Exchange holds no mail of yours now.'
  return `Exchange holds ${formatCount(held, 'mail')} now and sends ${held === 1 ? 'it' : 'them'} by itself. The Queue shows when.`
}

/** What pressing the button did. */
export function handedOverText(handedOver: number, held: number): string {
  if (handedOver === 0 && held === 0) {
    return 'No mail was handed over: no first mail can leave within the next 12 hours.'
  }
  if (handedOver === 0) return `No more mail was handed over. ${heldNowText(held)}`
  return `${formatCount(handedOver, 'mail')} handed to Exchange. You can close the lid; the Queue shows when ${held === 1 ? 'it leaves' : 'they leave'}.`
}
