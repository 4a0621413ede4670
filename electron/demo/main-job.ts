import { addSamples } from '../engine/samples.ts'
import type { Rooms } from '../engine/rooms.ts'

const EVERYBODY = {
  by: 'filter' as const,
  except: [],
  filter: { search: '', review: null, tag: null, listId: null, written: null },
}

/** Import, review, dispatch: what a rep does on the first morning. Does nothing when it was done before a kill. */
export async function prepareMainJob(rooms: Rooms): Promise<void> {
  if (rooms.app.status().isFirstStart) await addSamples(rooms)
  if (rooms.campaigns.list({ limit: 1, isArchived: false }).length > 0) return
  await rooms.leads.review(EVERYBODY, 'approved')
  const [mailbox] = rooms.mailboxes.list()
  const [template] = rooms.templates.list(false)
  if (!mailbox || !template) throw new Error('the samples made no mailbox or no template')
  const order = {
    selection: EVERYBODY,
    templateId: template.id,
    mailboxId: mailbox.id,
    at: null,
    priority: 1 as const,
    useLeadZone: true,
  }
  rooms.dispatch.queue(order, { requestKey: 'the demo', name: 'Demo' })
  optOutLast(rooms)
}

/** Somebody asks to be left alone while their mail is already waiting. */
function optOutLast(rooms: Rooms): void {
  const { rows } = rooms.leads.list({ filter: EVERYBODY.filter, sort: 'newest', offset: 0, limit: 1 })
  if (rows[0]) rooms.leads.doNotContact(rows[0].id)
}
