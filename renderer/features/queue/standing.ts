import type { Send } from '#shared/contract/sends'
import { formatWhen } from '../../ui/format.ts'
import { atText, NEVER_TEXTS, waitText } from '../../ui/wait-text.ts'
import { failureText } from './story-text.ts'

/** Where it stands, as a sentence. */
export function standing(send: Send, now: number): string {
  switch (send.status) {
    case 'pending':
      return waiting(send, now)
    case 'processing':
      return send.stage === 'handed_over' ? withExchange(send, now) : 'It is being handed to the mail service.'
    case 'skipped':
      return send.skipped === null ? 'A rule forbids it.' : NEVER_TEXTS[send.skipped]
    case 'failed':
      return send.failure === null ? 'It was refused.' : `It was refused: ${failureText(send.failure)}.`
    case 'uncertain':
      return send.failure === null ? 'No answer came back.' : `No clear answer: ${failureText(send.failure)}.`
    case 'sent':
    case 'cancelled':
      return send.finishedAt === null ? '' : formatWhen(send.finishedAt, now)
  }
}

/** At its time and a little after it is being looked for. */
function withExchange({ startedAt }: Send, now: number): string {
  if (startedAt === null || startedAt <= now) return 'Exchange sends it now. Pacemail looks whether it has left.'
  return `Exchange holds it and sends it ${atText(startedAt, now)}, also while this computer sleeps. Until then it can be taken back.`
}

function waiting({ wait }: Send, now: number): string {
  if (wait === null) return 'It waits.'
  if (wait.willSkip !== null) return `It will be skipped when its turn comes. ${NEVER_TEXTS[wait.willSkip]}`
  return `${wait.at === null ? 'It is' : 'It goes'} ${waitText(wait, now)}.`
}
