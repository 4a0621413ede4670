import { useMutation } from '@tanstack/react-query'
import type { Absence } from '#shared/domain/absences'
import { useApi, useCall, useCallOnce } from '../../api/hooks.ts'
import { saveText } from '../../ui/save-text.ts'
import type { OutputAt } from '../../api/paths.ts'

export type AppStatus = OutputAt<'app.status'>
export type Suppression = OutputAt<'suppressions.list'>['rows'][number]

export function useStatus() {
  return useApi('app.status', {})
}

export function useOpenDataFolder() {
  const open = useCall('app.openFolder')
  return () => open.mutate({ folder: 'data' })
}

export const SUPPRESSIONS_PAGE = 50

export function useSuppressions(search: string, page: number) {
  return useApi(
    'suppressions.list',
    { search, offset: (page - 1) * SUPPRESSIONS_PAGE, limit: SUPPRESSIONS_PAGE },
    { keepPrevious: true },
  )
}

/** Its failure belongs to the field, so no toast is shown. */
export function useAddSuppressions() {
  return useCall('suppressions.add', { quiet: true })
}

export function useRemoveSuppression() {
  return useCall('suppressions.remove')
}

export function useAliases() {
  return useApi('aliases.list', {})
}

/** Its failure belongs to the field, so no toast is shown. */
export function useJoinDomains() {
  return useCall('aliases.join', { quiet: true })
}

export function usePartDomain() {
  return useCall('aliases.part')
}

/** The whole do-not-contact list as a file. */
export function useExportSuppressions() {
  const call = useCallOnce()
  return useMutation({ mutationFn: async () => saveText(await call('suppressions.export', {})) })
}

/** What an answer does. */
export function useAnswerRules() {
  return useApi('incoming.rules', {})
}

export function useSaveAnswerRules() {
  return useCall('incoming.saveRules')
}

/** When the rep is away; what is being saved is shown as if it were. */
export function useAbsences() {
  const { data, error, refetch } = useApi('app.absences', {})
  const { mutate, isPending, variables } = useCall('app.saveAbsences')
  return {
    absences: isPending ? variables.absences : data,
    error,
    retry: refetch,
    isSaving: isPending,
    save: (absences: readonly Absence[], onSaved: () => void = () => {}) =>
      mutate({ absences: [...absences] }, { onSuccess: onSaved }),
  }
}

/** What the plan would be with these absences; asked only where there are some. */
export function useAwayWhatIf(absences: readonly Absence[] | null) {
  return useApi('app.whatIfAway', { absences: [...(absences ?? [])] }, { enabled: absences !== null })
}

export type Client = OutputAt<'signIn.clients'>[number]

/** How Google and Microsoft know this app. */
export function useClients() {
  return useApi('signIn.clients', {})
}

/** Its failure is shown in the form. */
export function useSaveClient() {
  return useCall('signIn.saveClient', { quiet: true })
}
