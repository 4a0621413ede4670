import type { EventKind, MailboxNeed, NeverCode, RestReason, WaitCode } from '#shared/domain/taxonomy'
import { BOUNCES } from './bounce-words.ts'
import { clockText } from './clock-text.ts'
import { formatCount } from './format.ts'
import { handedOverText } from './handed-over-text.ts'
import { newThreadText } from './new-thread-text.ts'
import { REST_WORDS } from './rest-words.ts'
import { unopenedText } from './unopened-text.ts'
import { NEVER_TEXTS, WAIT_LABELS } from './wait-text.ts'

/** What happened; the shape of the contract's `activity.list`. */
export interface EventFacts {
  readonly kind: EventKind
  readonly leadName: string | null
  readonly to: string | null
  readonly campaignName: string | null
  readonly mailboxAddress: string | null
  readonly data: Readonly<Record<string, unknown>>
}

type Sentence = (entry: EventFacts) => string

/** What happened, as one plain sentence for each kind of event. */
const SENTENCES = {
  send_queued: (entry) => `A mail to ${who(entry)} was queued${within(entry)}.`,
  send_claimed: (entry) => `The mail to ${who(entry)} had its turn.`,
  send_drafted: (entry) => `The mail to ${who(entry)} was drafted in the mailbox.`,
  send_started: (entry) => `The mail to ${who(entry)} was handed to the mail server.`,
  send_handed_over: (entry) => handedOverText(who(entry), entry.data),
  send_taken_back: (entry) => `The mail to ${who(entry)} was taken back from Exchange before it left.`,
  send_new_thread: (entry) => `The mail to ${who(entry)} began a new thread: ${newThreadText(entry.data)}.`,
  send_accepted: (entry) => `The mail to ${who(entry)} was sent.`,
  send_refused: (entry) => `The mail to ${who(entry)} was refused for good${answer(entry)}.`,
  send_retried: (entry) => `The mail to ${who(entry)} did not go out${answer(entry)}; it will be tried again.`,
  send_unanswered: (entry) =>
    `The mail server gave no answer about the mail to ${who(entry)}. It is not sent again by itself.`,
  send_proved_sent: (entry) => `The mail to ${who(entry)} turned out to be sent.`,
  send_proved_unsent: (entry) =>
    entry.data.hasFailed === true
      ? `The mail to ${who(entry)} turned out not to be sent, and will not be tried again.`
      : `The mail to ${who(entry)} turned out not to be sent; it waits again.`,
  send_looked_up: (entry) => `The mail to ${who(entry)} was looked for in its mailbox.`,
  send_held: (entry) => `The mail to ${who(entry)} was held back before anything left; it waits again.`,
  send_cancelled: (entry) => `The mail to ${who(entry)} was cancelled.`,
  send_skipped: (entry) => `The mail to ${who(entry)} was skipped. ${neverText(entry.data)}`,
  send_requeued: (entry) => `The mail to ${who(entry)} was put back into the queue.`,
  send_settled: (entry) =>
    entry.data.wasSent === true
      ? `You said that the mail to ${who(entry)} was sent.`
      : `You said that the mail to ${who(entry)} was not sent; it waits again.`,
  send_prioritised: ({ data }) =>
    typeof data.sends === 'number'
      ? `${formatCount(data.sends, 'mail')} got another priority.`
      : 'A mail got another priority.',
  send_edited: (entry) => `You changed the text of the mail to ${who(entry)}.`,
  send_rewritten: rewrittenText,
  leads_imported: (entry) => `${many(entry, 'imported')} imported${from(entry)}.`,
  lead_edited: (entry) => {
    const broken = interrupted(entry)
    if (broken !== null) return broken
    if (isUndo(entry)) return 'An edit of a lead was undone.'
    if (entry.data.basis !== undefined) return `Why you may write to ${leads(entry, 'changed')} was recorded.`
    return `${whoOrLead(entry)} was edited.`
  },
  leads_reviewed: (entry) =>
    interrupted(entry) ??
    (isUndo(entry)
      ? `The review of ${leads(entry, 'changed')} was undone.`
      : `${many(entry)} ${reviewWord(entry.data.review)}.`),
  leads_tagged: (entry) =>
    interrupted(entry) ??
    (isUndo(entry)
      ? `The tags of ${leads(entry, 'changed')} were set back.`
      : `The tags of ${leads(entry, 'changed')} were changed.`),
  leads_removed: (entry) =>
    interrupted(entry) ?? (isUndo(entry) ? `${many(entry)} brought back.` : `${many(entry)} removed.`),
  lead_suppressed: (entry) => `${suppressed(entry)} will not be written to any more.`,
  suppression_removed: () => 'An entry was taken off the do-not-contact list.',
  send_allowed_again: (entry) => `The mail to ${who(entry)} left before the cool-down was over, as you had allowed.`,
  lead_allowed_again: (entry) => `You allowed one more mail to ${who(entry)} before the cool-down is over.`,
  lead_allowance_withdrawn: (entry) =>
    `You took back that ${who(entry)} may be written to before the cool-down is over.`,
  domains_joined: ({ data }) =>
    typeof data.domains === 'number'
      ? `You said that ${data.domains} domains are one company.`
      : 'You said that several domains are one company.',
  domains_parted: () => 'You said that a domain is a company of its own again.',
  history_imported: ({ data }) => `${contacts(data.contacts)} with people came into the history.`,
  history_import_undone: ({ data }) => `${contacts(data.contacts)} with people were taken out of the history again.`,
  person_erased: ({ data }) =>
    typeof data.mails === 'number' && data.mails > 0
      ? `A person was erased, with ${formatCount(data.mails, 'mail')}.`
      : 'A person was erased.',
  app_paused: ({ data }) =>
    typeof data.until === 'number' ? 'You paused everything for a while.' : 'You paused everything.',
  app_resumed: ({ data }) =>
    data.isOver === true ? 'The pause was over, and sending went on.' : 'You resumed sending.',
  app_started: () => 'Pacemail started.',
  app_recovered: recoveredText,
  database_restored: (entry) =>
    `Your data was found to be older than the mail that left, as after restoring a backup. ${formatCount(typeof entry.data.waiting === 'number' ? entry.data.waiting : 0, 'mail')} in mailboxes that cannot be read wait for you.`,
  clock_jumped: clockText,
  zone_changed: (entry) =>
    typeof entry.data.zone === 'string'
      ? `This computer’s time zone changed to ${entry.data.zone}; the plan was made anew.`
      : 'This computer’s time zone changed; the plan was made anew.',
  mailbox_added: (entry) => `The mailbox ${mailbox(entry)} was added.`,
  mailbox_changed: (entry) =>
    typeof entry.data.restingUntil === 'number'
      ? `The mailbox ${mailbox(entry)} rests for a while${restWords(entry)}.`
      : `The settings of the mailbox ${mailbox(entry)} were changed.`,
  mailbox_paused: (entry) => `The mailbox ${mailbox(entry)} was paused.`,
  mailbox_resumed: (entry) => `The mailbox ${mailbox(entry)} sends again.`,
  mailbox_not_revoked: (entry) =>
    `Google could not be told that ${mailbox(entry)} was removed. Nothing of it is kept here; to end the permission there too, open myaccount.google.com/permissions.`,
  mailbox_removed: (entry) => `The mailbox ${mailbox(entry)} was removed.`,
  mailbox_signed_out: (entry) => signedOutText(entry),
  mailbox_signed_in: (entry) => `You signed in to ${mailbox(entry)}.`,
  mailbox_health_changed: (entry) =>
    typeof entry.data.score === 'number'
      ? `The health of ${mailbox(entry)} is now ${entry.data.score} of 100.`
      : `The health of ${mailbox(entry)} changed.`,
  drafts_swept: (entry) => `Drafts that nothing waited for were removed from ${mailbox(entry)}.`,
  pause_tried: (entry) =>
    entry.data.held === true
      ? `A try showed that ${mailbox(entry)} sends nothing while it is paused.`
      : `A try showed that a pause did not hold the mail of ${mailbox(entry)}; it was left paused.`,
  failed_checks_accepted: (entry) =>
    `You queued the first mails from ${mailbox(entry)} although ${formatCount(checksOf(entry), 'check')} had failed.`,
  test_mail_asked: (entry) => `A test mail to yourself left ${mailbox(entry)}.`,
  test_mail_settled: (entry) => testMailText(entry),
  test_mail_received: (entry) =>
    entry.data.place === 'spam'
      ? `The test mail of ${mailbox(entry)} arrived in the spam folder.`
      : `The test mail of ${mailbox(entry)} arrived.`,
  digest_mailed: (entry) => digestMailText(entry),
  mail_received: receivedText,
  mail_unopened: (entry) => unopenedText(mailbox(entry), entry.data),
  verdict_undone: (entry) => `You took back what was made of an answer from ${who(entry)}.`,
  send_postponed: (entry) =>
    entry.data.because === 'domain_cap'
      ? `The mail to ${who(entry)} waits because enough went to that company for now.`
      : `The mail to ${who(entry)} waits until they are back.`,
  send_parked: (entry) => `The mail to ${who(entry)} stands aside: ${parkedText(entry.data)}.`,
  send_released: (entry) => `The days until the next mail to ${who(entry)} count from now on${within(entry)}.`,
  send_revived: (entry) => `The mail to ${who(entry)} waits again${within(entry)}.`,
  send_moved: (entry) => `You moved the mail to ${who(entry)} to another time.`,
  absences_changed: () => 'You changed when you are away.',
  campaign_created: (entry) => `The campaign ${campaign(entry)} was created${queuedIn(entry)}.`,
  campaign_started: (entry) => `The campaign ${campaign(entry)} was started.`,
  campaign_changed: (entry) => `The campaign ${campaign(entry)} was changed.`,
  campaign_archived: (entry) =>
    entry.data.isArchived === false
      ? `The campaign ${campaign(entry)} was taken out of the archive.`
      : `The campaign ${campaign(entry)} was put away.`,
  list_held: () => 'A list is held: of its first mails too many came back.',
  list_released: () => 'A list that was held goes on.',
  leads_enrolled: (entry) => `${many(entry, 'leads')} added to the campaign ${campaign(entry)}.`,
  enrolment_paused: (entry) => `You paused ${who(entry)}${within(entry)}.`,
  enrolment_resumed: (entry) => `You let ${who(entry)} go on${within(entry)}.`,
  enrolment_put_back: (entry) => `You put ${who(entry)} back into the campaign ${campaign(entry)}.`,
  enrolment_removed: (entry) => `You took ${who(entry)} out of the campaign ${campaign(entry)}.`,
  enrolment_ended: (entry) => `Every mail of the campaign ${campaign(entry)} has gone to ${who(entry)}.`,
  campaign_paused: (entry) =>
    entry.data.because === 'same_refusals'
      ? `The campaign ${campaign(entry)} paused itself: two people in a row were refused with the same answer${answer(entry)}.`
      : `The campaign ${campaign(entry)} was paused.`,
  campaign_resumed: (entry) => `The campaign ${campaign(entry)} was resumed.`,
  campaign_cancelled: (entry) => `The campaign ${campaign(entry)} was cancelled.`,
  campaign_completed: (entry) => `The campaign ${campaign(entry)} is complete.`,
  template_saved: (entry) => `The template ${named(entry.data.name)}was saved.`,
  template_archived: ({ data }) =>
    data.isArchived === false
      ? `The template ${named(data.name)}was taken out of the archive.`
      : `The template ${named(data.name)}was archived.`,
  backup_made: () => 'A backup of the database was made.',
} satisfies Record<EventKind, Sentence>

