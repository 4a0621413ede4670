import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Provenance } from '#shared/contract/leads'
import type { PipelineInputKind, PipelineReader } from '#shared/contract/pipeline'
import type { PipelineStep, PipelineStepState, PipelineVerdict } from '#shared/domain/taxonomy'
import type { ErrorCode } from '#shared/errors'

/** One search for leads. */
export const pipelineRuns = sqliteTable('pipeline_runs', {
  id: integer().primaryKey(),
  name: text().notNull(),
  provenance: text({ mode: 'json' }).$type<Provenance>().notNull(),
  listId: integer('list_id'),
  createdAt: integer('created_at').notNull(),
})

/** The lists and files that a search reads, as text. */
export const pipelineInputs = sqliteTable('pipeline_inputs', {
  id: integer().primaryKey(),
  runId: integer('run_id').notNull(),
  kind: text().$type<PipelineInputKind>().notNull(),
  reader: text().$type<PipelineReader>().notNull(),
  name: text().notNull(),
  content: text().notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** How far each step of a search has come. `done` is written together with what was found. */
export const pipelineSteps = sqliteTable(
  'pipeline_steps',
  {
    runId: integer('run_id').notNull(),
    step: text().$type<PipelineStep>().notNull(),
    state: text().$type<PipelineStepState>().notNull().default('waiting'),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** What it worked on has changed since. */
    isOld: integer('is_old', { mode: 'boolean' }).notNull().default(false),
    error: text().$type<ErrorCode>(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.step] })],
)

/** What the steps found, a row each. */
export const pipelineItems = sqliteTable('pipeline_items', {
  id: integer().primaryKey(),
  runId: integer('run_id').notNull(),
  kind: text().$type<'company' | 'contact'>().notNull(),
  position: integer().notNull(),
  verdict: text().$type<PipelineVerdict>().notNull(),
  detail: text().notNull().default(''),
  company: text().notNull().default(''),
  companyKey: text('company_key').notNull().default(''),
  /** Of a company's website, of a contact's address. */
  domain: text().notNull().default(''),
  email: text().notNull().default(''),
  identity: text().notNull().default(''),
  /** The rest of a contact. */
  texts: text({ mode: 'json' }).$type<Readonly<Record<string, string>>>().notNull().default({}),
  source: text().notNull().default(''),
})
