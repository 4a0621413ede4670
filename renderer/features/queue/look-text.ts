import type { SendLook } from '#shared/contract/sends'
import type { LookPlace } from '#shared/domain/taxonomy'
import type { OutputAt } from '../../api/paths.ts'
import { formatWhen } from '../../ui/format.ts'

const PLACES: Readonly<Record<LookPlace, string>> = {
  draft: 'in the drafts',
  thread: 'in its conversation',
  sent: 'in Sent',
  key: 'by Pacemail’s own mark, in all folders',
  message_id: 'by its message number',
  folder: 'in the practice folder',
}

const NO_ANSWERS: Readonly<Record<string, string>> = {
  'mail.signed_out': 'The mailbox is signed out, so nobody could look',
  'mail.unreachable': 'The mail service could not be reached, so nobody could look',
}

/** What one look found. A look without an answer is never told as "not there". */
export function foundText({ found, code, places }: Pick<SendLook, 'found' | 'code' | 'places'>): string {
  const where = places.map((place) => PLACES[place]).join(', ')
  const looked = where === '' ? 'Looked' : `Looked ${where}`
  switch (found) {
    case 'sent':
      return `${looked}: it is among the sent mail.`
    case 'draft':
      return `${looked}: the draft is still there, unsent.`
    case 'absent':
      return `${looked}: it was never handed over.`
    case 'nothing':
      return `${looked}: not there. That alone does not prove that it was not sent.`
    case 'leaving':
      return `${looked}: the mail service has it and is sending it.`
    case 'thrown_away':
      return `${looked}: its draft lies among the deleted mail, unsent.`
    case 'no_answer':
      return `${NO_ANSWERS[code ?? ''] ?? 'The mail service did not answer, so nothing was found out'}.`
  }
}

/** A look in the story of a mail; a long row of the same is told once in a while, with its number. */
export function lookText(look: Pick<SendLook, 'found' | 'code' | 'places' | 'times' | 'byRep'>): string {
  const often = look.times > 2 ? ` The same for the ${ordinal(look.times)} time in a row.` : ''
  return `${foundText(look)}${often}`
}

type LookedAgain = OutputAt<'sends.lookAgain'>

/** What the rep is told right after asking for a look. */
export function lookedAgainText(looked: Pick<LookedAgain, 'found' | 'code' | 'nextLookAt'>, now: number): string {
  const { found, code, nextLookAt } = looked
  const next = nextLookAt === null ? '' : ` Pacemail looks again by itself ${formatWhen(nextLookAt, now)}.`
  switch (found) {
    case 'sent':
      return 'It is among the sent mail: it went out. Nothing is left to decide.'
    case 'draft':
      return nextLookAt === null
        ? 'Its draft is still there: it never went out. Nothing is left to decide.'
        : `Its draft is still there, unsent. One more look must agree.${next}`
    case 'absent':
      return 'It was never handed over. Nothing is left to decide.'
    case 'nothing':
      return `It was not found, which does not prove that it was not sent.${next === '' ? ' You decide.' : next}`
    case 'leaving':
      return `The mail service has it and is sending it.${next}`
    case 'thrown_away':
      return `Its draft lies among the deleted mail: it was not sent from there. You decide.`
    case 'no_answer':
      return `${foundText({ found, code, places: [] })} Nothing was changed.${next}`
    case 'too_early':
      return `It was handed over a moment ago: nobody can tell yet.${next}`
    case 'never':
      return 'Pacemail cannot look into this mailbox. Look into its Sent folder yourself, then decide.'
  }
}

function ordinal(count: number): string {
  const last = count % 10
  const isTeen = count % 100 >= 11 && count % 100 <= 13
  return `${count}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][last] ?? 'th')}`
}