function checksOf({ data }: EventFacts): number {
  return Array.isArray(data.checks) ? data.checks.length : 0
}

function testMailText(entry: EventFacts): string {
  if (entry.data.status === 'accepted') return `The test mail of ${mailbox(entry)} was accepted.`
  return entry.data.status === 'uncertain'
    ? `It is not known whether the test mail of ${mailbox(entry)} left. It is not sent again.`
    : `The test mail of ${mailbox(entry)} was not sent${answer(entry)}.`
}

function digestMailText(entry: EventFacts): string {
  if (entry.data.status === 'accepted') return `The digest was mailed to yourself from ${mailbox(entry)}.`
  return entry.data.status === 'uncertain'
    ? `It is not known whether the digest from ${mailbox(entry)} left. It is not sent again.`
    : `The digest of the day was not mailed from ${mailbox(entry)}${answer(entry)}.`
}

export function eventText(entry: EventFacts): string {
  return SENTENCES[entry.kind](entry)
}

function contacts(count: unknown): string {
  return typeof count === 'number' ? formatCount(count, 'earlier contact') : 'Earlier contacts'
}

function who({ leadName, to }: EventFacts): string {
  const name = leadName?.trim() ?? ''
  return name === '' ? (to ?? 'a lead that was removed') : name
}

