import { useRef } from 'react'
import type { Lead, LeadSelection } from '#shared/contract/leads'
import type { UndoId } from '#shared/domain/ids'
import type { LeadReview } from '#shared/domain/taxonomy'
import { useCall } from '../../api/hooks.ts'
import { showChange, showPlain } from './change-toast.tsx'
import { basisSentence, removeSentence, reviewSentence, tagSentence } from './lead-words.ts'

export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export type Ground = Pick<Lead, 'basis' | 'basisAt' | 'basisNote'>

export interface LeadActions {
  review(selection: LeadSelection, review: LeadReview): void
  tag(selection: LeadSelection, change: TagChange): void
  setBasis(selection: LeadSelection, ground: Ground): void
  remove(selection: LeadSelection): void
  /** Takes back the newest change that was not taken back yet. */
  undo(): void
  /** A change made elsewhere on the page (an edit) that can be taken back too. */
  remember(undoId: UndoId, sentence: string): void
}

/** How many changes Ctrl+Z can take back, one after the other. */
const MOST_UNDOS = 100

/** Every change of leads from this page, each with its way back. */
export function useLeadActions(): LeadActions {
  const review = useCall('leads.review')
  const tag = useCall('leads.tag')
  const setBasis = useCall('leads.setBasis')
  const remove = useCall('leads.remove')
  const undone = useCall('leads.undo')
  const history = useRef<readonly UndoId[]>([])

  function takeBack(undoId: UndoId): void {
    history.current = history.current.filter((id) => id !== undoId)
    whenDone(undone.mutateAsync({ undoId }), ({ changed }) =>
      showPlain(changed === 0 ? 'Nothing to take back: it was changed again since.' : 'Taken back.'),
    )
  }

  function remember(undoId: UndoId | null, sentence: string): void {
    if (undoId === null) {
      showPlain(sentence)
      return
    }
    history.current = [...history.current, undoId].slice(-MOST_UNDOS)
    showChange(sentence, () => takeBack(undoId))
  }

  return {
    review: (selection, to) =>
      whenDone(review.mutateAsync({ selection, review: to }), ({ changed, undoId }) =>
        remember(undoId, reviewSentence(changed, to)),
      ),
    tag: (selection, { add, remove: gone }) =>
      whenDone(tag.mutateAsync({ selection, add: [...add], remove: [...gone] }), ({ changed, undoId }) =>
        remember(undoId, tagSentence(changed)),
      ),
    setBasis: (selection, ground) =>
      whenDone(setBasis.mutateAsync({ selection, ...ground }), ({ changed, undoId }) =>
        remember(undoId, basisSentence(changed)),
      ),
    remove: (selection) =>
      whenDone(remove.mutateAsync({ selection }), ({ changed, kept, undoId }) =>
        remember(undoId, removeSentence(changed, kept)),
      ),
    undo() {
      const undoId = history.current.at(-1)
      if (undoId === undefined) showPlain('Nothing to take back.')
      else takeBack(undoId)
    },
    remember,
  }
}

/**
 * Waits for this very answer. The callbacks of `mutate` are called for the last of several quick changes only, and then
 * the others could not be taken back. Failures have shown themselves.
 */
function whenDone<T>(answer: Promise<T>, then: (value: T) => void): void {
  answer.then(then, () => undefined)
}
