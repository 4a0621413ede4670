import type { ImportState } from '#shared/contract/imports'

/** The four steps, in order. */
export const STEPS = ['file', 'columns', 'check', 'save'] as const
export type Step = (typeof STEPS)[number]

/**
 * What the wizard shows. The stage of the import leads; within `opened` and `checked` the rep may go back and forth, so
 * the step asked for counts there.
 */
export function stepOf(state: Pick<ImportState, 'stage' | 'format' | 'counts'> | null, asked: Step): Step {
  if (state === null) return 'file'
  switch (state.stage) {
    case 'opening':
      // Read again another way: the rep stays at the columns.
      return asked === 'columns' ? 'columns' : 'file'
    case 'opened':
      return 'columns'
    case 'checking':
      return 'check'
    case 'checked':
      return asked === 'columns' || asked === 'save' ? asked : 'check'
    case 'saving':
    case 'saved':
      return 'save'
    case 'failed':
      return state.counts !== null ? 'save' : state.format !== null && asked !== 'file' ? 'columns' : 'file'
    case 'cancelled':
      return 'file'
  }
}

/** Percent; null while nobody knows how much there is. */
export function percentOf(progress: ImportState['progress']): number | null {
  if (progress.total === null) return null
  return progress.total === 0 ? 100 : Math.min(100, Math.round((progress.done / progress.total) * 100))
}
