import { formatCount } from './format.ts'

/** The figures of `people.find`. */
export interface PersonFigures {
  readonly leads: number
  readonly mails: number
  readonly waiting: number
  readonly inFlight: number
  readonly answers: number
  readonly touches: number
  readonly mentions: number
  readonly isSuppressed: boolean
  readonly isErased: boolean
}

/** What goes, a line each. */
export function goesLines(person: PersonFigures): string[] {
  const { leads, mails, waiting, answers, touches } = person
  const lines = [
    leads > 0 ? `${formatCount(leads, 'lead')} with name, company, notes, tags and all that could be undone` : '',
    mails > 0
      ? `the address and text of ${formatCount(mails, 'mail')}${waiting > 0 ? `; ${formatCount(waiting, 'waiting one')} cancelled first` : ''}`
      : '',
    answers > 0 ? `sender, subject and words of ${formatCount(answers, 'answer')}` : '',
    touches > 0 ? formatCount(touches, 'remembered contact') : '',
    person.isSuppressed ? 'the entry on the do-not-contact list' : '',
    'files of an import that is still open',
  ].filter((line) => line !== '')
  return lines
}

/** What stays, and why. */
export function staysLines({ mentions }: PersonFigures): string[] {
  return [
    'a code made from the address with a key of this computer, so that the person is never imported or written to again; nobody can read the address from it',
    'that so many mails were sent and answered, without saying to whom, so that limits and figures still hold',
    ...(mentions > 0
      ? [
          `${formatCount(mentions, 'note or template', 'notes and templates')} of yours in which the address stands; search for it and change them yourself`,
        ]
      : []),
    'mail in your own mailbox at Google, Microsoft or elsewhere: Pacemail deletes nothing there',
  ]
}

export function erasedText(done: { readonly isTraceless: boolean; readonly hasReplacedBackups: boolean }): string {
  const rest = done.isTraceless
    ? ''
    : ' Another window was reading the data; close all windows and start Pacemail again to remove the last traces.'
  const backups = done.hasReplacedBackups
    ? ''
    : ' Backups of the last days still hold the person; each goes when it is the eighth.'
  return `The person was erased.${backups}${rest}`
}