function whoOrLead(entry: EventFacts): string {
  return entry.leadName === null && entry.to === null ? 'A lead' : who(entry)
}

function suppressed(entry: EventFacts): string {
  if (entry.leadName !== null || entry.to !== null) return who(entry)
  const { added, count } = entry.data
  const known = typeof added === 'number' ? added : count
  return typeof known === 'number' ? formatCount(known, 'address or domain', 'addresses or domains') : 'An address'
}

function mailbox({ mailboxAddress }: EventFacts): string {
  return mailboxAddress ?? 'that is gone'
}

function campaign({ campaignName }: EventFacts): string {
  return campaignName === null || campaignName === '' ? '(unnamed)' : `“${campaignName}”`
}

function within({ campaignName }: EventFacts): string {
  return campaignName === null || campaignName === '' ? '' : ` in “${campaignName}”`
}

/** `data.severity` tells apart what came back; the rule is for the Answers page. */
function receivedText(entry: EventFacts): string {
  const { verdict, severity, rule } = entry.data
  if (rule === 'unopened') return `A mail from ${who(entry)} could not be opened; nothing more is sent to them.`
  switch (verdict) {
    case 'replied':
      return `An answer came from ${who(entry)}; nothing more is sent to them.`
    case 'auto_replied':
      return `An automatic answer came from ${who(entry)}.`
    case 'opted_out':
      return `A wish not to be written to came from ${who(entry)}; it is on the do-not-contact list now.`
    case 'bounced':
      return `The mail to ${who(entry)} came back${BOUNCES[String(severity)] ?? ''}.`
    default:
      return `Something came back for the mail to ${who(entry)}.`
  }
}

