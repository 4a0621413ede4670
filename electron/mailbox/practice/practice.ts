import { AppError } from '#shared/errors'
import type { DraftFate, MailProvider, OutgoingMail, ProofTimes, SentMail } from '../mail-provider.ts'
import { buildMime, messageIdOf } from '../mime.ts'
import { createPracticeReader } from './practice-inbox.ts'
import { createPracticeFolder, type PracticeFolder } from './practice-folder.ts'

/**
 * A mailbox that "sends" into a folder on this machine. Drafts and sent mail share one name, the key, so one mail can
 * never be sent twice, and what became of it can always be told by looking.
 */
export function createPracticeProvider({ folder }: { folder: string }): MailProvider {
  const files = createPracticeFolder(folder)

  return {
    kind: 'practice',
    proof: AT_ONCE,
    hasVisibleDrafts: false,
    holding: null,
    looksAt: ['folder'],
    reader: createPracticeReader(folder),
    createDraft: async (mail, signal) => {
      const bytes = await buildMime(mail)
      stopIfAborted(signal)
      return inFolder(() => putDraft(files, mail.key, bytes))
    },
    sendDraft: async (draftId, mail, beforeFirstByte, signal) => {
      const bytes = await buildMime(mail)
      if (draftId !== mail.key) throw new AppError('mail.invalid', 'this draft belongs to another mail')
      stopIfAborted(signal)
      await inFolder(() => refreshDraft(files, mail, bytes))
      stopIfAborted(signal)
      return send(files, mail, beforeFirstByte)
    },
    findDraft: async (key, _draftId, signal) => {
      stopIfAborted(signal)
      return inFolder(() => findFate(files, key))
    },
    deleteDraft: async (draftId, signal) => {
      stopIfAborted(signal)
      await inFolder(() => files.removeDraft(draftId))
    },
    strayDrafts: async (signal) => {
      stopIfAborted(signal)
      const keys = await inFolder(() => files.listDrafts())
      return keys.map((key) => ({ key, draftId: key }))
    },
    ownAddresses: async () => [],
    check: async (signal) => {
      stopIfAborted(signal)
      await inFolder(() => files.prepare())
      return { mostMailBytes: null }
    },
  }
}

/** A folder shows at once what became of a mail. */
const AT_ONCE: ProofTimes = { firstLookMs: 0, draftAgeMs: 0, draftLooks: 1, betweenLooksMs: 0, giveUpMs: 0 }

async function putDraft(files: PracticeFolder, key: string, bytes: Buffer): Promise<{ draftId: string }> {
  await files.prepare()
  if ((await files.readSent(key)) === null) await files.writeDraft(key, bytes)
  return { draftId: key }
}

/**
 * A draft from before a restart may carry an older Date or text than the mail that is to leave now; one that somebody threw
 * away is written again, because the folder proves that it was not sent.
 */
async function refreshDraft(files: PracticeFolder, mail: OutgoingMail, bytes: Buffer): Promise<void> {
  if ((await files.readSent(mail.key)) !== null) return
  const draft = await files.readDraft(mail.key)
  if (draft === null || !draft.equals(bytes)) await putDraft(files, mail.key, bytes)
}

/** A key that is already among the sent mails counts as sent, without asking: nothing would leave a second time. */
async function send(files: PracticeFolder, mail: OutgoingMail, beforeFirstByte: () => boolean): Promise<SentMail> {
  const sent = sentMail(messageIdOf(mail))
  if ((await inFolder(() => files.readSent(mail.key))) !== null) return sent
  askToLeave(beforeFirstByte)
  try {
    await files.moveToSent(mail.key)
  } catch (error) {
    // The rename either happened or not, and the folder knows; only where it cannot be read is there a doubt.
    const fate = await files.readSent(mail.key).catch(() => undefined)
    if (fate === null) throw unreachable('the folder refused the mail', 'folder', error)
    throw new AppError('mail.unanswered', 'the folder may have taken the mail', { cause: error })
  }
  return sent
}

function askToLeave(beforeFirstByte: () => boolean): void {
  let mayLeave = false
  let cause: unknown
  try {
    mayLeave = beforeFirstByte()
  } catch (error) {
    cause = error
  }
  if (!mayLeave) throw unreachable('stopped before sending', 'stopped', cause)
}

async function findFate(files: PracticeFolder, key: string): Promise<DraftFate> {
  const sent = await files.readSent(key)
  if (sent !== null) return { fate: 'sent', ...sentMail(messageIdIn(sent)) }
  if ((await files.readDraft(key)) !== null) return { fate: 'draft', draftId: key }
  return { fate: 'absent' }
}

function sentMail(messageId: string): SentMail {
  return { providerMessageId: messageId, threadId: null, messageId }
}

function messageIdIn(bytes: Buffer): string {
  return /^Message-ID: (<[^>\r\n]+>)\r$/m.exec(bytes.toString('latin1'))?.[1] ?? ''
}

/** Failures of the disk are told as `mail.unreachable`: nothing was sent, and asking again may help. */
async function inFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw unreachable('the practice folder cannot be used', 'folder', error)
  }
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw unreachable('stopped', 'stopped')
}

function unreachable(message: string, reason: string, cause?: unknown): AppError {
  return new AppError('mail.unreachable', message, { details: { reason }, cause })
}
