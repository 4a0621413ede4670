import { useState } from 'react'
import type { AttachedFile, Template, TemplateContent } from '#shared/contract/templates'

/** What the editor holds. */
export interface Draft extends TemplateContent {
  readonly name: string
  readonly attachments: readonly AttachedFile[]
}

export const EMPTY_DRAFT: Draft = { name: '', subject: '', body: '', format: 'plain', attachments: [] }

export function draftOf(template: Template): Draft {
  const { name, subject, body, format, attachments } = template
  return { name, subject, body, format, attachments }
}

/** The same to a reader: name, subject, body, format and files. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  return (
    one.name === other.name &&
    one.subject === other.subject &&
    one.body === other.body &&
    one.format === other.format &&
    isSameFiles(one.attachments, other.attachments)
  )
}

function isSameFiles(one: readonly AttachedFile[], other: readonly AttachedFile[]): boolean {
  return one.length === other.length && one.every((file, at) => isSameFile(file, other[at]))
}

function isSameFile(one: AttachedFile, other: AttachedFile | undefined): boolean {
  return one.hash === other?.hash && one.name === other.name
}

interface Base {
  readonly draft: Draft
  /** Epoch ms of the stored state; 0 before the first save. */
  readonly updatedAt: number
}

function baseOf(template: Template | null): Base {
  return template === null
    ? { draft: EMPTY_DRAFT, updatedAt: 0 }
    : { draft: draftOf(template), updatedAt: template.updatedAt }
}

/** A copy to edit. It follows the stored template as long as nothing was changed here. */
export function useDraft(template: Template | null) {
  const [base, setBase] = useState(() => baseOf(template))
  const [draft, setDraft] = useState(base.draft)
  const isDirty = !isSameDraft(draft, base.draft)
  if (template !== null && template.updatedAt > base.updatedAt) {
    setBase(baseOf(template))
    if (!isDirty) setDraft(draftOf(template))
  }
  return {
    draft,
    isDirty,
    change: (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part })),
    attach: (file: AttachedFile) => setDraft((old) => ({ ...old, attachments: [...old.attachments, file] })),
    detach: (file: AttachedFile) =>
      setDraft((old) => ({ ...old, attachments: old.attachments.filter((one) => !isSameFile(one, file)) })),
    /** `asked` was stored as `saved`; what was typed since then stays. */
    saved: (asked: Draft, saved: Template) => {
      setBase(baseOf(saved))
      setDraft((now) => (isSameDraft(now, asked) ? draftOf(saved) : now))
    },
  }
}