function restWords({ data }: EventFacts): string {
  const { restReason } = data
  return typeof restReason === 'string' && Object.hasOwn(REST_WORDS, restReason)
    ? `: ${REST_WORDS[restReason as RestReason]}`
    : ''
}

function signedOutText(entry: EventFacts): string {
  const { need } = entry.data
  const sentence = NEEDS[(typeof need === 'string' && Object.hasOwn(NEEDS, need) ? need : 'sign_in') as MailboxNeed]
  return `${sentence(mailbox(entry))} Nothing goes from it until that is mended; see the Mailboxes page.`
}

/** Why a mailbox stopped sending. */
const NEEDS = {
  sign_in: (address) => `The sign-in to ${address} is no longer accepted.`,
  account_blocked: (address) => `The provider has blocked ${address} or wants to check whose it is.`,
  admin: (address) => `The admin of ${address} does not allow Pacemail.`,
  mailbox_full: (address) => `The mailbox ${address} is full.`,
  no_mailbox: (address) => `There is no mailbox behind the account ${address}.`,
  sender_not_allowed: (address) => `The account may not send as ${address}.`,
  permission: (address) => `A permission of ${address} is missing.`,
  configuration: (address) => `The client id behind ${address} is missing or no longer accepted.`,
  secrets: (address) => `The safe for passwords of this computer could not be opened for ${address}.`,
} satisfies Record<MailboxNeed, (address: string) => string>

