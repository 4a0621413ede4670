import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { Template, TemplateContent } from '#shared/contract/templates'
import { useApi, useCall } from '../../api/hooks.ts'

/** The templates in use and the archived ones, by name. */
export function useTemplates() {
  const inUse = useApi('templates.list', { archived: false })
  const archived = useApi('templates.list', { archived: true })
  const byName = (one: Template, other: Template) => one.name.localeCompare(other.name)
  return {
    inUse: inUse.data?.filter((template) => !template.isArchived).toSorted(byName),
    archived: archived.data?.filter((template) => template.isArchived).toSorted(byName) ?? [],
    error: inUse.data === undefined ? inUse.error : null,
    refetch: inUse.refetch,
  }
}

export function useFields() {
  return useApi('templates.fields', {}).data ?? []
}

export function useSaveTemplate() {
  return useCall('templates.save', { quiet: true })
}

export function useArchiveTemplate() {
  return useCall('templates.archive')
}

export interface PreviewFor {
  readonly leadId: number | null
  readonly mailboxId: number | null
}

/** The mail that unsaved content makes, a moment after the last key. */
export function usePreview(content: TemplateContent, { leadId, mailboxId }: PreviewFor) {
  const [settled] = useDebouncedValue(content, 250)
  return useApi('templates.preview', { content: settled, leadId, mailboxId }, { keepPrevious: true })
}

/** Leads by what the rep types, for the choice of whose mail to preview. `label` is the choice shown: nothing typed yet. */
export function useLeadSearch(label: string) {
  const [search, setSearch] = useState(label)
  const [settled] = useDebouncedValue(search === label ? '' : search, 200)
  const answer = useApi('leads.list', { filter: { search: settled }, sort: 'name', limit: 20 }, { keepPrevious: true })
  return { search, setSearch, leads: answer.data?.rows ?? [] }
}

export function useMailboxes() {
  return useApi('mailboxes.list', {}).data
}
