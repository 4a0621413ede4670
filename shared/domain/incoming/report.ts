import type { DeliveryReport } from './incoming-mail.ts'

/** More than any mail needs; bounds for the work on hostile text. */
const MOST_HEAD_CHARACTERS = 65_536
const MOST_VALUE_CHARACTERS = 8_192
const MOST_GROUPS = 20

/** The parts of a delivery report as text, wherever they were found; null where the mail has none. */
export interface ReportParts {
  /** message/delivery-status. */
  readonly status: string | null
  /** What came back of our mail: message/rfc822 or text/rfc822-headers. */
  readonly original: string | null
  /** The X-Failed-Recipients header. */
  readonly failedRecipients: string | null
  readonly subject: string
}

/** The header fields of a block, up to the first empty line: lower-case names, unfolded, the first of each name. */
export function headerFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const field of unfolded(text)) {
    const colon = field.indexOf(':')
    const name = field.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (/^[!-9;-~]{1,80}$/.test(name) && !fields.has(name)) {
      fields.set(
        name,
        field
          .slice(colon + 1)
          .trim()
          .slice(0, MOST_VALUE_CHARACTERS),
      )
    }
  }
  return fields
}

/** The Message-IDs of a header, with their brackets. */
export function messageIdsIn(value: string): string[] {
  return value.match(/<[^<>\s]{1,500}>/g) ?? []
}

/** What a server reported; null when the parts say nothing of a delivery. */
export function readReport(parts: ReportParts): DeliveryReport | null {
  const groups = parts.status === null ? [] : groupsOf(parts.status)
  const failedHeader = addressIn(parts.failedRecipients ?? '')
  if (groups.length === 0 && failedHeader === null) return null

  const recipient = theRecipient(groups)
  const original = headerFields(parts.original ?? '')
  const found = (name: string): string | undefined => groups.find((group) => group.has(name))?.get(name)
  return {
    source: groups.length > 0 ? 'dsn' : 'header',
    failedAddress:
      addressIn(recipient.get('final-recipient') ?? '') ??
      addressIn(recipient.get('original-recipient') ?? '') ??
      failedHeader,
    action: actionOf(recipient, parts.subject),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(recipient.get('status') ?? '')?.[0] ?? null,
    diagnosticCode: (recipient.get('diagnostic-code') ?? '').replace(/\s+/g, ' ').slice(0, 500),
    originalMessageId:
      messageIdsIn(found('x-original-message-id') ?? '')[0] ??
      messageIdsIn(original.get('message-id') ?? '')[0] ??
      null,
    originalKey: /^[A-Za-z0-9_-]{1,64}$/.exec(original.get('x-pacemail-key') ?? '')?.[0] ?? null,
  }
}

function* unfolded(text: string): Generator<string> {
  let field = ''
  for (const line of text.slice(0, MOST_HEAD_CHARACTERS).split(/\r\n|\r|\n/)) {
    if (line === '') break
    if (/^[ \t]/.test(line)) {
      field += line
    } else {
      yield field
      field = line
    }
  }
  yield field
}

/** One group about the mail, then one for each recipient, with empty lines between. */
function groupsOf(status: string): ReadonlyMap<string, string>[] {
  return status
    .slice(0, MOST_HEAD_CHARACTERS)
    .split(/(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)+/, MOST_GROUPS)
    .map((group) => headerFields(group.replace(/^[\r\n]+/, '')))
    .filter((group) => group.size > 0)
}

/** Our mail has one recipient; where a server made several of it, one that failed says most. */
function theRecipient(groups: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
  const recipients = groups.filter((group) => group.has('final-recipient') || group.has('action'))
  return recipients.find((group) => /^failed/i.test(group.get('action') ?? '')) ?? recipients[0] ?? new Map()
}

/** A header of failed recipients without a report means a failure, unless the subject speaks of a delay. */
function actionOf(recipient: ReadonlyMap<string, string>, subject: string): string {
  if (recipient.size === 0) return /delay|warning/i.test(subject) ? 'delayed' : 'failed'
  return /^[a-z]+/.exec((recipient.get('action') ?? '').toLowerCase())?.[0] ?? ''
}

/** `rfc822; ann@corp.example` or a bare list of addresses: the first one, lower case. */
function addressIn(value: string): string | null {
  const address = /[^\s<>;,"()]{1,200}@[^\s<>;,"()]{1,200}/.exec(value.slice(0, 1_000))?.[0]
  return address?.toLowerCase() ?? null
}
