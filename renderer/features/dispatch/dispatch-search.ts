import type { InputAt } from '../../api/paths.ts'
import { asRecord, readId, readSelection } from '../../ui/read-selection.ts'
import type { Wording } from './hand-edits.ts'

export type Selection = InputAt<'dispatch.check'>['selection']

/** What the address asks the page to show. */
export interface DispatchSearch {
  /** A campaign to watch; null: choose whom to write to. */
  readonly campaignId: number | null
  /** Leads handed over by another page; null: chosen here by filter. */
  readonly handedOver: Selection | null
  /** Words for the mail to the one lead handed over; null: the template's. */
  readonly words: Wording | null
}

/** `?campaign=7`, `?selection={…}` or `?ids=1,2,3`, with one id also `&subject=…&body=…`; anything unreadable counts as not there. */
export function readDispatchSearch(search: unknown): DispatchSearch {
  const { campaign, selection, ids, subject, body } = asRecord(search)
  const handedOver = readSelection(selection) ?? readSelection({ by: 'ids', ids })
  const words = { subject: textOf(subject), body: textOf(body) }
  const isForOne = handedOver?.by === 'ids' && handedOver.ids.length === 1
  return {
    campaignId: readId(campaign),
    handedOver,
    words: isForOne && words.subject + words.body !== '' ? words : null,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
