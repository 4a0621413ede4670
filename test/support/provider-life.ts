/** One process that can die at any moment of its talk with a provider, with everything that it holds. */
import type { MailProvider, MailReader } from '#electron/mailbox/mail-provider'
import type { MailRoom } from '#electron/mailbox/mail-room'
import type { Secrets } from '#electron/platform/secrets'
import { AppError } from '#shared/errors'
import type { TestEngine } from './start-test-engine.ts'

/** Where a process can die by itself; a request that is kept waiting is one more. */
export const MOMENTS = [
  'a commit',
  'before the draft',
  'after the draft',
  'before the send',
  'before the first byte',
  'first byte allowed',
  'after the answer',
  'before the look',
  'after the look',
  'before reading',
  'after reading',
] as const
export type Moment = (typeof MOMENTS)[number] | 'before taking back' | 'after taking back'

/** One process. */
export interface Life {
  readonly folder: string
  readonly app: TestEngine
  /** Ends every request of it. */
  readonly cut: AbortController
  /** Ends the request that is being made. */
  patience: AbortController
  /** The draft that was asked to be sent last. */
  asked: string | null
  /** Where its disk was copied to when it was killed. */
  left: string | null
}

/** A dead process writes nothing. */
export function secretsOf(life: Life, secrets: Secrets): Secrets {
  return {
    protection: secrets.protection,
    get: (name) => secrets.get(name),
    set: async (name, value) => (life.left === null ? secrets.set(name, value) : undefined),
    remove: async (name) => (life.left === null ? secrets.remove(name) : undefined),
  }
}

/** Dies here if this is the moment. */
export type At = (moment: Moment, life: Life) => void

/** The product's adapters, whose requests end when patience is lost and when the process is dead. */
export function roomOf(life: Life, room: MailRoom, at: At): MailRoom {
  return { ...room, open: async (account, means) => fragile(await room.open(account, means), life, at) }
}

export function fragile(provider: MailProvider, life: Life, at: At): MailProvider {
  async function call<T>(moments: readonly [Moment, Moment], signal: AbortSignal, work: Work<T>): Promise<T> {
    at(moments[0], life)
    stopIfDead(life)
    life.patience = new AbortController()
    const value = await work(AbortSignal.any([signal, life.cut.signal, life.patience.signal]))
    at(moments[1], life)
    stopIfDead(life)
    return value
  }
  const { holding } = provider
  return {
    ...provider,
    reader: provider.reader && fragileReader(provider.reader, (signal, work) => call(READING, signal, work)),
    createDraft: (mail, signal) => call(DRAFTING, signal, (until) => provider.createDraft(mail, until)),
    sendDraft: (draftId, mail, beforeFirstByte, signal) =>
      call(SENDING, signal, (until) => {
        life.asked = draftId
        return provider.sendDraft(draftId, mail, asker(life, at, beforeFirstByte), until)
      }),
    holding: holding && {
      handOver: (draftId, mail, { leavesAt, beforeFirstByte }, signal) =>
        call(SENDING, signal, (until) => {
          life.asked = draftId
          const when = { leavesAt, beforeFirstByte: asker(life, at, beforeFirstByte) }
          return holding.handOver(draftId, mail, when, until)
        }),
      takeBack: (key, draftId, signal) => call(TAKING_BACK, signal, (until) => holding.takeBack(key, draftId, until)),
      listHeld: (signal) => call(READING, signal, (until) => holding.listHeld(until)),
    },
    findDraft: (key, draftId, signal) => call(LOOKING, signal, (until) => provider.findDraft(key, draftId, until)),
    deleteDraft: (draftId, signal) => call(READING, signal, (until) => provider.deleteDraft(draftId, until)),
    strayDrafts: (signal) => call(READING, signal, (until) => provider.strayDrafts(until)),
  }
}

function asker(life: Life, at: At, beforeFirstByte: () => boolean): () => boolean {
  return () => {
    at('before the first byte', life)
    const may = life.left === null && beforeFirstByte()
    if (may) at('first byte allowed', life)
    return may && life.left === null
  }
}

type Work<T> = (signal: AbortSignal) => Promise<T>

const DRAFTING = ['before the draft', 'after the draft'] as const
const SENDING = ['before the send', 'after the answer'] as const
const LOOKING = ['before the look', 'after the look'] as const
const TAKING_BACK = ['before taking back', 'after taking back'] as const
const READING = ['before reading', 'after reading'] as const

function fragileReader(reader: MailReader, call: <T>(signal: AbortSignal, work: Work<T>) => Promise<T>): MailReader {
  return {
    changesSince: (from, signal) => call(signal, (until) => reader.changesSince(from, until)),
    readMail: (id, most, signal) => call(signal, (until) => reader.readMail(id, most, until)),
    tracesOf: (key, draftId) => reader.tracesOf(key, draftId),
    readSent: (id, signal) => call(signal, (until) => reader.readSent(id, until)),
    findReceived: (mail, signal) => call(signal, (until) => reader.findReceived(mail, until)),
    sentSince: (since, most, signal) => call(signal, (until) => reader.sentSince(since, most, until)),
    sentBetween: (span, most, signal) => call(signal, (until) => reader.sentBetween(span, most, until)),
  }
}

function stopIfDead(life: Life): void {
  if (life.left !== null)
    throw new AppError('mail.unreachable', 'this process is dead', { details: { reason: 'stopped' } })
}
