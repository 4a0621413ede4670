import type { EnrolmentStatus } from '#shared/domain/taxonomy'
import { useFirst } from '../../api/use-pages.ts'
import { useChoice } from '../../ui/use-choice.ts'
import { usePeople } from './use-campaigns.ts'

/** The people of one status (or of all), the cursor among them, and who is chosen. */
export function usePeopleList(campaignId: number, status: EnrolmentStatus | null) {
  const { first, setFirst } = useFirst()
  const pages = usePeople(campaignId, status === null ? [] : [status], first)
  const idAt = (index: number) => pages.rowAt(index)?.leadId ?? null
  const { choose, ...choice } = useChoice(pages.total, idAt)
  return {
    ...choice,
    pages,
    setFirst,
    /** Everybody whose row is in the page already. */
    chooseLoaded: () =>
      choose(Array.from({ length: pages.total }, (_, index) => idAt(index)).filter((id) => id !== null)),
  }
}

export type PeopleList = ReturnType<typeof usePeopleList>
