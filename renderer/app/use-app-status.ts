import { useApi, useCall } from '../api/hooks.ts'
import type { InputAt } from '../api/paths.ts'

export type PauseUntil = NonNullable<InputAt<'app.pause'>['until']>

/** What the frame of the window shows, and the two buttons that are always in reach. */
export function useAppStatus() {
  const { data } = useApi('app.status', {})
  const isSending = data !== undefined && data.waiting > 0 && !data.isPaused
  const next = useApi('sends.list', { status: ['pending'], limit: 1 }, { enabled: isSending })
  const pause = useCall('app.pause')
  const resume = useCall('app.resume')
  const takeOver = useCall('app.takeOver')
  return {
    /** Undefined until the first answer. */
    status: data,
    /** What the next mail waits for; null: nothing waits, or it is not known yet. */
    nextWait: isSending ? (next.data?.rows[0]?.wait ?? null) : null,
    isChanging: pause.isPending || resume.isPending,
    pause: (until: PauseUntil = 'resumed') => pause.mutate({ until }),
    resume: () => resume.mutate({}),
    isTakingOver: takeOver.isPending,
    takeOver: () => takeOver.mutate({}),
  }
}

export type AppStatusView = ReturnType<typeof useAppStatus>
