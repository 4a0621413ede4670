import type { EventKind, NeverCode } from '#shared/domain/taxonomy'
import type { SendLook } from '#shared/contract/sends'
import { failureText } from '../../ui/failure-text.ts'
import { formatFull } from '../../ui/format.ts'
import { newThreadText } from '../../ui/new-thread-text.ts'
import { NEVER_TEXTS } from '../../ui/wait-text.ts'
import { lookText } from './look-text.ts'

export { failureText }

type Data = Readonly<Record<string, unknown>>

/** The lines of a send's story. Events of other things do not belong to it and are left out by the caller. */
const SENTENCES: Partial<Record<EventKind, (data: Data) => string>> = {
  send_queued: () => 'Queued. The text was fixed at this moment.',
  send_claimed: () => 'Its turn came: every rule was checked and passed.',
  send_drafted: () => 'The draft was made in the mailbox.',
  send_started: () => 'Handed to the mail service.',
  send_handed_over: (data) =>
    `${data['wasFound'] === true ? 'Exchange was found to hold it' : 'Handed to Exchange'}, which sends it ${
      typeof data['leavesAt'] === 'number' ? `on ${formatFull(data['leavesAt'])}` : 'by itself'
    }, also while this computer sleeps.`,
  send_taken_back: () => 'Taken back from Exchange before it left.',
  send_accepted: () => 'The mail service accepted it. It is sent.',
  send_new_thread: (data) => `It began a new thread: ${newThreadText(data)}.`,
  send_refused: (data) => `The mail service refused it for good${because(data)}.`,
  send_retried: (data) => `It did not work this time${because(data)}. It will be tried again.`,
  send_unanswered: (data) => `No answer came back${because(data)}. Whether it went out is not known yet.`,
  send_proved_sent: (data) =>
    data['answered'] === undefined
      ? 'It was found among the sent mail: it went out.'
      : 'Something came back that names it: it went out.',
  send_proved_unsent: (data) =>
    data['hasFailed'] === true
      ? 'Its draft is still there: it never went out, and it will not be tried again.'
      : 'It was not among the sent mail: it never went out, and waits again.',
  // Its data is written in one place only: electron/engine/sending/look-log.ts.
  send_looked_up: (data) => lookText(data as unknown as SendLook),
  send_held: (data) => `Held back before anything left${because(data)}. It waits again.`,
  send_cancelled: (data) => CANCELLED[String(data['because'])] ?? 'You cancelled it.',
  send_skipped: (data) => `Skipped. ${skippedText(data['because'])}`,
  send_requeued: () => 'Put back into the queue.',
  send_settled: (data) =>
    data['wasSent'] === true ? 'You said that it was sent.' : 'You said that it was not sent; it waits again.',
  send_postponed: (data) =>
    typeof data['until'] === 'number'
      ? `The person is away: it waits until ${formatFull(data['until'])}.`
      : 'The person is away: it waits until they are back.',
  send_allowed_again: () => 'You had allowed this mail before the cool-down was over.',
  mail_received: (data) => receivedText(data['verdict']),
  verdict_undone: () => 'You took back what was made of the answer.',
  send_edited: () => 'You changed its text.',
  send_rewritten: (data) => rewrittenText(data['text']),
  send_prioritised: (data) => `Priority set to ${priorityText(data['priority'])}.`,
}

/** One event as a sentence. */
export function storyText(event: { kind: EventKind; data: Data }): string {
  return SENTENCES[event.kind]?.(event.data) ?? 'Something changed.'
}

const CANCELLED: Readonly<Record<string, string>> = {
  step_dropped: 'You took its step out of the campaign: it was cancelled.',
  taken_out: 'You took the person out of the campaign: it was cancelled.',
}

/** A campaign was changed while this mail was on its way, in doubt or ended. */
function rewrittenText(text: unknown): string {
  if (text === 'owed')
    return 'You changed the text of its step. If it turns out not to have left, it takes the new text.'
  if (text === 'with_exchange')
    return 'Exchange holds it with its old text and did not give it back yet: it may leave with that text.'
  return text === 'taken'
    ? 'It took the text that its step has now.'
    : 'It kept its text: the one that its step has now lacks a field of this person.'
}

const RECEIVED: Readonly<Record<string, string>> = {
  replied: 'An answer came.',
  bounced: 'The mail came back.',
  auto_replied: 'An automatic answer came.',
  opted_out: 'The person asked not to be written to.',
}

function receivedText(verdict: unknown): string {
  return RECEIVED[String(verdict)] ?? 'Something came back for it.'
}

/** Why a rule forbids a send for good. */
export function skippedText(reason: unknown): string {
  const isKnown = typeof reason === 'string' && Object.hasOwn(NEVER_TEXTS, reason)
  return isKnown ? NEVER_TEXTS[reason as NeverCode] : 'A rule forbids it.'
}

/** High, normal or low. */
export function priorityText(priority: unknown): string {
  return ['high', 'normal', 'low'][Number(priority)] ?? 'normal'
}

function because(data: Data): string {
  const code = data['code']
  if (typeof code !== 'string') return ''
  const number = data['providerCode']
  return `: ${failureText({ code, providerCode: typeof number === 'string' && number !== '' ? number : null })}`
}
