import { z } from 'zod'

/** Row ids are integers, branded so that a lead's id cannot stand where a send's belongs. */
export const LeadId = z.int().positive().brand('LeadId')
export type LeadId = z.infer<typeof LeadId>

export const ListId = z.int().positive().brand('ListId')
export type ListId = z.infer<typeof ListId>

export const TemplateId = z.int().positive().brand('TemplateId')
export type TemplateId = z.infer<typeof TemplateId>

/** One frozen version of a template. */
export const TemplateVersionId = z.int().positive().brand('TemplateVersionId')
export type TemplateVersionId = z.infer<typeof TemplateVersionId>

export const SnippetId = z.int().positive().brand('SnippetId')
export type SnippetId = z.infer<typeof SnippetId>

export const MailboxId = z.int().positive().brand('MailboxId')
export type MailboxId = z.infer<typeof MailboxId>

export const CampaignId = z.int().positive().brand('CampaignId')
export type CampaignId = z.infer<typeof CampaignId>

export const SendId = z.int().positive().brand('SendId')
export type SendId = z.infer<typeof SendId>

/** A running import; opaque text, because it lives outside the database until it is saved. */
export const ImportId = z.string().min(1).max(64).brand('ImportId')
export type ImportId = z.infer<typeof ImportId>

export const UploadId = z.string().min(1).max(64).brand('UploadId')
export type UploadId = z.infer<typeof UploadId>

/** One search for leads. */
export const PipelineRunId = z.int().positive().brand('PipelineRunId')
export type PipelineRunId = z.infer<typeof PipelineRunId>

/** A list or file that a search reads. */
export const PipelineInputId = z.int().positive().brand('PipelineInputId')
export type PipelineInputId = z.infer<typeof PipelineInputId>

/** An import into the history of contacts. */
export const TouchImportId = z.int().positive().brand('TouchImportId')
export type TouchImportId = z.infer<typeof TouchImportId>

export const UndoId = z.int().positive().brand('UndoId')
export type UndoId = z.infer<typeof UndoId>
