import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LawfulBasis, LeadContact, LeadReview, TouchImportStage } from '#shared/domain/taxonomy'

export type UndoKind = 'review' | 'tag' | 'edit' | 'remove'

/** Where leads came from: one import with its file, mapping and counts by verdict. */
export const lists = sqliteTable('lists', {
  id: integer().primaryKey(),
  name: text().notNull(),
  fileName: text('file_name').notNull(),
  mapping: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
  counts: text({ mode: 'json' }).$type<Readonly<Record<string, number>>>().notNull(),
  createdAt: integer('created_at').notNull(),
  /** Null once all its leads are there. Until then they are hidden (`db/queries/unfinished-lists`). */
  savingSince: integer('saving_since'),
  /** Since when its mail is held because too much of it bounced; null: it goes. */
  heldAt: integer('held_at'),
  /** The rep's word that it is good, whatever comes back. */
  isTrusted: integer('is_trusted', { mode: 'boolean' }).notNull().default(false),
})

/** People. `identity` is the normalised person key (shared/domain/address), unique among those not removed. */
export const leads = sqliteTable('leads', {
  id: integer().primaryKey(),
  listId: integer('list_id').notNull(),
  /** As typed. */
  email: text().notNull(),
  identity: text().notNull(),
  domain: text().notNull(),
  firstName: text('first_name').notNull().default(''),
  lastName: text('last_name').notNull().default(''),
  company: text().notNull().default(''),
  title: text().notNull().default(''),
  website: text().notNull().default(''),
  phone: text().notNull().default(''),
  country: text().notNull().default(''),
  zone: text().notNull().default(''),
  fields: text({ mode: 'json' }).$type<Readonly<Record<string, string>>>().notNull().default({}),
  note: text().notNull().default(''),
  /** Where the rep has this person from. */
  source: text().notNull().default(''),
  /** On what ground the rep writes to them; `shared/domain/country-rules` says which one is enough. */
  basis: text().$type<LawfulBasis>().notNull().default('unrecorded'),
  basisAt: integer('basis_at'),
  /** What proves it. */
  basisNote: text('basis_note').notNull().default(''),
  /** Its tags in the order they were given. Triggers keep `lead_tags` and the full-text index in step. */
  tags: text({ mode: 'json' }).$type<readonly string[]>().notNull().default([]),
  isRole: integer('is_role', { mode: 'boolean' }).notNull().default(false),
  review: text().$type<LeadReview>().notNull().default('new'),
  contact: text().$type<LeadContact>().notNull().default('none'),
  createdAt: integer('created_at').notNull(),
  /** Removed leads stay for the history and the undo. */
  removedAt: integer('removed_at'),
  revision: integer().notNull().default(0),
})

/** An index over `leads.tags` of the leads that are not removed. Read it, never write it: triggers do. */
export const leadTags = sqliteTable(
  'lead_tags',
  { leadId: integer('lead_id').notNull(), tag: text().notNull() },
  (table) => [primaryKey({ columns: [table.leadId, table.tag] })],
)

/** One review, tagging, edit or removal that can be taken back. */
export const undos = sqliteTable('undos', {
  id: integer().primaryKey({ autoIncrement: true }),
  kind: text().$type<UndoKind>().notNull(),
  leadCount: integer('lead_count').notNull(),
  createdAt: integer('created_at').notNull(),
  /** `making` while the change is being made, `returning` while it is taken back, `shut` once it is used or too old. */
  state: text().$type<'making' | 'open' | 'returning' | 'shut'>().notNull().default('making'),
})

/** What it replaced, a row a lead. `revision` is the one that it left behind: another one means that somebody changed it since. */
export const undoLeads = sqliteTable(
  'undo_leads',
  {
    undoId: integer('undo_id').notNull(),
    leadId: integer('lead_id').notNull(),
    /** The revision that the change found. */
    revisionBefore: integer('revision_before').notNull(),
    revision: integer().notNull(),
    /** Review: the word. Tag: the JSON array. Edit: a JSON object of columns. Remove: empty. */
    before: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.undoId, table.leadId] })],
)

/** One contact with a person, whoever made it: the global outreach history. */
export const touches = sqliteTable('touches', {
  id: integer().primaryKey(),
  identity: text().notNull(),
  at: integer().notNull(),
  source: text().$type<'sent' | 'imported' | 'by_hand'>().notNull(),
  sendId: integer('send_id'),
  importId: integer('import_id'),
  /** The subject or the campaign, where an import told it. */
  note: text().notNull().default(''),
})

/** Earlier contacts brought in from elsewhere, as one import. */
export const touchImports = sqliteTable('touch_imports', {
  id: integer().primaryKey(),
  kind: text().$type<'file' | 'mailbox'>().notNull(),
  name: text().notNull(),
  mailboxId: integer('mailbox_id'),
  stage: text().$type<TouchImportStage>().notNull(),
  sinceAt: integer('since_at').notNull().default(0),
  untilAt: integer('until_at').notNull().default(0),
  /** How far down the mailbox was read. */
  readAt: integer('read_at').notNull().default(0),
  /** Mails that were looked at. */
  mails: integer().notNull().default(0),
  failureCode: text('failure_code'),
  kept: integer().notNull().default(0),
  createdAt: integer('created_at').notNull(),
})

/** What an import has found and the rep has not kept yet. */
export const foundTouches = sqliteTable(
  'found_touches',
  {
    importId: integer('import_id').notNull(),
    identity: text().notNull(),
    at: integer().notNull(),
    note: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.identity, table.at] })],
)

/** The rep's word that a lead may be written to once, although the cool-down is not over. */
export const coolDownOverrides = sqliteTable('cool_down_overrides', {
  id: integer().primaryKey(),
  leadId: integer('lead_id').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  /** The mail that used it up; triggers on `touches` write it. */
  usedSendId: integer('used_send_id'),
  withdrawnAt: integer('withdrawn_at'),
})

/** Domains of one company; one of them, listed as well, stands for all. */
export const domainAliases = sqliteTable('domain_aliases', {
  domain: text().primaryKey(),
  mainDomain: text('main_domain').notNull(),
})

/** People who were erased, as a keyed hash of their identity. */
export const erasedPeople = sqliteTable('erased_people', {
  mark: text().primaryKey(),
  erasedAt: integer('erased_at').notNull(),
})
