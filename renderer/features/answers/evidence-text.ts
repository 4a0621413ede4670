import type { EvidenceRule, Language, MatchHow } from '#shared/domain/incoming/incoming-mail'

type Evidence = Readonly<Record<string, unknown>>

/** Why a mail was judged as it was, one sentence each, the link to the rep's own mail first. */
export function evidenceTexts({
  matchedBy,
  evidence,
}: {
  readonly matchedBy: string
  readonly evidence: Evidence
}): string[] {
  const how = wordOf(MATCHES, matchedBy)
  const rule = RULES[wordOf(RULES, evidence['rule']) ?? 'unrelated']
  return [...(how === null ? [] : [MATCHES[how]]), rule(evidence), ...remarksOf(evidence)]
}

/** How it is known which mail it belongs to. */
const MATCHES = {
  key: 'The report holds a copy of your mail with Pacemail’s own mark in it.',
  original_id: 'The report names the Message-ID of your mail.',
  reference: 'It says itself that it answers your mail (In-Reply-To).',
  thread: 'It is in the same conversation as your mail.',
  failed_address: 'It names the address that you wrote to.',
  sender: 'It came from the address that you wrote to.',
  company: 'It came from the same company, under the subject of your mail.',
} satisfies Record<MatchHow, string>

/** What decided. */
const RULES = {
  dsn: (evidence) => `A mail server sent a delivery report that says it failed${statusOf(evidence)}.`,
  failed_recipients: (evidence) =>
    `A mail server sent a delivery report that names the address that failed${statusOf(evidence)}.`,
  bounce_text: (evidence) => `A mail server wrote, in words, that it could not deliver your mail${statusOf(evidence)}.`,
  dsn_not_failed: () => 'It is a delivery report that says nothing failed for good.',
  dsn_untrusted: () => 'It is a delivery report about a mail that Pacemail did not send.',
  complaint: () => 'Their mail provider reports that they marked your mail as spam.',
  complaint_untrusted: () => 'It is a spam report about a mail that Pacemail did not send.',
  feedback_only: () => 'It is a report of a mail provider that is no complaint.',
  auto_header: (evidence) => `Its header says that a program wrote it${headerOf(evidence)}.`,
  auto_subject: (evidence) => `Its subject is one that only programs write${languageOf(evidence)}.`,
  read_receipt: () => 'It is a read receipt: a program sends it when a mail is opened.',
  unsubscribe_mail: () => 'It came through the unsubscribe button that mail programs show beside your mail.',
  opt_out_words: (evidence) => `Its own words ask not to be written to${languageOf(evidence)}.`,
  reply: () => 'Nothing in it points to a program, so a person wrote it.',
  unopened: () => 'Your mailbox lists it, but could not open it, however often it was asked.',
  self: () => 'It is your own mail.',
  mailing_list: () => 'It came over a mailing list.',
  unrelated: () => 'Pacemail’s rules for incoming mail.',
} satisfies Record<EvidenceRule, (evidence: Evidence) => string>

function remarksOf(evidence: Evidence): string[] {
  return [
    evidence['hasLeft'] === true ? 'It says that the person no longer works there.' : '',
    evidence['maybeOptOut'] === true
      ? 'Some of its words sound like a wish to be left alone. Read it, and put the address on your do-not-contact list if it is one.'
      : '',
  ].filter((remark) => remark !== '')
}

/** ` (5.1.1)`: the code that support pages are about. */
function statusOf({ status }: Evidence): string {
  return typeof status === 'string' && status !== '' ? ` (${status})` : ''
}

function headerOf({ header, value }: Evidence): string {
  if (typeof header !== 'string') return ''
  return typeof value === 'string' && value !== '' ? ` (${header}: ${value})` : ` (${header})`
}

const LANGUAGES = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  nl: 'Dutch',
  it: 'Italian',
} satisfies Record<Language, string>

function languageOf({ language }: Evidence): string {
  const known = wordOf(LANGUAGES, language)
  return known === null ? '' : ` (${LANGUAGES[known]})`
}

/** The value as one of the table's own words; null for anything else. */
function wordOf<T extends object>(table: T, value: unknown): keyof T | null {
  return typeof value === 'string' && Object.hasOwn(table, value) ? (value as keyof T) : null
}
