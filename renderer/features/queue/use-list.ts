import { useState } from 'react'
import type { ParkCode } from '#shared/domain/taxonomy'
import { useFirst, usePages } from '../../api/use-pages.ts'
import type { QueueSearch } from './queue-search.ts'
import { useChoice } from '../../ui/use-choice.ts'
import { listInput, useAllIds } from './use-queue.ts'

/** The rows of one tab, the cursor in them, and what is chosen. */
export function useList(view: QueueSearch) {
  const { first, setFirst } = useFirst()
  const [isGathering, setGathering] = useState(false)
  const allIds = useAllIds()
  const input = listInput(view)
  const pages = usePages('sends.list', input, { first })
  const idAt = (index: number) => pages.rowAt(index)?.id ?? null
  const { choose, ...choice } = useChoice(pages.total, idAt)
  const { active, chosen } = choice

  async function chooseAll(): Promise<void> {
    setGathering(true)
    try {
      choose(await allIds(input))
    } finally {
      setGathering(false)
    }
  }

  return {
    ...choice,
    pages,
    setFirst,
    chooseAll,
    isGathering,
    /** A chosen mail whose row is in the page stands aside: its text has aged, its time was missed, or it may have left before. */
    hasParked: (): boolean =>
      Array.from({ length: pages.total }, (_, index) => pages.rowAt(index)).some(
        (send) => send !== undefined && chosen.has(send.id) && RELEASABLE.has(send.wait?.code ?? ''),
      ),
    /** What a command means: the choice, or the row under the cursor when nothing is chosen. */
    targets: (): number[] => {
      const here = idAt(active)
      return chosen.size > 0 ? [...chosen] : here === null ? [] : [here]
    },
  }
}

/** The rep may let these go as they are. */
const RELEASABLE: ReadonlySet<string> = new Set<ParkCode>(['text_aged', 'missed', 'restored'])

export type List = ReturnType<typeof useList>
