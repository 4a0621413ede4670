/**
 * Who writes, and how to hear no more of them: what CAN-SPAM, CASL and others want in a first mail (docs/going-live.md).
 */
import type { Language } from './incoming/incoming-mail.ts'

export interface SenderIdentity {
  /** May be empty: a person writes under their own name. */
  readonly company: string
  /** Where letters reach the sender, as typed, perhaps in several lines. */
  readonly postalAddress: string
  /** The sentence that says how to opt out. */
  readonly optOut: string
}

/**
 * A sentence for each language in which opt-outs are understood. The word that it asks for is one that an answer is
 * searched for, and nothing else in it reads like an opt-out: somebody may quote the sentence without a quotation mark.
 */
export const OPT_OUT_SENTENCES: readonly { readonly language: Language; readonly text: string }[] = [
  { language: 'en', text: 'If you would rather not hear from me again, just reply “stop” and I will not write again.' },
  { language: 'de', text: 'Falls ich mich nicht wieder melden soll, genügt eine kurze Antwort mit „Stopp“.' },
  { language: 'fr', text: 'Si vous préférez que je ne vous écrive plus, répondez simplement « stop ».' },
  { language: 'es', text: 'Si prefiere que no le escriba más, responda «baja» y no volveré a hacerlo.' },
  { language: 'nl', text: 'Hoort u liever niets meer van mij, antwoord dan met “stop”.' },
  { language: 'it', text: 'Se preferisce che non le scriva più, risponda «basta».' },
]

export const DEFAULT_OPT_OUT: string = OPT_OUT_SENTENCES[0]?.text ?? ''

/** Company and postal address in one line, as they stand below a mail; '' where there is no address. */
export function postalLine({ company, postalAddress }: SenderIdentity): string {
  const lines = postalAddress.split(/[\r\n]+/).map((line) => line.trim().replace(/,$/, ''))
  const address = lines.filter((line) => line !== '').join(', ')
  return address === '' ? '' : [company.replace(/\s+/g, ' ').trim(), address].filter((part) => part !== '').join(', ')
}

/** May this sender write a first mail to a stranger? */
export function isSenderKnown(identity: SenderIdentity): boolean {
  return postalLine(identity) !== '' && identity.optOut.trim() !== ''
}
