import { z } from 'zod'
import { ImportId, LeadId, MailboxId, SendId, TouchImportId } from '../domain/ids.ts'
import { TouchImportStage, TouchSource } from '../domain/taxonomy.ts'
import { ERROR_CODES } from '../errors.ts'
import { mutation, query } from './define.ts'
import { Lead } from './leads.ts'

/** One contact with a person, whoever made it. */
export const Touch = z.object({
  /** Epoch ms. */
  at: z.int(),
  source: TouchSource,
  sendId: SendId.nullable(),
  to: z.string(),
  /** From which mailbox; null where nobody knows. */
  mailboxAddress: z.string().nullable(),
  /** The campaign, the subject, or what an import said; empty where nothing is known. */
  about: z.string(),
  /** The file or mailbox it was imported from; null: it was not. */
  importName: z.string().nullable(),
})
export type Touch = z.infer<typeof Touch>

/** What keeping an import would do, as things are now. */
export const HistoryFindings = z.object({
  contacts: z.int(),
  /** Contacts that are in the history already: they are not added again. */
  known: z.int(),
  people: z.int(),
  /** How many leads are among them. */
  leads: z.int(),
  /** Leads that could be written to now and could not afterwards. */
  coolingLeads: z.int(),
  /** Mails that wait for those leads: they would be skipped. */
  waitingMails: z.int(),
  /** Epoch ms; null: nothing was found. */
  oldestAt: z.int().nullable(),
  newestAt: z.int().nullable(),
})
export type HistoryFindings = z.infer<typeof HistoryFindings>

/** Earlier mail on its way into the history. */
export const HistoryImport = z.object({
  touchImportId: TouchImportId,
  kind: z.enum(['file', 'mailbox']),
  /** The file's name, or the mailbox's address. */
  name: z.string(),
  stage: TouchImportStage,
  /** Epoch ms. A mailbox is read from `untilAt` down to `sinceAt`, and everything after `readAt` has been. */
  createdAt: z.int(),
  sinceAt: z.int(),
  untilAt: z.int(),
  readAt: z.int(),
  /** Mails looked at, while a mailbox is read. */
  mails: z.int(),
  /** Why it stopped by itself; null: it did not. */
  failureCode: z.enum(ERROR_CODES).nullable(),
  /** Known once it is read, until it is kept. */
  findings: HistoryFindings.nullable(),
  /** Contacts that it added; those that were known are not counted. */
  kept: z.int(),
  /** Contacts still to be added or taken out. */
  left: z.int(),
})
export type HistoryImport = z.infer<typeof HistoryImport>

const One = z.object({ touchImportId: TouchImportId })

/** With whom there was contact, when and by whom: what the cool-down looks at. */
export const history = {
  /** The contacts with one person, newest first, also under addresses at other domains of the same company. */
  ofLead: query({
    input: z.object({
      leadId: LeadId,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(20),
    }),
    output: z.object({
      rows: z.array(Touch),
      total: z.int(),
      /** Until when the longest cool-down of the mailboxes holds, epoch ms; null: it is over, or there never was one. */
      coolDownUntil: z.int().nullable(),
    }),
    throws: ['lead.not_found'],
  }),

  /** One more mail to this lead may be queued and sent before its cool-down is over; the first that leaves uses it up. */
  allowAgain: mutation({ input: z.object({ leadId: LeadId }), output: Lead, throws: ['lead.not_found'] }),

  /** Takes that back. Harmless when there is nothing to take back. */
  withdraw: mutation({ input: z.object({ leadId: LeadId }), output: Lead, throws: ['lead.not_found'] }),

  /** Newest first, those that were thrown away left out. */
  imports: query({ input: z.object({}), output: z.array(HistoryImport) }),

  /** A checked file of earlier mail (`imports.open` for `history`): what keeping it would do. Nothing is kept yet. */
  takeFile: mutation({
    input: z.object({ importId: ImportId }),
    output: HistoryImport,
    throws: ['import.not_found', 'history.busy'],
  }),

  /** Reads who was written to from this mailbox, newest first. It goes on after the answer and after a restart. */
  readMailbox: mutation({
    input: z.object({ mailboxId: MailboxId, days: z.int().min(1).max(3_650).default(180) }),
    output: HistoryImport,
    throws: ['mailbox.not_found', 'history.not_readable', 'history.busy'],
  }),

  /** Stops reading; what was found stays and may be kept or read on. */
  stop: mutation({ input: One, output: HistoryImport, throws: ['history.not_found'] }),

  /** Reads on where it stopped. */
  resume: mutation({ input: One, output: HistoryImport, throws: ['history.not_found', 'history.busy'] }),

  /** Adds what was found to the history. Safe to repeat: the same mail is one contact. */
  keep: mutation({ input: One, output: HistoryImport, throws: ['history.not_found', 'history.busy'] }),

  /** Throws away what was found and not kept. */
  discard: mutation({ input: One, output: z.object({}), throws: ['history.not_found', 'history.busy'] }),

  /** Takes every contact that this import added out of the history again. */
  undo: mutation({ input: One, output: HistoryImport, throws: ['history.not_found', 'history.busy'] }),
}
