import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import type { Campaign } from '#shared/contract/campaigns'
import { useErrorText } from '../../ui/error-text-context.ts'
import { useNow } from '../../ui/use-now.ts'
import { whatIfRows, whatIfText } from '../../ui/what-if-text.ts'
import { draftProblems, movesMail, planOf, type SequenceDraft } from './sequence-draft.ts'
import { useCampaignWhatIf } from './use-campaigns.ts'

const TYPING_MS = 400

interface Told {
  /** Empty: nothing to say. */
  readonly sentence: string
  readonly rows: ReturnType<typeof whatIfRows>
}

const NOTHING: Told = { sentence: '', rows: [] }

/** What the changes of a running campaign would do to its waiting mail, before they are saved. */
export function useChangeTold(startedId: Campaign['id'] | null, draft: SequenceDraft, initial: SequenceDraft): Told {
  const now = useNow()
  const say = useErrorText()
  const [settled] = useDebouncedValue(draft, TYPING_MS)
  const change = useMemo(() => {
    const isAsked = startedId !== null && movesMail(settled, initial) && draftProblems(settled, 0, true).length === 0
    return isAsked ? { ...planOf(settled), campaignId: startedId } : null
  }, [settled, initial, startedId])
  const { data, error } = useCampaignWhatIf(change)
  if (change === null || !movesMail(draft, initial)) return NOTHING
  if (error !== null) return { sentence: say(error), rows: [] }
  return data === undefined ? NOTHING : { sentence: whatIfText(data, now), rows: whatIfRows(data, now) }
}
