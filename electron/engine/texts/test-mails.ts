/**
 * One mail to the rep's own address: through the mailbox's own adapter, draft first, on disk before the provider hears of
 * it, and never a second time. It goes past the queue, alone in its mailbox, and counts as a mail that the rep sent by hand.
 */
import { write } from '#db/open'
import type { FileToSend } from '#db/queries/attachments'
import { countLeft, type MailboxRecord } from '#db/queries/mailboxes'
import {
  findDigestMail,
  findTestMailByRequest,
  getTestMail,
  insertTestMail,
  listUnfinishedTestMails,
  type TestMailRecord,
} from '#db/queries/readiness'
import type { AttachedFile, RenderedMail, TemplateContent } from '#shared/contract/templates'
import { dailyLimit, DAY_MS } from '#shared/domain/pacing'
import type { TestMailFacts } from '#shared/domain/readiness'
import { AppError } from '#shared/errors'
import type { OutgoingMail } from '../../mailbox/mail-provider.ts'
import type { EngineContext } from '../context.ts'
import type { Running } from '../sending/in-flight.ts'
import type { MailboxTrouble } from '../mailboxes/mailbox-trouble.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import type { Providers } from '../mailboxes/providers.ts'
import { sendKey } from '../sending/send-key.ts'
import type { Templates } from './templates.ts'
import { askForTestMail, endDigest, isStopped, settleTestMail } from './test-mail-asking.ts'
import { createTestMailLooks, nextLookAt } from './test-mail-looks.ts'

export type { TestMailRecord }

export interface TestMailOrder {
  readonly mailboxId: number
  /** Null: a plain mail that says what it is for. */
  readonly content: TemplateContent | null
  /** Null: a made-up person. */
  readonly leadId: number | null
  /** What it carries, as the mail to a lead would. */
  readonly attachments: readonly Pick<AttachedFile, 'hash' | 'name'>[]
  readonly requestKey: string
}

/** The day in a few lines, as plain text. */
export interface DigestNote {
  /** The local day, `YYYY-MM-DD`. */
  readonly date: string
  readonly mailboxId: number
  readonly subject: string
  readonly text: string
}

export type TestMailObstacle = 'mailbox.not_found' | 'mail.signed_out' | 'readiness.paused' | 'readiness.limit_used'

export interface TestMails {
  /** Begins it and answers at once; the same `requestKey` begins nothing and answers with the same mail. */
  send(order: TestMailOrder): TestMailRecord
  /**
   * Begins the digest of a day, and answers with it where it was begun before: nothing of it is asked for twice. While its
   * status is `preparing` nothing was asked, and calling again tries again. Throws where it cannot be now.
   */
  sendDigest(digest: DigestNote): TestMailRecord
  /** Why nothing can be sent to oneself from this mailbox now: an error code; null: it can. */
  whyNot(mailboxId: number): TestMailObstacle | null
  /** Digests of days before this one that were not asked for are over. */
  endDigestsBefore(date: string): void
  factsOf(mail: TestMailRecord | null): TestMailFacts | null
  isLookedFor(mail: TestMailRecord): boolean
  /** What an ended run left in the middle is over: nothing of it is asked for again. */
  recover(): void
  close(): void
}

export interface TestMailsDeps extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'publish'> {
  readonly mailboxes: Mailboxes
  readonly templates: Templates
  readonly providers: Providers
  readonly installSecret: () => string
  readonly isAppPaused: () => boolean
  readonly troubled: (mailboxId: number, trouble: MailboxTrouble) => void
  /** See `Sender.alone`. */
  readonly alone: <T>(mailboxId: number, work: (running: Running) => Promise<T>) => Promise<T>
  /** The budget changed: look again. */
  readonly replan: () => void
}

const PLAIN_TEST: TemplateContent = {
  subject: 'Is this mailbox ready?',
  body: 'This mail was sent by Pacemail to your own address, the way your leads will get theirs.\n\nIf it is in your inbox, mail from here arrives. If it is in your spam folder, look at the checklist of the mailbox.',
  format: 'plain',
}

