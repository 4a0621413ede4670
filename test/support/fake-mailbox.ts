import { AppError } from '#shared/errors'
import type { DraftFate, MailProvider, OutgoingMail, ProofTimes, SentMail } from '#electron/mailbox/mail-provider'
import type { FakeInbox } from './fake-inbox.ts'

/** How the fake answers a send. */
export type Mood =
  | 'accepts'
  | 'accepts but the answer is lost'
  | 'does not accept and the answer is lost'
  | 'refuses for now'
  | 'refuses for good'
  | 'cannot be reached'
  | 'wants a sign-in'
  | 'breaks while drafting'

export interface FakeMailbox {
  readonly provider: MailProvider
  /** Mails that really left, in order. */
  readonly sent: OutgoingMail[]
  /** How often a send was asked for. */
  sendCalls: number
  /** How often a draft was asked for. */
  draftCalls: number
  readonly drafts: Map<string, OutgoingMail>
  /** For the next sends, one each; afterwards `mood`. */
  readonly next: Mood[]
  mood: Mood
  /** Look-ups fail while true. */
  isBlind: boolean
  canProve: boolean
  hasVisibleDrafts: boolean
  /** What the provider tells of the account's addresses. */
  ownAddresses: string[]
  /** What it announces when it is signed in to. */
  mostMailBytes: number | null
  /** How long a look must wait to prove something. */
  proofTimes: ProofTimes
  /** Null: incoming mail cannot be read. */
  inbox: FakeInbox | null
  /** Called right before the first byte, inside the send. */
  onAsk: (mail: OutgoingMail) => void | Promise<void>
}

/** A mailbox with a memory, so that a test can ask what really happened. */
export function createFakeMailbox(mood: Mood = 'accepts'): FakeMailbox {
  const sentKeys = new Set<string>()
  const fake: FakeMailbox = {
    sent: [],
    sendCalls: 0,
    draftCalls: 0,
    drafts: new Map(),
    next: [],
    mood,
    isBlind: false,
    canProve: true,
    hasVisibleDrafts: false,
    mostMailBytes: null,
    proofTimes: AT_ONCE,
    ownAddresses: [],
    inbox: null,
    onAsk: () => {},
    provider: {
      kind: 'practice',
      get hasVisibleDrafts() {
        return fake.hasVisibleDrafts
      },
      get proof() {
        return fake.canProve ? fake.proofTimes : null
      },
      looksAt: ['sent'],
      holding: null,
      get reader() {
        return fake.inbox?.reader ?? null
      },
      async createDraft(mail) {
        await Promise.resolve()
        if (fake.next[0] === 'breaks while drafting') {
          fake.next.shift()
          throw new Error('the draft broke')
        }
        fake.draftCalls += 1
        fake.drafts.set(mail.key, mail)
        return { draftId: mail.key }
      },
      async sendDraft(draftId, mail, beforeFirstByte) {
        fake.sendCalls += 1
        await fake.onAsk(mail)
        return answer(fake, { draftId, mail, beforeFirstByte, sentKeys })
      },
      async findDraft(key): Promise<DraftFate> {
        await Promise.resolve()
        if (fake.isBlind) throw new AppError('mail.unreachable', 'blind')
        if (!fake.canProve) return { fate: 'unknown' }
        if (sentKeys.has(key)) return { fate: 'sent', ...sentMail(key) }
        return fake.drafts.has(key) ? { fate: 'draft', draftId: key } : { fate: 'absent' }
      },
      async deleteDraft(draftId) {
        await Promise.resolve()
        fake.drafts.delete(draftId)
      },
      async strayDrafts() {
        await Promise.resolve()
        return [...fake.drafts.keys()].map((key) => ({ key, draftId: key }))
      },
      async ownAddresses() {
        await Promise.resolve()
        return fake.ownAddresses
      },
      async check() {
        await Promise.resolve()
        return { mostMailBytes: fake.mostMailBytes }
      },
    },
  }
  return fake
}

async function answer(
  fake: FakeMailbox,
  ask: { draftId: string; mail: OutgoingMail; beforeFirstByte: () => boolean; sentKeys: Set<string> },
): Promise<SentMail> {
  await Promise.resolve()
  const mood = fake.next.shift() ?? fake.mood
  if (mood === 'cannot be reached') throw new AppError('mail.unreachable', 'no connection')
  if (mood === 'wants a sign-in') throw new AppError('mail.signed_out', '535')
  if (!ask.beforeFirstByte()) throw new AppError('mail.unreachable', 'stopped')
  if (mood === 'refuses for now') throw refused(false)
  if (mood === 'refuses for good') throw refused(true)
  if (mood === 'does not accept and the answer is lost') throw new AppError('mail.unanswered', 'reset')
  ask.sentKeys.add(ask.mail.key)
  fake.sent.push(ask.mail)
  fake.drafts.delete(ask.draftId)
  if (mood === 'accepts but the answer is lost') throw new AppError('mail.unanswered', 'reset')
  return sentMail(ask.mail.key)
}

/** A look at this mailbox proves what it finds, at once. */
const AT_ONCE: ProofTimes = { firstLookMs: 0, draftAgeMs: 0, draftLooks: 1, betweenLooksMs: 0, giveUpMs: 0 }

function sentMail(key: string): SentMail {
  return { providerMessageId: key, threadId: null, messageId: `<${key}@pacemail.example>` }
}

function refused(isFinal: boolean): AppError {
  const providerCode = isFinal ? '550 5.1.1' : '451 4.7.1'
  return new AppError('mail.refused', providerCode, { details: { isFinal, providerCode, scope: 'message' } })
}
