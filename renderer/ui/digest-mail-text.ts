import type { TestMailStatus } from '#shared/domain/readiness'
import { formatClock } from './format.ts'

interface DigestMail {
  readonly address: string
  readonly status: TestMailStatus
  readonly code: string | null
  /** Epoch ms. */
  readonly at: number | null
}

/** How today's digest by mail stands, as a sentence. */
export function digestMailText({ address, status, code, at }: DigestMail): string {
  const to = address === '' ? '' : ` to ${address}`
  switch (status) {
    case 'preparing':
      return code === null ? `The next digest is mailed${to}.` : `Today’s digest is not mailed yet: ${because(code)}`
    case 'sending':
      return `Today’s digest is on its way${to}.`
    case 'accepted':
      return at === null ? `Today’s digest was mailed${to}.` : `Today’s digest was mailed${to} at ${formatClock(at)}.`
    case 'failed':
      return `Today’s digest was not mailed: ${because(code)} It is not tried again today.`
    case 'uncertain':
      return `It is not known whether today’s digest${to} left. It is not sent again.`
  }
}

/** Why no digest leaves, as the end of a sentence. */
function because(code: string | null): string {
  switch (code) {
    case 'mailbox.not_found':
      return 'its mailbox was removed. Choose another one in Settings.'
    case 'mail.signed_out':
      return 'its mailbox needs a sign-in.'
    case 'readiness.paused':
      return 'its mailbox is paused or resting, or everything is.'
    case 'readiness.limit_used':
      return 'the limit of its mailbox is used.'
    case 'mail.unreachable':
      return 'its mailbox could not be reached.'
    case 'mail.refused':
      return 'its provider refused it.'
    default:
      return 'its mailbox could not be used.'
  }
}
