import { useState } from 'react'
import type { Template, TemplateContent } from '#shared/contract/templates'

/** What the editor holds. */
export interface Draft extends TemplateContent {
  readonly name: string
}

export const EMPTY_DRAFT: Draft = { name: '', subject: '', body: '', format: 'plain' }

export function draftOf(template: Template): Draft {
  const { name, subject, body, format } = template
  return { name, subject, body, format }
}

/** The same to a reader: name, subject, body and format. */
export function isSameDraft(one: Draft, other: Draft): boolean {
  return (
    one.name === other.name && one.subject === other.subject && one.body === other.body && one.format === other.format
  )
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
    /** `asked` was stored as `saved`; what was typed since then stays. */
    saved: (asked: Draft, saved: Template) => {
      setBase(baseOf(saved))
      setDraft((now) => (isSameDraft(now, asked) ? draftOf(saved) : now))
    },
  }
}
