import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Template } from '#shared/contract/templates'

/** Which template is open; null: there is none yet. */
export type Choice = number | 'new' | null

/** The open template is in the address (`?template=7`, `?template=new`); without one, the first of the list. */
export function useChosenTemplate(templates: readonly Template[] | undefined) {
  const navigate = useNavigate()
  const wanted = readChoice(useSearch({ strict: false }))
  return {
    choice: wanted ?? templates?.[0]?.id ?? null,
    /** `isSaved`: nothing can be lost, so that the question about unsaved changes is not asked. */
    choose: (choice: Choice, { isSaved = false } = {}) => {
      const search: { template?: number | 'new' } = choice === null ? {} : { template: choice }
      void navigate({ to: '/templates', search, ignoreBlocker: isSaved, replace: isSaved })
    },
  }
}

/** The choice that an address names, or null. */
export function readChoice(search: unknown): Choice {
  const value = typeof search === 'object' && search !== null && 'template' in search ? search.template : null
  if (value === 'new') return 'new'
  const id = Number(value)
  return Number.isSafeInteger(id) && id > 0 ? id : null
}
