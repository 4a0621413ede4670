import type { IncomingVerdict } from '#shared/domain/taxonomy'

/** What the address asks the page to show. */
export interface AnswersView {
  /** Null: every kind. */
  readonly verdict: IncomingVerdict | null
  readonly mailboxId: number | null
  /** The send whose answers are open. */
  readonly sendId: number | null
}

/** The address of the page: only what differs from everything that came back. */
export interface AnswersAddress {
  readonly verdict?: string
  readonly mailbox?: number
  readonly send?: number
}

/** In the order in which the filter offers them. */
export const VERDICTS: readonly IncomingVerdict[] = ['replied', 'auto_replied', 'bounced', 'opted_out']

export function viewOf({ verdict, mailbox, send }: AnswersAddress): AnswersView {
  return {
    verdict: VERDICTS.find((known) => known === verdict) ?? null,
    mailboxId: idOf(mailbox),
    sendId: idOf(send),
  }
}

export function addressOf({ verdict, mailboxId, sendId }: AnswersView): AnswersAddress {
  return {
    ...(verdict === null ? {} : { verdict }),
    ...(mailboxId === null ? {} : { mailbox: mailboxId }),
    ...(sendId === null ? {} : { send: sendId }),
  }
}

function idOf(value: number | undefined): number | null {
  return value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : null
}
