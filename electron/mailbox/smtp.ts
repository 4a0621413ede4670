import { Readable } from 'node:stream'
import { AppError } from '#shared/errors'
import type { MailProvider, OutgoingMail } from './mail-provider.ts'
import { buildMime, envelopeOf, messageIdOf } from './mime.ts'
import { smtpFailure, type SendMoment } from './smtp-failure.ts'
import { withSmtpSession, type SmtpAccount } from './smtp-session.ts'

/**
 * A mailbox behind an SMTP server. SMTP knows no drafts and cannot be asked afterwards, so a draft is only our key, and
 * a connection that breaks once the mail is on its way leaves a doubt that nobody but the rep can settle.
 */
export function createSmtpProvider(account: SmtpAccount): MailProvider {
  return {
    kind: 'smtp',
    canProve: false,
    createDraft: async (mail) => {
      await buildMime(mail)
      return { draftId: mail.key }
    },
    sendDraft: async (draftId, mail, beforeFirstByte, signal) => {
      if (draftId !== mail.key) throw new AppError('mail.invalid', 'this draft belongs to another mail')
      return sendOnce(account, mail, { beforeFirstByte, signal })
    },
    findDraft: async () => ({ fate: 'unknown' }),
    deleteDraft: async () => {},
    check: async (signal) => {
      try {
        await withSmtpSession(account, signal, async () => {})
      } catch (error) {
        throw smtpFailure(error, { isStopped: signal.aborted, isHandedOver: false })
      }
    },
  }
}

async function sendOnce(
  account: SmtpAccount,
  mail: OutgoingMail,
  { beforeFirstByte, signal }: { beforeFirstByte: () => boolean; signal: AbortSignal },
): Promise<{ providerMessageId: string }> {
  const bytes = await buildMime(mail)
  const envelope = { ...envelopeOf(mail), sizeBytes: bytes.length }
  const moment: SendMoment = { isStopped: false, isHandedOver: false }
  const body = readableOnce(bytes, moment, beforeFirstByte)
  try {
    const info = await withSmtpSession(account, signal, (session) => session.send(envelope, body))
    return { providerMessageId: info.serverMessageId ?? messageIdOf(mail) }
  } catch (error) {
    throw smtpFailure(error, { ...moment, isStopped: moment.isStopped || signal.aborted })
  } finally {
    body.destroy()
  }
}

/**
 * The mail as a stream that asks before it gives its first byte. nodemailer reads it only after the server said "go
 * ahead" to DATA, the last point at which stopping is sure: a server must drop a mail whose final dot never came
 * (RFC 5321 §4.1.1.4), and of this one it has not even the first byte.
 */
function readableOnce(bytes: Buffer, moment: SendMoment, mayLeave: () => boolean): Readable {
  const body = new Readable({
    read() {
      if (moment.isHandedOver || moment.isStopped) return
      // Until `mayLeave` has said yes, also by throwing, the mail is stopped.
      moment.isStopped = true
      if (!mayLeave()) {
        body.destroy(new Error('stopped before the first byte'))
        return
      }
      moment.isStopped = false
      moment.isHandedOver = true
      body.push(bytes)
      body.push(null)
    },
  })
  return body
}
