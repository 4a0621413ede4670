import { listLeads } from '#db/queries/leads'
import { listNames } from '#db/queries/names'
import type { Found } from '#shared/contract/search'
import type { LeadFilter } from '#shared/contract/leads'
import { createNameSearch } from '#shared/domain/name-search'
import type { EngineContext } from './context.ts'

/** One question for everything that has a name. */
export interface Search {
  everything(wanted: { text: string; limit: number }): Found
}

const EVERYBODY: Omit<LeadFilter, 'search'> = { review: null, tag: null, listId: null, written: null, basis: null }

export function createSearch({ db }: Pick<EngineContext, 'db'>): Search {
  return {
    everything({ text, limit }) {
      const search = createNameSearch(text)
      if (search.isEmpty) return { leads: [], campaigns: [], templates: [], mailboxes: [] }
      const names = listNames(db)

      function best<T>(rows: readonly T[], textsOf: (row: T) => readonly string[]): T[] {
        return rows
          .flatMap((row) => {
            const rank = search.rank(textsOf(row))
            return rank === null ? [] : [{ row, rank }]
          })
          .toSorted((one, other) => one.rank - other.rank)
          .slice(0, limit)
          .map(({ row }) => row)
      }

      return {
        leads: listLeads(db, { filter: { ...EVERYBODY, search: text }, sort: 'name', offset: 0, limit }).rows,
        campaigns: best(names.campaigns, ({ name }) => [name]),
        templates: best(names.templates, ({ name, subject }) => [name, subject]),
        mailboxes: best(names.mailboxes, ({ address, senderName }) => [address, senderName]),
      }
    },
  }
}
