import type { PacemailHandlers } from '#shared/contract/index'
import type { UndoId } from '#shared/domain/ids'
import type { Leads } from '../engine/leads.ts'

export function createLeadsApi(leads: Leads): PacemailHandlers['leads'] {
  return {
    list: (page) => leads.list(page),
    get: ({ leadId }) => leads.get(leadId),
    facets: () => leads.facets(),
    review: async ({ selection, review }) => undoable(await leads.review(selection, review)),
    tag: async ({ selection, add, remove }) => undoable(await leads.tag(selection, { add, remove })),
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
