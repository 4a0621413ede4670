import { useEffect, useState } from 'react'
import type { DateFormat, FileFormat, ImportState, LeadColumn } from '#shared/contract/imports'
import type { ImportId } from '#shared/domain/ids'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import type { ApiError } from '../../api/api-error.ts'
import type { InputAt } from '../../api/paths.ts'
import { useApi, useCall } from '../../api/hooks.ts'
import { stepOf, type Step } from './import-place.ts'
import { rememberedImport, rememberImport } from './remembered-import.ts'
import { useUpload, type Upload } from './use-upload.ts'

export interface ImportWizard {
  readonly purpose: ImportPurpose
  readonly step: Step
  readonly state: ImportState | null
  readonly upload: Upload
  /** The import of before is being asked for. */
  readonly isLoading: boolean
  readonly mapping: readonly LeadColumn[]
  /** How dates in earlier mail are read. */
  readonly dates: DateFormat
  setDates(dates: DateFormat): void
  /** Something the rep asked for is on its way. */
  readonly isBusy: boolean
  /** Leads are being added: all of them or, when it is cancelled, none. */
  readonly isSaving: boolean
  /** Why the last request of this step was refused. */
  readonly error: ApiError | null
  /** The rep stopped the import before. */
  readonly isCancelled: boolean
  go(step: Step): void
  map(mapping: readonly LeadColumn[]): void
  reopen(format: Partial<FileFormat>): void
  check(): void
  save(input: Omit<InputAt<'imports.save'>, 'importId'>): void
  cancel(): void
  /** Forgets a finished or failed import and begins again. */
  restart(): void
}

/** Never read; stands in where there is no import to ask for. */
const NO_IMPORT = '-' as ImportId

/** One import, from the file to the saved list. Its state comes from the engine and is pushed as it moves. */
export function useImport(purpose: ImportPurpose): ImportWizard {
  const [resumedId] = useState(() => rememberedImport(purpose))
  const [importId, setImportId] = useState(resumedId)
  const [asked, setAsked] = useState<Step>('file')
  const [isCancelled, setCancelled] = useState(false)
  const got = useApi('imports.get', { importId: importId ?? NO_IMPORT }, { enabled: importId !== null })
  const calls = {
    reopen: useCall('imports.reopen', { quiet: true }),
    check: useCall('imports.check', { quiet: true }),
    save: useCall('imports.save', { quiet: true }),
    cancel: useCall('imports.cancel', { quiet: true }),
  }
  const all = Object.values(calls)
  const upload = useUpload({
    purpose,
    onOpened: (opened) => begin(opened.importId),
    onCancelled: () => setCancelled(true),
  })
  const state = importId === null || got.isError ? null : (got.data ?? null)
  const [mapping, setMapping] = useMapping(state)
  const [dates, setDates] = useDates(state)
  const isSaved = state?.stage === 'saved'
  useEffect(() => {
    // Its end has been seen: the next visit begins with a new file.
    if (isSaved) rememberImport(purpose, null)
  }, [isSaved, purpose])

  function begin(id: ImportId | null): void {
    rememberImport(purpose, id)
    setImportId(id)
    setAsked('file')
    setCancelled(false)
    for (const call of all) call.reset()
  }

  function end(): void {
    begin(null)
    setCancelled(true)
  }

  /** Old refusals go before the next request. */
  function withImport(run: (id: ImportId) => void): void {
    if (importId === null) return
    for (const call of all) call.reset()
    run(importId)
  }

  return {
    purpose,
    dates,
    setDates,
    step: stepOf(state, asked),
    state,
    upload,
    isLoading: importId !== null && got.isPending,
    mapping,
    isBusy: all.some((call) => call.isPending),
    isSaving: calls.save.isPending || state?.stage === 'saving',
    error: all.find((call) => call.error !== null)?.error ?? (importId === resumedId ? null : got.error),
    isCancelled: isCancelled || state?.stage === 'cancelled',
    go: setAsked,
    map: setMapping,
    reopen: (format) =>
      withImport((id) => {
        setAsked('columns')
        calls.reopen.mutate({ importId: id, format })
      }),
    check: () =>
      withImport((id) => {
        setAsked('check')
        calls.check.mutate({ importId: id, mapping: [...mapping], dates }, { onError: () => setAsked('columns') })
      }),
    save: (input) => withImport((id) => calls.save.mutate({ importId: id, ...input })),
    cancel: () =>
      withImport((id) =>
        calls.cancel.mutate(
          { importId: id },
          {
            onSuccess: end,
            onError: (error) => {
              if (error.code === 'import.not_found') end()
            },
          },
        ),
      ),
    restart: () => begin(null),
  }
}

/** The guess of the file and the zone of this computer, until the rep chooses. */
function useDates(state: ImportState | null): [DateFormat, (dates: DateFormat) => void] {
  const zone = useApi('app.status', {}).data?.zone ?? 'UTC'
  const [chosen, setChosen] = useState<DateFormat | null>(null)
  return [chosen ?? { order: state?.dateOrder ?? 'mdy', zone }, setChosen]
}

/** The rep's choice of columns; the guess until they choose, and again when the file is read another way. */
function useMapping(state: ImportState | null): [readonly LeadColumn[], (mapping: readonly LeadColumn[]) => void] {
  const key = state === null ? '' : JSON.stringify([state.importId, state.format, state.columns])
  const [chosen, setChosen] = useState<{ readonly key: string; readonly mapping: readonly LeadColumn[] } | null>(null)
  const mapping = chosen?.key === key ? chosen.mapping : (state?.mapping ?? [])
  return [mapping, (next) => setChosen({ key, mapping: next })]
}
