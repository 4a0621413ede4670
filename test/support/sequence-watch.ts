/** Compares the product with the model after everything that happens: what became of each mail, and why it did not go. */
import Database from 'better-sqlite3'
import type { SequenceWorld } from './sequence-world.ts'
import { allMails, followersOf, isOver, type Model, nameOf, type Placed } from './sequence-model.ts'
import { mayBeMissed, mustLeaveBy, settleDate } from './sequence-when.ts'
import { forbidden } from './sequence-why-not.ts'

export interface Watch {
  /** `isQuick`: only if some mail has moved since the last look. */
  look(isQuick?: boolean): void
  /** The machine sleeps: nothing can leave meanwhile. */
  forget(): void
  /** The mail behind a key. */
  placeOf(key: string): Placed
  close(): void
}

/** A row of the queue. */
interface Row {
  readonly campaignId: number
  readonly leadId: number
  readonly step: number
  readonly status: string
  readonly skippedCode: string | null
  readonly parked: string | null
  readonly mailboxId: number
}

const ROWS = `SELECT campaign_id AS campaignId, lead_id AS leadId, step, status, skipped_code AS skippedCode, parked,
  mailbox_id AS mailboxId FROM sends`

const MOVES = 'SELECT total(revision) + count(*) FROM sends'

/** A free slot that nobody uses may last so long, ms. */
const IDLE_MS = 1_000

export function createWatch(world: SequenceWorld): Watch {
  let opened: Database.Database | null = null
  let seen = -1
  let due: ReturnType<typeof mustLeaveBy> = { at: Number.POSITIVE_INFINITY, mail: null }

  function db(): Database.Database {
    opened ??= new Database(world.file, { readonly: true, fileMustExist: true })
    return opened
  }

  function look(isQuick = false): void {
    const { model, clock, broken } = world
    const now = clock.now()
    const moves = db().prepare<[], number>(MOVES).pluck().get() ?? 0
    if (isQuick && moves === seen && now <= due.at) return
    seen = moves
    if (now > due.at + IDLE_MS && broken.length === 0) {
      broken.push(`nothing left although ${due.mail ? nameOf(due.mail) : '?'} could since ${iso(due.at)}: ${iso(now)}`)
    }
    for (const row of db().prepare<[], Row>(ROWS).all()) compare(world, row)
    for (const placed of allMails(model)) settleDate(model, placed)
    due = mustLeaveBy(model, now)
  }

  return {
    look,
    forget() {
      due = { at: Number.POSITIVE_INFINITY, mail: null }
    },
    placeOf(key) {
      const row = db().prepare<[string], Row>(`${ROWS} WHERE key = ?`).get(key)
      const placed = row && placedAt(world, row)
      if (!placed) throw new Error(`nobody asked for the mail ${key}`)
      settleMailbox(world, placed, row)
      return placed
    },
    close: () => opened?.close(),
  }
}

function placedAt({ model }: SequenceWorld, row: Row): Placed | undefined {
  for (const placed of allMails(model)) {
    const { campaign, enrolment, step } = placed
    if (campaign.id === row.campaignId && enrolment.lead === row.leadId && step === row.step) return placed
  }
  return undefined
}

function compare(world: SequenceWorld, row: Row): void {
  const placed = placedAt(world, row)
  if (!placed) {
    world.broken.push(`nobody asked for campaign ${row.campaignId}, lead ${row.leadId}, mail ${row.step + 1}`)
    return
  }
  settleMailbox(world, placed, row)
  const wrong = differs(world, placed, row)
  const now = world.clock.now()
  if (wrong !== null)
    world.broken.push(`${nameOf(placed)} is ${row.status} ${row.skippedCode ?? ''}, but ${wrong}: ${iso(now)}`)
}

/** A person stays with one mailbox: in a campaign, and with the one that wrote to them before. */
function settleMailbox({ model, mailboxIds, broken }: SequenceWorld, placed: Placed, row: Row): void {
  const { campaign, enrolment } = placed
  const mailbox = mailboxIds.findIndex((id) => id === row.mailboxId)
  if (enrolment.mailbox === null) {
    const before = model.campaigns
      .filter((other) => other !== campaign)
      .flatMap(({ people }) => people.get(enrolment.lead) ?? [])
      .find(({ mails }) => mails.some(({ knownAt }) => knownAt !== null))
    if (before && before.mailbox !== mailbox) broken.push(`${nameOf(placed)} goes from another mailbox than the first`)
    enrolment.mailbox = mailbox
  }
  if (enrolment.mailbox !== mailbox) broken.push(`${nameOf(placed)} has changed its mailbox`)
}

/** What the model says otherwise; null: it agrees. What the product tells of a mail is noted on the way. */
function differs({ model, clock }: SequenceWorld, placed: Placed, row: Row): string | null {
  const { mail } = placed
  const now = clock.now()
  const over = mail.over?.why ?? null
  const expected = (why: string): string | null => (over === why ? null : (over ?? 'it should wait or be sent'))
  switch (row.status) {
    case 'pending':
      mail.isInDoubt = false
      if (mail.accepted !== null) return 'it was sent'
      return over ?? missedOtherwise(model, placed, row)
    case 'uncertain':
      mail.isInDoubt = true
      return null
    case 'sent':
      mail.isInDoubt = false
      mail.knownAt ??= now
      return mail.accepted === null ? 'nothing was sent' : null
    case 'skipped':
      mail.isInDoubt = false
      if (row.skippedCode === 'expired' && !isOver(mail)) expire(model, placed, now)
      if (!isOver(mail)) mail.over = { why: forbidden(model, placed, now) ?? 'failed', at: now }
      return mail.accepted === null
        ? mail.over?.why === row.skippedCode
          ? null
          : `the model says ${mail.over?.why}`
        : 'it was sent'
    case 'cancelled':
    case 'failed':
      mail.isInDoubt = false
      return expected(row.status)
    default:
      return 'nothing should be in the air'
  }
}

/** The rep is asked about what a sleep kept from leaving, and it waits until they have answered. */
function missedOtherwise(model: Model, placed: Placed, { parked }: Row): string | null {
  const { campaign, mail } = placed
  if (parked !== 'missed') return mail.isMissed ? 'the rep was to be asked' : null
  mail.isMissed ||= campaign.missed.rule === 'ask' && mayBeMissed(model, placed)
  return mail.isMissed ? null : 'nothing kept it from leaving'
}

/** Without a first mail there are no others. */
function expire(model: Model, placed: Placed, at: number): void {
  if (placed.campaign.missed.rule !== 'expire' || !mayBeMissed(model, placed)) return
  placed.mail.over = { why: 'expired', at }
  if (placed.step > 0) return
  for (const later of followersOf(model, placed.mail)) if (!isOver(later)) later.over = { why: 'expired', at }
}

export function iso(moment: number): string {
  return Number.isFinite(moment) ? new Date(moment).toISOString() : 'never'
}
