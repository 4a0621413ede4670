import type { PipelineInputKind, PipelineRun } from '#shared/contract/pipeline'
import type { PipelineStep } from '#shared/domain/taxonomy'
import { useState } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { useApi, useCall, useCallOnce } from '../../api/hooks.ts'
import type { InputAt } from '../../api/paths.ts'
import { uploadFile } from '../../api/upload.ts'
import { saveText } from '../../ui/save-text.ts'

type RunId = PipelineRun['runId']
export type SaveChoice = Omit<InputAt<'pipeline.save'>, 'runId'>

export function useRun(runId: RunId) {
  return useApi('pipeline.get', { runId })
}

export function useRuns() {
  return useApi('pipeline.list', {})
}

export function useNewRun(onMade: (runId: RunId) => void) {
  const create = useCall('pipeline.create')
  return {
    isBusy: create.isPending,
    begin: (name: string) => create.mutate({ name }, { onSuccess: ({ runId }) => onMade(runId) }),
  }
}

export interface RunCalls {
  readonly isSaving: boolean
  readonly saveError: ApiError | null
  start(step: PipelineStep, mode: 'again' | 'on' | 'unsure'): void
  stop(): void
  removeInput(inputId: PipelineRun['inputs'][number]['inputId']): void
  save(choice: SaveChoice, provenance: PipelineRun['provenance']): void
  remove(onGone: () => void): void
  report(): void
}

/** What the rep may do with one search. */
export function useRunCalls(runId: RunId): RunCalls {
  const call = useCallOnce()
  const run = useCall('pipeline.run')
  const stop = useCall('pipeline.stop')
  const removeInput = useCall('pipeline.removeInput')
  const edit = useCall('pipeline.edit', { quiet: true })
  const save = useCall('pipeline.save', { quiet: true })
  const remove = useCall('pipeline.remove')
  return {
    isSaving: edit.isPending || save.isPending,
    saveError: edit.error ?? save.error,
    start: (step, mode) => run.mutate({ runId, step, mode }),
    stop: () => stop.mutate({ runId }),
    removeInput: (inputId) => removeInput.mutate({ runId, inputId }),
    save: (choice, provenance) =>
      edit.mutate({ runId, provenance }, { onSuccess: () => save.mutate({ runId, ...choice }) }),
    remove: (onGone) => remove.mutate({ runId }, { onSuccess: onGone }),
    report: () => void call('pipeline.report', { runId }).then(saveText),
  }
}

export interface AddInput {
  readonly isBusy: boolean
  readonly error: unknown
  paste(text: string, onDone: () => void): void
  choose(files: readonly File[]): void
}

/** Adds a pasted list or files to a search; a folder of cards is many files. */
export function useAddInput(runId: RunId, kind: PipelineInputKind): AddInput {
  const call = useCallOnce()
  const add = useCall('pipeline.addInput', { quiet: true })
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function send(files: readonly File[]): Promise<void> {
    setSending(true)
    setError(null)
    try {
      for (const file of files) {
        const uploadId = await uploadFile(
          file,
          {
            begin: (input) => call('files.begin', input),
            append: (input) => call('files.append', input),
            discard: (id) => call('files.discard', { uploadId: id }),
          },
          { signal: new AbortController().signal, onSent: () => {} },
        )
        if (uploadId !== null) await call('pipeline.addInput', { runId, kind, from: { uploadId } })
      }
    } catch (failure) {
      setError(failure)
    } finally {
      setSending(false)
    }
  }

  return {
    isBusy: isSending || add.isPending,
    error: error ?? add.error,
    paste(text, onDone) {
      setError(null)
      add.mutate({ runId, kind, from: { text, name: '' } }, { onSuccess: onDone })
    },
    choose: (files) => void send(files),
  }
}
