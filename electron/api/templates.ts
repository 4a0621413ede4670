import type { PacemailHandlers } from '#shared/contract/index'
import type { Template } from '#shared/contract/templates'
import type { TemplateRecord, Templates } from '../engine/texts/templates.ts'

export function createTemplatesApi(templates: Templates): PacemailHandlers['templates'] {
  function view(record: TemplateRecord): Template {
    const { subject, body, format, attachments } = record
    return {
      id: record.id as Template['id'],
      name: record.name,
      versionId: record.versionId as Template['versionId'],
      version: record.version,
      subject,
      body,
      format,
      attachments: [...attachments],
      isArchived: record.archivedAt !== null,
      updatedAt: record.updatedAt,
      problems: templates.problems({ subject, body, format }),
    }
  }

  return {
    list: ({ archived }) => templates.list(archived).map(view),
    get: ({ templateId }) => view(templates.get(templateId)),
    fields: () => templates.fields(),
    save: ({ templateId, name, content, attachments }) =>
      view(templates.save(templateId, name, { ...content, attachments })),
    attach: ({ uploadId }) => templates.attach(uploadId),
    archive: ({ templateId, isArchived }) => view(templates.archive(templateId, isArchived)),
    preview: ({ content, leadId, mailboxId }) => ({
      mail: templates.preview(content, leadId, mailboxId),
      problems: templates.problems(content),
      versions: templates.versions(content),
    }),
  }
}
