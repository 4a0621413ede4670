import type { Wait } from '#shared/contract/sends'
import { formatCount } from '../../ui/format.ts'
import { NEVER_TEXTS, WAIT_LABELS } from '../../ui/wait-text.ts'

/** "Its turn, 12 mails ahead": the reason and how many of the mailbox go before it. The time stands in its own column. */
export function waitWords({ code, ahead, willSkip }: Omit<Wait, 'at'>): string {
  if (willSkip !== null) return NEVER_TEXTS[willSkip]
  const reason = WAIT_LABELS[code]
  return ahead === 0 ? reason : `${reason}, ${formatCount(ahead, 'mail')} ahead`
}
