import { z } from 'zod'
import { ListId, PipelineInputId, PipelineRunId, UploadId } from '../domain/ids.ts'
import { PipelineStep, PipelineStepState, PipelineVerdict } from '../domain/taxonomy.ts'
import { ERROR_CODES } from '../errors.ts'
import { mutation, query } from './define.ts'
import { Provenance } from './leads.ts'

export const PipelineInputKind = z.enum(['companies', 'people'])
export type PipelineInputKind = z.infer<typeof PipelineInputKind>

/** What an input was taken for; `companies` is a list of names, websites or domains. */
export const PipelineReader = z.enum(['companies', 'linkedin', 'vcards', 'people'])
export type PipelineReader = z.infer<typeof PipelineReader>

const Counts = z.record(PipelineVerdict, z.int())

const StepView = z.object({
  step: PipelineStep,
  state: PipelineStepState,
  done: z.int(),
  total: z.int(),
  /** What it worked on has changed since. */
  isOld: z.boolean(),
  /** Why it `failed`. */
  error: z.enum(ERROR_CODES).nullable(),
  /** Epoch ms. */
  startedAt: z.int().nullable(),
  finishedAt: z.int().nullable(),
})

/** One search for leads, as far as it has come. */
export const PipelineRun = z.object({
  runId: PipelineRunId,
  name: z.string(),
  provenance: Provenance,
  inputs: z.array(
    z.object({
      inputId: PipelineInputId,
      kind: PipelineInputKind,
      reader: PipelineReader,
      name: z.string(),
      sizeBytes: z.int(),
    }),
  ),
  /** All three, in their order. */
  steps: z.array(StepView),
  companies: Counts,
  contacts: Counts,
  /** The list that its contacts were saved to last; null: none so far. */
  listId: ListId.nullable(),
  createdAt: z.int(),
})
export type PipelineRun = z.infer<typeof PipelineRun>

export const PipelineItem = z.object({
  /** Its place in what was read, from 1. */
  position: z.int(),
  verdict: PipelineVerdict,
  /** A word on the verdict. */
  detail: z.string(),
  company: z.string(),
  domain: z.string(),
  /** As typed. */
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  title: z.string(),
  /** The input it is from. */
  source: z.string(),
})
export type PipelineItem = z.infer<typeof PipelineItem>

const Run = z.object({ runId: PipelineRunId })

export const pipeline = {
  /** Newest first. */
  list: query({
    input: z.object({}),
    output: z.array(z.object({ runId: PipelineRunId, name: z.string(), createdAt: z.int(), isRunning: z.boolean() })),
  }),

  get: query({ input: Run, output: PipelineRun, throws: ['pipeline.not_found'] }),

  create: mutation({ input: z.object({ name: z.string().trim().min(1).max(100) }), output: PipelineRun }),

  /** Its name, and what its leads will record about where they are from. */
  edit: mutation({
    input: Run.extend({ name: z.string().trim().min(1).max(100).optional(), provenance: Provenance.optional() }),
    output: PipelineRun,
    throws: ['pipeline.not_found'],
  }),

  /** A pasted text or an uploaded file, at most 5 MB. Nothing is read of it before a step runs. */
  addInput: mutation({
    input: Run.extend({
      kind: PipelineInputKind,
      from: z.union([
        z.object({ text: z.string().min(1).max(1_000_000), name: z.string().trim().max(100) }),
        z.object({ uploadId: UploadId }),
      ]),
    }),
    output: PipelineRun,
    throws: ['pipeline.not_found', 'pipeline.busy', 'pipeline.unreadable', 'file.incomplete', 'file.too_large'],
  }),

  removeInput: mutation({
    input: Run.extend({ inputId: PipelineInputId }),
    output: PipelineRun,
    throws: ['pipeline.not_found', 'pipeline.busy'],
  }),

  /**
   * Runs one step. `again`: from the beginning, what it found before is replaced; `on`: from where it was stopped;
   * `unsure`: only addresses whose check gave no answer. It goes on after the answer, also over a restart of the app:
   * progress and result arrive as `pipeline.moved`.
   */
  run: mutation({
    input: Run.extend({ step: PipelineStep, mode: z.enum(['again', 'on', 'unsure']).default('again') }),
    output: PipelineRun,
    throws: ['pipeline.not_found', 'pipeline.busy', 'pipeline.no_input'],
  }),

  /** Ends the running step where it is; what it found stays. */
  stop: mutation({ input: Run, output: PipelineRun, throws: ['pipeline.not_found'] }),

  /** What a step found, in the order of the inputs; all verdicts, or one. */
  items: query({
    input: Run.extend({
      kind: z.enum(['company', 'contact']),
      verdict: PipelineVerdict.nullable().default(null),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(PipelineItem), total: z.int() }),
    throws: ['pipeline.not_found'],
  }),

  /** Makes leads of the good contacts, all or none, through the same judgement as an import. They wait for review. */
  save: mutation({
    input: Run.extend({
      listName: z.string().trim().min(1).max(100),
      tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
      /** Also shared addresses such as info@. */
      includeRole: z.boolean().default(false),
      /** Also addresses whose check gave no answer. */
      includeUnsure: z.boolean().default(false),
    }),
    output: PipelineRun,
    throws: ['pipeline.not_found', 'pipeline.busy', 'pipeline.nothing_to_save', 'import.busy'],
  }),

  /** Every company and contact with its verdict, as CSV, cells neutralised. */
  report: query({
    input: Run,
    output: z.object({ fileName: z.string(), text: z.string() }),
    throws: ['pipeline.not_found'],
  }),

  /** Forgets the search and what it has read. Leads that were saved stay. */
  remove: mutation({ input: Run, output: z.object({}), throws: ['pipeline.not_found', 'pipeline.busy'] }),
}
