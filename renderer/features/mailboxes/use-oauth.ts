import { useQueryClient } from '@tanstack/react-query'
import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import type { Provider } from '../../ui/client-words.ts'

export type SignInState = OutputAt<'signIn.get'>

interface Flow {
  readonly provider: Provider
  /** A mailbox to sign in again; null adds one. */
  readonly mailboxId: number | null
  /** The sign-in that runs or has ended; null: not begun. */
  readonly signInId: string | null
  readonly onSignIn: (signInId: string | null) => void
}

/** One sign-in in the rep's browser. Its id is in the address, so that a reload of this page finds it again. */
export function useOAuth({ provider, mailboxId, signInId, onSignIn }: Flow) {
  const cache = useQueryClient()
  const begin = useCall('signIn.begin', { quiet: true })
  const cancel = useCall('signIn.cancel', { quiet: true })
  // Facts put the newer states in its place.
  const { data: state, error } = useApi('signIn.get', { signInId: signInId ?? '' }, { enabled: signInId !== null })
  return {
    /** Undefined: not begun, or on its way. */
    state: signInId === null ? undefined : state,
    error: begin.error ?? (signInId === null || state !== undefined ? null : error),
    isBusy: begin.isPending,
    begin: (senderName: string) =>
      begin.mutate(
        { provider, mailboxId, senderName },
        {
          onSuccess: (begun) => {
            // A fact may have been faster than this answer.
            cache.setQueryData<SignInState>(['signIn.get', { signInId: begun.signInId }], (known) => known ?? begun)
            onSignIn(begun.signInId)
          },
        },
      ),
    /** Harmless when it is over. */
    cancel: () => {
      if (signInId !== null && state?.stage !== 'done') cancel.mutate({ signInId })
    },
    startOver: () => {
      begin.reset()
      onSignIn(null)
    },
  }
}

export type OAuth = ReturnType<typeof useOAuth>
