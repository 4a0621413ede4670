import type { PacemailHandlers } from '#shared/contract/index'
import type { LeadId, ListId, UndoId } from '#shared/domain/ids'
import type { Rooms } from '../engine/rooms.ts'

export function createLeadsApi({
  leads,
  leadFilters,
  listCanary: canary,
}: Pick<Rooms, 'leads' | 'leadFilters' | 'listCanary'>): PacemailHandlers['leads'] {
  return {
    list: (page) => leads.list(page),
    get: ({ leadId }) => leads.get(leadId),
    find: ({ email }) => ({ leadId: leads.find(email) as LeadId | null }),
    add: (person) => leads.add(person),
    facets: () => leads.facets(),
    savedFilters: () => [...leadFilters.list()],
    saveFilters: ({ filters }) => [...leadFilters.save(filters)],
    heldLists: () => canary.held().map(({ id, ...list }) => ({ listId: id as ListId, ...list })),
    releaseList({ listId }) {
      canary.release(listId)
      return {}
    },
    review: async ({ selection, review }) => undoable(await leads.review(selection, review)),
    tag: async ({ selection, add, remove }) => undoable(await leads.tag(selection, { add, remove })),
    setBasis: async ({ selection, ...ground }) => undoable(await leads.setBasis(selection, ground)),
    edit(request) {
      const { lead, undoId } = leads.edit(request)
      return { lead, undoId: undoId as UndoId }
    },
    async remove({ selection }) {
      const { kept, ...change } = await leads.remove(selection)
      return { ...undoable(change), kept }
    },
    doNotContact: ({ leadId }) => leads.doNotContact(leadId),
    undo: ({ undoId }) => leads.undo(undoId),
    export: ({ filter }) => leads.export(filter),
  }
}

function undoable(change: { readonly changed: number; readonly undoId: number | null }) {
  return { changed: change.changed, undoId: change.undoId as UndoId | null }
}
