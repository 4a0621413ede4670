import { write } from '#db/open'
import { editBody } from '#db/queries/dated-bodies'
import { insertEvent } from '#db/queries/events'
import { findSend, type Send } from '#db/queries/sends'
import { parkSend } from '#db/queries/waiting-sends'
import type { TemplateContent } from '#shared/contract/templates'
import { AppError } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { approvedMail } from './leaving-mail.ts'
import { mailOfSource, sourceOf } from '../texts/mail-source.ts'

/** What the rep changes in one mail that is queued and has not been handed over. */
export interface SendEdits {
  /** Throws `send.not_found`, and `send.too_late` for what does not wait. */
  source(sendId: number): { readonly source: TemplateContent; readonly revision: number }
  /** Also throws `send.changed` when the send has moved since `revision` was read, and `template.invalid`. */
  save(sendId: number, revision: number, text: { readonly subject: string; readonly body: string }): void
}

export interface SendEditsDeps extends Pick<EngineContext, 'db' | 'clock' | 'publish'> {
  /** The mail's text is another one: what was held back for its words may go. */
  readonly replan: () => void
}

export function createSendEdits(deps: SendEditsDeps): SendEdits {
  const { db, clock } = deps

  function waiting(sendId: number): Send {
    const send = findSend(db, sendId)
    if (!send) throw new AppError('send.not_found', `send ${sendId}`)
    if (send.state.status !== 'pending') throw new AppError('send.too_late', `send ${sendId} is ${send.state.status}`)
    return send
  }

  function save(sendId: number, revision: number, text: { subject: string; body: string }): void {
    const send = waiting(sendId)
    const { format } = sourceOf(approvedMail(db, sendId))
    const mail = mailOfSource({ ...text, format })
    const isSaved = write(db, (tx) => {
      if (!editBody(tx, { id: sendId, revision }, mail)) return false
      // What was wrong with the text is the rep's to say; the next claim reads it again.
      if (send.parked === 'text_aged') parkSend(tx, sendId, null)
      const { leadId, campaignId, mailboxId } = send
      insertEvent(tx, { at: clock.now(), kind: 'send_edited', sendId, leadId, campaignId, mailboxId })
      return true
    })
    if (!isSaved) throw new AppError('send.changed', `send ${sendId} is at ${send.revision}, not ${revision}`)
    deps.publish({ type: 'sends.changed' })
    deps.replan()
  }

  return {
    source(sendId) {
      const { revision } = waiting(sendId)
      return { source: sourceOf(approvedMail(db, sendId)), revision }
    },
    save,
  }
}
