import { z } from 'zod'
import { LeadId, ListId, UndoId } from '../domain/ids.ts'
import { LawfulBasis, LeadContact, LeadReview, SendStatus } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'

/** Custom columns of an import, by their name as typed there. */
const Fields = z.record(z.string().max(60), z.string().max(2_000))

export const Lead = z.object({
  id: LeadId,
  /** As typed. */
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  title: z.string(),
  website: z.string(),
  phone: z.string(),
  /** ISO 3166-1 alpha-2 or as typed; empty when unknown. */
  country: z.string(),
  /** IANA zone; empty when unknown (then the mailbox's zone counts). */
  zone: z.string(),
  fields: Fields,
  note: z.string(),
  /** Where the rep has this person from. */
  source: z.string(),
  /** On what ground the rep writes to them. */
  basis: LawfulBasis,
  /** When it was given: noon UTC of that day, epoch ms; null: not recorded. */
  basisAt: z.int().nullable(),
  /** What proves it. */
  basisNote: z.string(),
  tags: z.array(z.string()),
  review: LeadReview,
  contact: LeadContact,
  /** Its address or domain must not be written to. */
  isSuppressed: z.boolean(),
  /** A shared address such as info@. */
  isRole: z.boolean(),
  listId: ListId,
  /** Last contact with this person by any means, epoch ms; null: none known. */
  lastTouchAt: z.int().nullable(),
  /** The rep allowed one more mail before the cool-down is over, at this moment and until that one; null: no. */
  allowedAgain: z.object({ at: z.int(), until: z.int() }).nullable(),
  /** Status of the newest send to this lead; null: none. */
  sendStatus: SendStatus.nullable(),
  /** Epoch ms. */
  createdAt: z.int(),
  /** Rises with every change; `edit` must name the one it saw. */
  revision: z.int(),
})
export type Lead = z.infer<typeof Lead>

/** All conditions must hold. `search` is matched against name, company, title, address and tags, by word beginnings. */
export const LeadFilter = z.object({
  search: z.string().max(200).default(''),
  review: LeadReview.nullable().default(null),
  tag: z.string().max(40).nullable().default(null),
  listId: ListId.nullable().default(null),
  /** `never`: no send yet; `waiting`: pending or processing; `written`: sent. */
  written: z.enum(['never', 'waiting', 'written']).nullable().default(null),
  basis: LawfulBasis.nullish(),
})
export type LeadFilter = z.infer<typeof LeadFilter>

export const LeadSort = z.enum(['newest', 'oldest', 'name', 'company', 'email'])
export type LeadSort = z.infer<typeof LeadSort>

/** A question about leads that the rep keeps under a name. */
export const SavedFilter = z.object({ name: z.string().trim().min(1).max(60), filter: LeadFilter, sort: LeadSort })
export type SavedFilter = z.infer<typeof SavedFilter>

/** Which leads: by id, or everything that a filter finds (without those listed in `except`). */
export const LeadSelection = z.discriminatedUnion('by', [
  z.object({ by: z.literal('ids'), ids: z.array(LeadId).min(1).max(10_000) }),
  z.object({ by: z.literal('filter'), filter: LeadFilter, except: z.array(LeadId).max(10_000).default([]) }),
])
export type LeadSelection = z.infer<typeof LeadSelection>

/** Where the leads of a list come from and on what ground they may be written to, as the rep says it for all of them. */
export const Provenance = z.object({
  /** Empty: the name of the file. */
  source: z.string().trim().max(200).default(''),
  basis: LawfulBasis.default('legitimate_interest'),
  /** When it was given: noon UTC of that day, epoch ms. */
  basisAt: z.int().nullable().default(null),
  /** What proves it. */
  basisNote: z.string().trim().max(1_000).default(''),
})
export type Provenance = z.infer<typeof Provenance>

const Changed = z.object({
  /** How many leads really changed. */
  changed: z.int(),
  /** For `undo`; null when nothing changed. */
  undoId: UndoId.nullable(),
})

const Tag = z.string().trim().min(1).max(40)

/** The parts of a lead that the rep may type over. */
export const LeadEdit = z.object({
  email: z.string().max(320).optional(),
  firstName: z.string().max(200).optional(),
  lastName: z.string().max(200).optional(),
  company: z.string().max(200).optional(),
  title: z.string().max(200).optional(),
  website: z.string().max(300).optional(),
  phone: z.string().max(60).optional(),
  country: z.string().max(60).optional(),
  zone: z.string().max(64).optional(),
  note: z.string().max(4_000).optional(),
  source: z.string().max(200).optional(),
  basis: LawfulBasis.optional(),
  basisAt: z.int().nullable().optional(),
  basisNote: z.string().max(1_000).optional(),
  fields: Fields.optional(),
})

