import type { InputAt } from '../../api/paths.ts'
import { asRecord, readId, readSelection } from '../../ui/read-selection.ts'

export type Selection = InputAt<'dispatch.check'>['selection']

/** What the address asks the page to show. */
export interface DispatchSearch {
  /** A campaign to watch; null: choose whom to write to. */
  readonly campaignId: number | null
  /** Leads handed over by another page; null: chosen here by filter. */
  readonly handedOver: Selection | null
}

/** `?campaign=7`, `?selection={…}` or `?ids=1,2,3`; anything unreadable counts as not there. */
export function readDispatchSearch(search: unknown): DispatchSearch {
  const { campaign, selection, ids } = asRecord(search)
  return { campaignId: readId(campaign), handedOver: readSelection(selection) ?? readSelection({ by: 'ids', ids }) }
}
