import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { findLead } from '#db/queries/lead-rows'
import {
  archiveTemplate,
  findTemplate,
  findTemplateByName,
  insertTemplate,
  insertVersion,
  listCustomFields,
  listTemplates,
  renameTemplate,
  type TemplateRecord,
} from '#db/queries/templates'
import type { AttachedFile, RenderedMail, TemplateContent, TemplateProblem } from '#shared/contract/templates'
import { DISPATCH_TOKENS, resolveAtDispatch } from '#shared/domain/dispatch-tokens'
import { BUILT_IN_FIELDS } from '#shared/domain/merge'
import { mergeValues } from '#shared/domain/merge-values'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { DEFAULT_OPT_OUT } from '#shared/domain/sender-identity'
import { AppError } from '#shared/errors'
import { type Attachments, createAttachments } from './attachments.ts'
import type { Calendars } from '../planning/calendars.ts'
import type { EngineContext } from '../context.ts'
import { dispatchPlace } from '../sending/dispatch-place.ts'
import { partsBelow } from './mail-parts.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import type { Uploads } from '../uploads.ts'
import { pieceProblems, renderMail, templateProblems, versionsOf } from './render.ts'

export type { TemplateRecord }

export interface Templates {
  list(isArchived: boolean): readonly TemplateRecord[]
  /** Throws `template.not_found`. */
  get(templateId: number): TemplateRecord
  /** Built-in fields first, then the custom columns in use. */
  fields(): { name: string; kind: 'built_in' | 'custom' | 'dated' }[]
  problems(content: TemplateContent): TemplateProblem[]
  /** Creates (null) or makes the next version; an unchanged text with the same files makes none. */
  save(templateId: number | null, name: string, written: Written): TemplateRecord
  /** Keeps an uploaded file for a later `save`. */
  attach(uploadId: string): Promise<AttachedFile>
  /** See `Attachments.toSend`. */
  filesToSend: Attachments['toSend']
  /** Of a piece of a body. */
  pieceProblems(text: string): TemplateProblem[]
  /** Creates (null) or makes the next version; an unchanged text makes none. */
  save(templateId: number | null, name: string, content: TemplateContent): TemplateRecord
  archive(templateId: number, isArchived: boolean): TemplateRecord
  /** As it would go now. Null lead: a made-up person; null mailbox: no signature. */
  preview(content: TemplateContent, leadId: number | null, mailboxId: number | null): RenderedMail
  /** In how many ways its alternatives can be worded. */
  versions(content: TemplateContent): number
  /** Leads came or went: their custom columns may have changed. */
  forgetFields(): void
  /** Removes files that no template was saved with; for the start. */
  cleanUp(): void
}

export interface Written extends TemplateContent {
  /** Files that were attached, in this order. Absent or null: as they are. */
  readonly attachments?: readonly Pick<AttachedFile, 'hash' | 'name'>[] | null
}

/** For a preview while there is no lead yet. */
const MADE_UP_LEAD = {
  email: 'ann.example@corp.example',
  firstName: 'Ann',
  lastName: 'Example',
  company: 'Corp',
  title: 'Head of Operations',
  website: 'https://corp.example',
  phone: '+1 555 0100',
  country: 'US',
  fields: {},
}

/** For a preview while there is no mailbox: only the fields show something. */
const NO_MAILBOX = {
  signature: '',
  footer: { postalAddress: 'Your company, your postal address', optOut: DEFAULT_OPT_OUT, isAdded: false },
}

export function createTemplates(
  deps: Pick<EngineContext, 'db' | 'clock' | 'publish'> & {
    readonly mailboxes: Mailboxes
    readonly uploads: Uploads
    readonly calendars: Calendars
  },
): Templates {
  const { db, clock, publish } = deps
  const files = createAttachments(deps)
  let customFields: readonly string[] | null = null

  function custom(): readonly string[] {
    customFields ??= listCustomFields(db)
    return customFields
  }

  function get(templateId: number): TemplateRecord {
    const found = findTemplate(db, templateId)
    if (!found) throw new AppError('template.not_found', `template ${templateId}`)
    return found
  }

  function refuseTaken(name: string, templateId: number | null): void {
    const owner = findTemplateByName(db, name)
    if (owner !== null && owner !== templateId)
      throw new AppError('template.name_taken', 'name is taken', { details: { name } })
  }

  function save(templateId: number | null, name: string, written: Written): TemplateRecord {
    const before = templateId === null ? null : get(templateId)
    refuseTaken(name, templateId)
    const { attachments: chosen, ...content } = written
    const attachments = chosen ? files.checked(chosen) : (before?.attachments ?? [])
    const id = write(db, (tx) => {
      const now = clock.now()
      const saved = before?.id ?? insertTemplate(tx, name)
      if (before && before.name !== name) renameTemplate(tx, saved, name)
      if (!before || !isSame(before, content) || !isSameFiles(before.attachments, attachments)) {
        insertVersion(tx, { templateId: saved, content, attachments, createdAt: now })
      }
      insertEvent(tx, { at: now, kind: 'template_saved', data: { templateId: saved, name } })
      return saved
    })
    publish({ type: 'templates.changed' })
    return get(id)
  }

  function archive(templateId: number, isArchived: boolean): TemplateRecord {
    const { name } = get(templateId)
    if (!isArchived) refuseTaken(name, templateId)
    write(db, (tx) => {
      const now = clock.now()
      archiveTemplate(tx, templateId, isArchived ? now : null)
      insertEvent(tx, { at: now, kind: 'template_archived', data: { templateId, name, isArchived } })
    })
    publish({ type: 'templates.changed' })
    return get(templateId)
  }

  function preview(content: TemplateContent, leadId: number | null, mailboxId: number | null): RenderedMail {
    const mailbox = mailboxId === null ? null : deps.mailboxes.get(mailboxId)
    const lead = leadId === null ? madeUpLead(custom()) : findLead(db, leadId)
    if (!lead) throw new AppError('lead.not_found', `lead ${String(leadId)}`)
    const mail = renderMail({
      content,
      values: mergeValues(lead, mailbox?.senderName ?? 'You'),
      ...(mailbox === null ? NO_MAILBOX : partsBelow(mailbox)),
    })
    return resolveAtDispatch(mail, clock.now(), dispatchPlace(deps, mailbox?.policy ?? DEFAULT_POLICY))
  }

  return {
    list: (isArchived) => listTemplates(db, isArchived),
    get,
    fields: () => [
      ...BUILT_IN_FIELDS.map((name) => ({ name, kind: 'built_in' as const })),
      ...custom().map((name) => ({ name, kind: 'custom' as const })),
      ...DISPATCH_TOKENS.map((name) => ({ name, kind: 'dated' as const })),
    ],
    problems: (content) => templateProblems(content, custom()),
    pieceProblems: (text) => pieceProblems(text, custom()),
    save,
    attach: files.add,
    filesToSend: files.toSend,
    cleanUp: files.cleanUp,
    archive,
    preview,
    versions: versionsOf,
    forgetFields: () => {
      customFields = null
    },
  }
}

function isSame(record: TemplateRecord, content: TemplateContent): boolean {
  return record.subject === content.subject && record.body === content.body && record.format === content.format
}

function isSameFiles(before: readonly AttachedFile[], files: readonly AttachedFile[]): boolean {
  const same = (file: AttachedFile, at: number) => file.hash === files[at]?.hash && file.name === files[at].name
  return before.length === files.length && before.every(same)
}

function madeUpLead(custom: readonly string[]) {
  return { ...MADE_UP_LEAD, fields: Object.fromEntries(custom.map((name) => [name, name])) }
}
