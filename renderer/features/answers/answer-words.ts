import type { AccountProblem } from '#shared/domain/incoming/incoming-mail'
import type { IncomingVerdict } from '#shared/domain/taxonomy'
import { formatDay } from '../../ui/format.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'
import type { Answer } from './use-answers.ts'

/** What the filter calls them. */
export const VERDICT_LABELS = {
  replied: 'Replied',
  auto_replied: 'Automatic',
  bounced: 'Bounced',
  opted_out: 'Opted out',
} satisfies Record<IncomingVerdict, string>

export type Judged = Pick<Answer, 'verdict' | 'severity' | 'returnsAt' | 'evidence'>

/** The verdict as a status word. An automatic answer with a date is one of somebody who is away. */
export function verdictWord(answer: Judged): { readonly label: string; readonly tone: Tone } {
  switch (answer.verdict) {
    case 'replied':
      return isUnopened(answer) ? { label: 'Not opened', tone: 'warning' } : { label: 'Replied', tone: 'good' }
    case 'bounced':
      return { label: 'Bounced', tone: 'bad' }
    case 'opted_out':
      if (isComplaint(answer)) return { label: 'Called spam', tone: 'bad' }
      return { label: isUnsure(answer) ? 'Maybe an opt-out' : 'Opted out', tone: 'warning' }
    case 'auto_replied':
      return { label: answer.returnsAt === null ? 'Automatic answer' : 'Out of office', tone: 'quiet' }
  }
}

/** What stands beside the word: how bad a bounce is, when somebody is back, what to look at; empty for the others. */
export function verdictRemark(answer: Judged, now: number): string {
  const { verdict, severity, returnsAt, evidence } = answer
  if (verdict === 'bounced') return accountText(answer)?.remark ?? (severity === null ? '' : SEVERITIES[severity])
  if (isUnopened(answer)) return 'please read it in your mailbox'
  if (verdict === 'replied' && evidence['maybeOptOut'] === true) return 'maybe an opt-out, please read it'
  if (verdict === 'auto_replied' && evidence['hasLeft'] === true) return 'no longer works there'
  return verdict === 'auto_replied' && returnsAt !== null ? backText(returnsAt, now) : ''
}

const SEVERITIES = {
  hard: 'no such address',
  soft: 'full or slow mailbox',
  blocked: 'refused by their server',
} satisfies Record<NonNullable<Answer['severity']>, string>

/** A bounce that is about the rep's own account rather than about the person. */
const ACCOUNT_TEXTS = {
  day_limit: {
    remark: 'your own limit of the day',
    effect: 'Your own provider did not take it: the mailbox has sent all it may for now, and rests until it may again.',
  },
  tenant_limit: {
    remark: 'your organisation’s limit of the day',
    effect:
      'Your own provider did not take it: your organisation has sent all it may for now. All its mailboxes here rest until it may again.',
  },
  restricted: {
    remark: 'your own account may not send',
    effect: 'Your own provider does not let this account send. The Mailboxes page says what to do.',
  },
  authentication: {
    remark: 'your own domain is not set up',
    effect:
      'Their server wants proof that mail comes from your domain (SPF, DKIM, DMARC). Ask whoever looks after your domain to set that up.',
  },
} satisfies Record<AccountProblem, { remark: string; effect: string }>

function accountText({ evidence }: Judged): { readonly remark: string; readonly effect: string } | null {
  const problem = evidence['accountProblem']
  return typeof problem === 'string' && Object.hasOwn(ACCOUNT_TEXTS, problem)
    ? ACCOUNT_TEXTS[problem as AccountProblem]
    : null
}

/** `back tomorrow`, `back on Mon, 3 Mar`. */
function backText(at: number, now: number): string {
  const day = formatDay(at, now)
  return /^(?:today|tomorrow|yesterday)$/.test(day) ? `back ${day}` : `back on ${day}`
}

/** An opt-out that nobody can be sure of: it counts as an answer, and the rep decides. */
function isUnsure({ evidence }: Judged): boolean {
  return evidence['isSure'] === false
}

/** Reported by the provider of the person who pressed "spam". */
function isComplaint({ evidence }: Judged): boolean {
  return evidence['rule'] === 'complaint'
}

/** Nobody knows what it says: it counts as an answer, to be sure. */
function isUnopened({ evidence }: Judged): boolean {
  return evidence['rule'] === 'unopened'
}

/** What Pacemail did because of it. */
export function effectText(answer: Judged, now: number): string {
  switch (answer.verdict) {
    case 'replied':
      if (isUnopened(answer)) {
        return 'This mail could not be opened, so Pacemail does not know what it says. To be sure it counts as an answer, and nothing more is sent to this person. Read it in your mailbox; take it back here if it is no answer.'
      }
      return 'Nothing more is sent to this person by itself. Answer them from your mailbox.'
    case 'opted_out':
      if (isComplaint(answer)) {
        return 'This person marked your mail as spam. The address is on your do-not-contact list, nothing more is sent to it, and it counts heavily against the health of the mailbox.'
      }
      return isUnsure(answer)
        ? 'It sounds like a wish to be left alone, but it is not certain whose. It counts as an answer, so nothing more is sent to this person; put the address on your do-not-contact list if it is one.'
        : 'The address is on your do-not-contact list, and nothing more is sent to it.'
    case 'bounced':
      return accountText(answer)?.effect ?? BOUNCE_EFFECTS[answer.severity ?? 'hard']
    case 'auto_replied':
      return answer.returnsAt === null
        ? 'It counts as no reply, and nothing was stopped because of it.'
        : `It counts as no reply. Mail that waits for this person is held until they are ${backText(answer.returnsAt, now)}.`
  }
}

const BOUNCE_EFFECTS = {
  hard: 'The address is on your do-not-contact list, and the bounce counts against the health of the mailbox.',
  soft: 'Nothing was stopped because of it: such a mailbox may take mail again another day. It counts a little against the health of yours.',
  blocked:
    'The address is not to blame. It counts against the health of the mailbox, because their server refuses you.',
} satisfies Record<NonNullable<Answer['severity']>, string>

/** What taking it back changes, said beforehand. */
export function undoText(answer: Judged): string {
  return `${undoneText(answer)} Mail that was skipped meanwhile stays skipped.`
}

function undoneText(answer: Judged): string {
  switch (answer.verdict) {
    case 'replied':
      return UNANSWERED
    case 'opted_out':
      return isUnsure(answer)
        ? UNANSWERED
        : 'The address comes off your do-not-contact list, so mail may be sent to it again. If they did ask to be left alone, many countries forbid that.'
    case 'bounced':
      return UNDO_BOUNCES[answer.severity ?? 'hard']
    case 'auto_replied':
      return answer.returnsAt === null
        ? 'It is no longer shown as an answer to your mail. Nothing else changes.'
        : 'It is no longer shown as an answer to your mail. Mail that is held for their return goes when it was to go before.'
  }
}

const UNANSWERED =
  'This person counts as not having answered, so mail may be sent to them again. If their whole company was left alone because of it, that ends too.'

const UNDO_BOUNCES = {
  hard: 'The address comes off your do-not-contact list, so mail may be sent to it again, and the health of the mailbox is worked out without this bounce.',
  soft: 'The mail counts as having arrived.',
  blocked: 'The mail counts as having arrived, and the health of the mailbox is worked out without this bounce.',
} satisfies Record<NonNullable<Answer['severity']>, string>
