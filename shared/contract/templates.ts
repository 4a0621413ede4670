import { z } from 'zod'
import { LeadId, MailboxId, TemplateId, TemplateVersionId, UploadId } from '../domain/ids.ts'
import { mutation, query } from './define.ts'

/** `plain`: text only. `formatted`: **bold**, *italic*, [links](https://…) and lists become HTML beside the text. */
export const TemplateFormat = z.enum(['plain', 'formatted'])
export type TemplateFormat = z.infer<typeof TemplateFormat>

export const TemplateContent = z.object({
  subject: z.string().max(500),
  body: z.string().max(50_000),
  format: TemplateFormat,
})
export type TemplateContent = z.infer<typeof TemplateContent>

/** SHA-256 of a file, in lower-case hex. */
const FileHash = z.string().regex(/^[0-9a-f]{64}$/)

/** A file that a mail carries. */
export const AttachedFile = z.object({
  hash: FileHash,
  /** As the recipient sees it. */
  name: z.string(),
  sizeBytes: z.int(),
})
export type AttachedFile = z.infer<typeof AttachedFile>

/** One that was attached, under the name it is to have. */
export const FileChoice = z.object({ hash: FileHash, name: z.string().min(1).max(255) })

/** A mistake in a template, with its place. */
export const TemplateProblem = z.object({
  part: z.enum(['subject', 'body']),
  /** Offset in characters. */
  at: z.int(),
  code: z.enum([
    'unclosed',
    'unknown_field',
    'unknown_filter',
    'bad_argument',
    'bad_pick',
    'unknown_language',
    'empty_subject',
    'empty_body',
    'line_break_in_subject',
  ]),
  /** The offending piece. */
  text: z.string(),
})
export type TemplateProblem = z.infer<typeof TemplateProblem>

export const Template = z.object({
  id: TemplateId,
  name: z.string(),
  versionId: TemplateVersionId,
  /** 1 for the first. A saved change makes the next version; queued mail keeps the one it was made from. */
  version: z.int(),
  ...TemplateContent.shape,
  attachments: z.array(AttachedFile),
  isArchived: z.boolean(),
  updatedAt: z.int(),
  problems: z.array(TemplateProblem),
})
export type Template = z.infer<typeof Template>

/** Exactly what would be sent. */
export const RenderedMail = z.object({
  subject: z.string(),
  text: z.string(),
  /** Null for plain text. */
  html: z.string().nullable(),
  /** Fields that this lead lacks and that have no fallback. Not empty: it cannot be queued. */
  missing: z.array(z.string()),
})
export type RenderedMail = z.infer<typeof RenderedMail>

export const templates = {
  list: query({ input: z.object({ archived: z.boolean().default(false) }), output: z.array(Template) }),

  get: query({ input: z.object({ templateId: TemplateId }), output: Template, throws: ['template.not_found'] }),

  /** The merge fields one may use: built-in ones, custom columns of the imports, and those filled in when the mail goes. */
  fields: query({
    input: z.object({}),
    output: z.array(z.object({ name: z.string(), kind: z.enum(['built_in', 'custom', 'dated']) })),
  }),

  /** Creates (templateId null) or makes the next version. A template with problems may be saved, not queued. */
  save: mutation({
    input: z.object({
      templateId: TemplateId.nullable(),
      name: z.string().trim().min(1).max(100),
      content: TemplateContent,
      /** Files that were attached, in this order. Null: as they are. */
      attachments: z.array(FileChoice).max(100).nullable().default(null),
    }),
    output: Template,
    throws: [
      'template.not_found',
      'template.name_taken',
      'attachment.not_found',
      'attachment.blocked',
      'attachment.too_large',
      'attachment.too_many',
    ],
  }),

  /**
   * Keeps an uploaded file, for `save`. Types that Gmail and Outlook turn away are refused (`attachment.blocked`), also
   * inside a zip file. What no template was saved with is forgotten when the app starts again.
   */
  attach: mutation({
    input: z.object({ uploadId: UploadId }),
    output: AttachedFile,
    throws: ['file.incomplete', 'attachment.blocked', 'attachment.too_large', 'attachment.empty', 'disk.full'],
  }),

  archive: mutation({
    input: z.object({ templateId: TemplateId, isArchived: z.boolean() }),
    output: Template,
    throws: ['template.not_found', 'template.name_taken'],
  }),

  /** Renders unsaved content for one lead (null: a made-up one), with the mailbox's signature (null: none). */
  preview: query({
    input: z.object({ content: TemplateContent, leadId: LeadId.nullable(), mailboxId: MailboxId.nullable() }),
    output: z.object({
      mail: RenderedMail,
      problems: z.array(TemplateProblem),
      /** In how many ways its alternatives (`{{pick "Hi" | "Hello"}}`) can be worded; 1 without any. */
      versions: z.int(),
    }),
    throws: ['lead.not_found', 'mailbox.not_found'],
  }),
}
