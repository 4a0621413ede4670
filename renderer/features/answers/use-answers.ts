import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { InputAt, OutputAt } from '../../api/paths.ts'
import { useApi, useCall } from '../../api/hooks.ts'
import { useFirst, usePages } from '../../api/use-pages.ts'
import { useCursor } from '../../ui/use-choice.ts'
import { addressOf, viewOf, type AnswersView } from './answers-view.ts'

export type Answer = OutputAt<'incoming.list'>['rows'][number]

/** What is shown is in the address, so that Back works and other pages can point here. */
export function useAnswersView() {
  const navigate = useNavigate()
  const view = viewOf(useSearch({ from: '/answers' }))
  return {
    view,
    show: (part: Partial<AnswersView>) => void navigate({ to: '/answers', search: addressOf({ ...view, ...part }) }),
  }
}

/** The answers of the list, newest first, with the cursor in them. */
export function useAnswers({ verdict, mailboxId }: AnswersView) {
  const { first, setFirst } = useFirst()
  const input: InputAt<'incoming.list'> = { verdicts: verdict === null ? [] : [verdict], mailboxId }
  const pages = usePages('incoming.list', input, { first })
  return { pages, setFirst, ...useCursor(pages.total) }
}

/** Everything that came back for one send, newest first. */
export function useAnswersOf(sendId: number | null) {
  return useApi('incoming.list', { sendId: sendId ?? 1, limit: 50 }, { enabled: sendId !== null })
}

export function useUndo() {
  return useCall('incoming.undo')
}

/** The mailboxes there are, and the address of each by its id. */
export function useAnswerMailboxes() {
  const { data } = useApi('mailboxes.list', {})
  return useMemo(() => {
    const mailboxes = data ?? []
    return { mailboxes, isKnown: data !== undefined, names: new Map(mailboxes.map(({ id, address }) => [id, address])) }
  }, [data])
}