export function createTestMails(deps: TestMailsDeps): TestMails {
  const { db, clock } = deps
  const looks = createTestMailLooks(deps)
  /** Those that wait for their turn or are being asked for. */
  const carried = new Set<number>()

  function send(order: TestMailOrder): TestMailRecord {
    const before = findTestMailByRequest(db, order.requestKey)
    if (before) return before
    const { mailboxId, requestKey } = order
    const mailbox = deps.mailboxes.get(mailboxId)
    assertMaySend(deps, mailboxId)
    const rendered = render(deps, order)
    const files = deps.templates.filesToSend(order.attachments, mailbox)
    const subject = { campaignKey: `test mail\n${requestKey}`, step: 0, identity: mailbox.address, generation: 0 }
    const key = sendKey(deps.installSecret(), subject)
    const id = write(db, (tx) => insertTestMail(tx, { mailboxId, requestKey, key, createdAt: clock.now() }))
    const note = { ...rendered, subject: `[Test] ${rendered.subject}` }
    void carry(id, toMail(mailbox, { note, files, key, date: clock.now() }))
    return getTestMail(db, id)
  }

  function sendDigest({ date, mailboxId, ...note }: DigestNote): TestMailRecord {
    const before = findDigestMail(db, date)
    if (before !== null && (before.status !== 'preparing' || carried.has(before.id))) return before
    // What was begun stays with its mailbox for the day, so that no second one can leave from another.
    const mailbox = deps.mailboxes.get(before?.mailboxId ?? mailboxId)
    assertMaySend(deps, mailbox.id)
    const requestKey = `digest ${date}`
    const subject = { campaignKey: requestKey, step: 0, identity: mailbox.address, generation: 0 }
    const key = sendKey(deps.installSecret(), subject)
    const row = { mailboxId: mailbox.id, requestKey, key, digestDate: date, createdAt: clock.now() }
    const id = before?.id ?? write(db, (tx) => insertTestMail(tx, row))
    void carry(id, { ...toMail(mailbox, { note, key, date: clock.now() }), hasUnsubscribe: false })
    return getTestMail(db, id)
  }

  async function carry(id: number, mail: OutgoingMail): Promise<void> {
    const { mailboxId } = getTestMail(db, id)
    carried.add(id)
    try {
      await deps.alone(mailboxId, (running) => askForTestMail(deps, { id, mail, running }))
    } catch (error) {
      // Where even this cannot be written, the next start finds it unfinished.
      deps.log.error('a test mail broke off', error, { mailboxId })
    }
    carried.delete(id)
    looks.later(id)
  }

  return {
    send,
    sendDigest,
    whyNot: (mailboxId) => obstacleTo(deps, mailboxId),
    endDigestsBefore(date) {
      for (const { id, digestDate } of listUnfinishedTestMails(db)) {
        if (digestDate !== null && digestDate < date) write(db, (tx) => endDigest(tx, id, clock.now()))
      }
    },
    factsOf: (mail) => mail && { ...mail, hasGivenUp: nextLookAt(mail, clock.now()) === null },
    isLookedFor: (mail) => looks.isPlanned(mail.id),
    recover() {
      for (const { id, status } of listUnfinishedTestMails(db)) {
        const outcome = status === 'sending' ? 'uncertain' : 'failed'
        settleTestMail(deps, id, { status: outcome, failureCode: 'app.closing' })
        looks.later(id)
      }
    },
    close: () => looks.close(),
  }
}

function assertMaySend(deps: TestMailsDeps, mailboxId: number): void {
  const code = obstacleTo(deps, mailboxId)
  if (code !== null) throw new AppError(code, 'nothing goes from here now')
}

function obstacleTo(deps: TestMailsDeps, mailboxId: number): TestMailObstacle | null {
  const mailbox = deps.mailboxes.find(mailboxId)
  if (mailbox === null) return 'mailbox.not_found'
  if (mailbox.status === 'needs_sign_in') return 'mail.signed_out'
  if (isStopped(deps, mailboxId)) return 'readiness.paused'
  const now = deps.clock.now()
  const isUsed = countLeft(deps.db, mailboxId, now - DAY_MS + 1) >= dailyLimit(mailbox.policy, now)
  return isUsed ? 'readiness.limit_used' : null
}

function render({ templates }: TestMailsDeps, { content, leadId, mailboxId }: TestMailOrder): RenderedMail {
  const wanted = content ?? PLAIN_TEST
  const [problem] = templates.problems(wanted)
  if (problem) throw new AppError('template.invalid', problem.code, { details: { code: problem.code } })
  const rendered = templates.preview(wanted, leadId, mailboxId)
  if (rendered.missing.length > 0) throw new AppError('dispatch.missing_fields', 'a field is missing')
  return rendered
}

interface NoteToSelf {
  readonly note: Pick<RenderedMail, 'subject' | 'text'> & Partial<Pick<RenderedMail, 'html'>>
  readonly files?: readonly FileToSend[]
  readonly key: string
  readonly date: number
}

function toMail({ senderName, address, mayRead }: MailboxRecord, to: NoteToSelf): OutgoingMail {
  const { note, files = [], key, date } = to
  return {
    key,
    from: { name: senderName, address },
    to: { name: senderName, address },
    subject: note.subject,
    text: note.text,
    html: note.html ?? null,
    attachments: files,
    date,
    follows: null,
    hasUnsubscribe: mayRead,
  }
}