export type LeadEdit = z.infer<typeof LeadEdit>

export const leads = {
  /** One page of leads and the size of the whole result. */
  list: query({
    input: z.object({
      filter: LeadFilter.prefault({}),
      sort: LeadSort.default('newest'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(Lead), total: z.int() }),
  }),

  get: query({ input: z.object({ leadId: LeadId }), output: Lead, throws: ['lead.not_found'] }),

  /** The lead behind an address, also under another address of the same company; null: nobody yet. */
  find: query({
    input: z.object({ email: z.string().max(320) }),
    output: z.object({ leadId: LeadId.nullable() }),
    throws: ['lead.address_invalid'],
  }),

  /** Makes an approved lead of one person whom the rep types in. */
  add: mutation({
    input: z.object({
      email: z.string().max(320),
      firstName: z.string().max(200).default(''),
      lastName: z.string().max(200).default(''),
      company: z.string().max(200).default(''),
      country: z.string().max(60).default(''),
      provenance: Provenance.prefault({}),
    }),
    output: Lead,
    throws: ['lead.address_invalid', 'lead.address_taken', 'lead.address_erased'],
  }),

  /** Figures for the filter bar: how many leads by review, the tags and lists in use. */
  facets: query({
    input: z.object({}),
    output: z.object({
      total: z.int(),
      byReview: z.record(LeadReview, z.int()),
      tags: z.array(z.object({ tag: z.string(), count: z.int() })),
      lists: z.array(z.object({ listId: ListId, name: z.string(), count: z.int(), createdAt: z.int() })),
    }),
  }),

  /** By name. */
  savedFilters: query({ input: z.object({}), output: z.array(SavedFilter) }),

  /** Replaces them; of two of the same name, in any case, the later one stays. */
  saveFilters: mutation({ input: z.object({ filters: z.array(SavedFilter).max(50) }), output: z.array(SavedFilter) }),

  /** Approves, rejects or sets back. */
  review: mutation({ input: z.object({ selection: LeadSelection, review: LeadReview }), output: Changed }),

  /** Lists whose first mails came back too often, so that the rest of it is held. */
  heldLists: query({
    input: z.object({}),
    output: z.array(
      z.object({
        listId: ListId,
        name: z.string(),
        heldAt: z.int(),
        /** Mails that wait for it. */
        waiting: z.int(),
      }),
    ),
  }),

  /** Lets a held list go on; it is not held again. */
  releaseList: mutation({ input: z.object({ listId: ListId }), output: z.object({}) }),

  /** Adds and removes tags. */
  tag: mutation({
    input: z.object({
      selection: LeadSelection,
      add: z.array(Tag).max(20).default([]),
      remove: z.array(Tag).max(20).default([]),
    }),
    output: Changed,
  }),

  /** Records for all of them on what ground they may be written to; what they had recorded is replaced. */
  setBasis: mutation({
    input: z.object({
      selection: LeadSelection,
      basis: LawfulBasis,
      basisAt: z.int().nullable(),
      basisNote: z.string().trim().max(1_000),
    }),
    output: Changed,
  }),

  /** `lead.changed` when somebody edited it since `revision` was read; nothing was written then. */
  edit: mutation({
    input: z.object({ leadId: LeadId, revision: z.int(), edit: LeadEdit }),
    output: z.object({ lead: Lead, undoId: UndoId }),
    throws: ['lead.not_found', 'lead.changed', 'lead.address_invalid', 'lead.address_taken', 'lead.address_erased'],
  }),

  /** Removes leads that were never written to; the others stay and are counted in `kept`. */
  remove: mutation({
    input: z.object({ selection: LeadSelection }),
    output: z.object({ changed: z.int(), kept: z.int(), undoId: UndoId.nullable() }),
  }),

  /** Suppresses the lead's address and skips what is waiting for it. */
  doNotContact: mutation({ input: z.object({ leadId: LeadId }), output: Lead, throws: ['lead.not_found'] }),

  /** Takes back one review, tagging, edit or removal. Leads changed since by something else are left alone. */
  undo: mutation({
    input: z.object({ undoId: UndoId }),
    output: z.object({ changed: z.int() }),
    throws: ['undo.gone'],
  }),

  /** The chosen leads as a CSV file; cells that a spreadsheet would run as formulas are neutralised. */
  export: query({
    input: z.object({ filter: LeadFilter.prefault({}) }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  }),
}
