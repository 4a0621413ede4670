import type { Send } from '#shared/contract/sends'
import { formatWhen } from '../../ui/format.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { heldText, NEVER_TEXTS, outcomeLabel, sendStatusLabel, waitRemark } from '../../ui/wait-text.ts'

/** Where one mail stands: the word, and beside it the time or the reason. */
export function SendState({ send, now }: { readonly send: Send; readonly now: number }) {
  const willSkip = send.wait?.willSkip ?? null
  const { label, tone } = willSkip === null ? sendStatusLabel(send) : WILL_BE_SKIPPED
  const remark = willSkip === null ? remarkOf(send, now) : NEVER_TEXTS[willSkip]
  const outcome = outcomeLabel(send)
  return (
    <>
      <StatusWord tone={tone} label={label} /> {outcome === null ? null : <StatusWord {...outcome} />}{' '}
      <span title={remark}>{remark}</span>
    </>
  )
}

const WILL_BE_SKIPPED = { label: 'Will be skipped', tone: 'warning' } as const

function remarkOf(send: Send, now: number): string {
  if (send.status === 'pending' && send.wait !== null) return waitRemark(send.wait, now)
  if (send.status === 'processing') return heldText(send, now)
  if (send.status === 'skipped' && send.skipped !== null) return NEVER_TEXTS[send.skipped]
  if (send.status === 'uncertain') return 'Decide in the queue'
  if (send.status === 'failed') return send.failure?.providerCode ?? send.failure?.code ?? ''
  return send.finishedAt === null ? '' : formatWhen(send.finishedAt, now)
}
