import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { useNow } from '../../ui/use-now.ts'
import { whatIfRows, whatIfText } from '../../ui/what-if-text.ts'
import { draftOf, policyOf, type PolicyDraft } from './policy-draft.ts'
import { hasProblems, problemsOf } from './policy-problems.ts'
import { useWhatIf, type Mailbox, type Policy } from './use-mailboxes.ts'

const TYPING_MS = 300

/** While it is only asked, nothing could have been saved. */
const NEVER_OPENS = 'With this there is no time to send in the coming year. Open at least one weekday.'

export interface Told {
  /** Empty: nothing to say. */
  readonly sentence: string
  readonly rows: ReturnType<typeof whatIfRows>
}

/** What the changes in the form would do to the mail that waits, before they are saved. */
export function useTold(mailbox: Mailbox, draft: PolicyDraft): Told {
  const now = useNow()
  const say = useErrorText()
  // One moment for as long as the form is open: else a new slow start would be another question at each look.
  const [openedAt] = useState(now)
  const [settled] = useDebouncedValue(draft, TYPING_MS)
  const policy = changedPolicy(mailbox, settled, openedAt)
  const { data, error } = useWhatIf(mailbox, policy)
  if (policy === null) return { sentence: '', rows: [] }
  if (error !== null) return { sentence: error.code === 'mailbox.never_opens' ? NEVER_OPENS : say(error), rows: [] }
  return data === undefined
    ? { sentence: '', rows: [] }
    : { sentence: whatIfText(data, now), rows: whatIfRows(data, now) }
}

/** Null: nothing is changed, or what is typed cannot be saved. */
function changedPolicy({ policy }: Mailbox, draft: PolicyDraft, now: number): Policy | null {
  if (hasProblems(problemsOf(draft))) return null
  const typed = policyOf(draft, now)
  return JSON.stringify(typed) === JSON.stringify(policyOf(draftOf(policy), now)) ? null : typed
}
