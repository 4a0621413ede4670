import type { ImportState } from '#shared/contract/imports'
import { ApiError } from '../../api/api-error.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

interface Props {
  readonly error: unknown
  /** Of the import itself, where it failed. */
  readonly failed?: ImportState['error']
}

/** Why this step could not be done, and what to do; nothing while all is well. */
export function ImportProblem({ error, failed = null }: Props) {
  const shown = error ?? (failed === null ? null : new ApiError({ ...failed, ref: null }))
  return shown === null ? null : <ErrorPanel error={shown} title="This did not work, and nothing was kept" />
}
