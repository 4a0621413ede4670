import { useState } from 'react'
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
    /** A chosen mail whose row is in the page stands aside: its text has aged or its time was missed. */
    hasParked: (): boolean =>
      Array.from({ length: pages.total }, (_, index) => pages.rowAt(index)).some(
        (send) =>
          send !== undefined &&
          chosen.has(send.id) &&
          (send.wait?.code === 'text_aged' || send.wait?.code === 'missed'),
      ),
    /** What a command means: the choice, or the row under the cursor when nothing is chosen. */
    targets: (): number[] => {
      const here = idAt(active)
      return chosen.size > 0 ? [...chosen] : here === null ? [] : [here]
    },
  }
}

export type List = ReturnType<typeof useList>