/** The provider's own number, which support pages are about. */
function answer({ data }: EventFacts): string {
  return typeof data.providerCode === 'string' && data.providerCode !== '' ? ` (answer ${data.providerCode})` : ''
}

function parkedText({ because }: EventFacts['data']): string {
  return typeof because === 'string' && Object.hasOwn(WAIT_LABELS, because)
    ? WAIT_LABELS[because as WaitCode].toLowerCase()
    : 'it is held'
}

function neverText(data: EventFacts['data']): string {
  const code = data.because
  return typeof code === 'string' && Object.hasOwn(NEVER_TEXTS, code)
    ? NEVER_TEXTS[code as NeverCode]
    : 'A rule forbids it.'
}

function rewrittenText(entry: EventFacts): string {
  if (entry.data.text === 'owed') {
    return `The step of the mail to ${who(entry)} has another text; if that mail turns out not to have left, it takes the new one.`
  }
  if (entry.data.text === 'with_exchange') {
    return `Exchange holds the mail to ${who(entry)} with its old text and did not give it back yet: it may leave with that text.`
  }
  return entry.data.text === 'taken'
    ? `The mail to ${who(entry)} took the text that its step has now.`
    : `The mail to ${who(entry)} kept its text: the one that its step has now lacks a field of theirs.`
}

/** `48 leads were`, to be ended by a verb. */
function many(entry: EventFacts, name = 'changed'): string {
  return `${capital(leads(entry, name))} ${entry.data[name] === 1 ? 'was' : 'were'}`
}

function leads({ data }: EventFacts, name: string): string {
  const value = data[name]
  return typeof value === 'number' ? formatCount(value, 'lead') : 'some leads'
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A change that the end of the process cut short; the next start took back what it had done. Null: it was not. */
function interrupted(entry: EventFacts): string | null {
  if (entry.data.isInterrupted !== true) return null
  return `Pacemail ended in the middle of a change. ${leads(entry, 'changed')} are as they were before it; make it again.`
}

function isUndo({ data }: EventFacts): boolean {
  return data.isUndo === true
}

function from({ data }: EventFacts): string {
  const name = data.fileName ?? data.listName ?? data.name
  return typeof name === 'string' && name !== '' ? ` from ${name}` : ''
}

function queuedIn({ data }: EventFacts): string {
  const count = data.queued ?? data.count
  return typeof count === 'number' ? ` with ${formatCount(count, 'mail')}` : ''
}

function reviewWord(review: unknown): string {
  if (review === 'approved' || review === 'rejected') return review
  return review === 'new' ? 'set back to new' : 'reviewed'
}

function named(name: unknown): string {
  return typeof name === 'string' && name !== '' ? `“${name}” ` : ''
}

function recoveredText({ data }: EventFacts): string {
  const { putBack, inDoubt } = data
  const parts = [
    typeof putBack === 'number' && putBack > 0 ? `${formatCount(putBack, 'mail')} went back into the queue` : '',
    typeof inDoubt === 'number' && inDoubt > 0 ? `${formatCount(inDoubt, 'mail')} may or may not have been sent` : '',
  ].filter((part) => part !== '')
  const rest = parts.length === 0 ? 'nothing was lost' : parts.join(', ')
  return `Pacemail had stopped in the middle of its work and picked it up again: ${rest}.`
}
