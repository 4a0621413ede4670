/** What a fake IMAP server says of its mails: SEARCH and FETCH (RFC 3501 §6.4.4, §6.4.5, §7.4.2). */
import { addressParser } from 'postal-mime'
import type { ImapWord } from '#test/fakes/imap-command'
import type { StoredMail } from '#test/fakes/imap-store'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The mails of a set like `3:5,9,12:*`. `numberOf` is the UID or the sequence number. */
export function inSet(set: string, mails: readonly StoredMail[], numberOf: (mail: StoredMail) => number): StoredMail[] {
  const last = Math.max(0, ...mails.map(numberOf))
  const bound = (text: string) => (text === '*' ? last : Number(text))
  const ranges = set.split(',').map((part) => {
    const [from = '', to = from] = part.split(':')
    return [Math.min(bound(from), bound(to)), Math.max(bound(from), bound(to))] as const
  })
  return mails.filter((mail) => ranges.some(([from, to]) => numberOf(mail) >= from && numberOf(mail) <= to))
}

/** Every key must hold. Null: a key that this server does not know. */
export function search(words: readonly ImapWord[], mails: readonly StoredMail[]): StoredMail[] | null {
  let found = [...mails]
  for (let at = 0; at < words.length; at += 1) {
    const key = String(words[at]).toUpperCase()
    const next = () => String(words[(at += 1)])
    if (key === 'ALL') continue
    else if (key === 'UID') found = inSet(next(), found, ({ uid }) => uid)
    else if (key === 'SINCE') {
      const day = dayOf(next())
      found = found.filter(({ receivedAt }) => receivedAt >= day)
    } else if (key === 'SENTSINCE') {
      const day = dayOf(next())
      found = found.filter((mail) => sentDay(mail) >= day)
    } else if (key === 'SENTBEFORE') {
      const day = dayOf(next())
      found = found.filter((mail) => sentDay(mail) < day)
    } else if (key === 'HEADER') {
      const [name, part] = [next(), next().toLowerCase()]
      found = found.filter(({ raw }) => headerValue(raw, name)?.toLowerCase().includes(part))
    } else return null
  }
  return found
}

/** The day of the Date header, without its time (RFC 3501 §6.4.4). */
function sentDay({ raw, receivedAt }: StoredMail): number {
  const at = Date.parse(headerValue(raw, 'Date') ?? '')
  return Math.floor((Number.isNaN(at) ? receivedAt : at) / 86_400_000) * 86_400_000
}

function dayOf(text: string): number {
  const [day = '1', month = 'Jan', year = '1970'] = text.split('-')
  return Date.UTC(Number(year), MONTHS.indexOf(month), Number(day))
}

/** `UID 3 FLAGS (\Seen) BODY[] {5}…` for the items that were asked for. Literals go as latin1. */
export function fetchItems(items: readonly ImapWord[], mail: StoredMail): string {
  if (mail.poison === 'garbled' && items.some((item) => /^(?:ENVELOPE|BODY)/i.test(String(item)))) return UNREADABLE
  return items.map((item) => itemOf(String(item), mail)).join(' ')
}

const UNREADABLE = 'ENVELOPE ("a "broken" quote) ('

function itemOf(item: string, { uid, raw, flags, receivedAt, poison }: StoredMail): string {
  const name = item.toUpperCase()
  if (name === 'ENVELOPE' && poison === 'no envelope') return UNREADABLE
  if (name === 'UID') return `UID ${uid}`
  if (name === 'FLAGS') return `FLAGS (${[...flags].join(' ')})`
  if (name === 'INTERNALDATE') return `INTERNALDATE "${internalDate(receivedAt)}"`
  if (name === 'ENVELOPE') return `ENVELOPE ${envelopeOf(raw)}`
  const fields = /^BODY(?:\.PEEK)?\[HEADER\.FIELDS \(([^)]*)\)\]$/.exec(name)
  if (fields !== null) {
    return `BODY[HEADER.FIELDS (${fields[1]})] ${literal(headerLines(raw, fields[1]?.split(' ') ?? []))}`
  }
  const whole = /^BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?$/.exec(name)
  if (whole === null) throw new Error(`unknown item ${item}`)
  const [, from, count] = whole
  if (from === undefined) return `BODY[] ${literal(raw.toString('latin1'))}`
  const part = raw.subarray(Number(from), Number(from) + Number(count))
  return `BODY[]<${from}> ${literal(part.toString('latin1'))}`
}

/** ` 5-Jan-2026 09:00:00 +0000` */
function internalDate(at: number): string {
  const text = new Date(at - (at % 1_000)).toISOString()
  const [year = '', month = '', day = ''] = text.slice(0, 10).split('-')
  return `${String(Number(day)).padStart(2, ' ')}-${MONTHS[Number(month) - 1]}-${year} ${text.slice(11, 19)} +0000`
}

function envelopeOf(raw: Buffer): string {
  const text = (name: string) => quoted(headerValue(raw, name))
  const people = (name: string) => addressList(headerValue(raw, name))
  const from = people('from')
  const sender = headerValue(raw, 'sender') === null ? from : people('sender')
  const who = [from, sender, from, people('to'), people('cc'), people('bcc')]
  return `(${[text('date'), text('subject'), ...who, text('in-reply-to'), text('message-id')].join(' ')})`
}

function addressList(value: string | null): string {
  const people = addressParser(value ?? '').flatMap(({ address }) => (address ? [address] : []))
  if (people.length === 0) return 'NIL'
  const entries = people.map((address) => {
    const at = address.lastIndexOf('@')
    return `(NIL NIL ${quoted(address.slice(0, at))} ${quoted(address.slice(at + 1))})`
  })
  return `(${entries.join('')})`
}

function headOf(raw: Buffer): string {
  const text = raw.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  return end < 0 ? text : text.slice(0, end)
}

/** Unfolded; null where the mail has no such header. */
export function headerValue(raw: Buffer, name: string): string | null {
  const line = headerLines(raw, [name]).split(/\r\n(?![ \t])/)[0] ?? ''
  return line === ''
    ? null
    : line
        .slice(line.indexOf(':') + 1)
        .replace(/\r\n(?=[ \t])/g, '')
        .trim()
}

/** The lines of these headers as they stand in the mail, with the empty line that ends them. */
function headerLines(raw: Buffer, names: readonly string[]): string {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  const lines = headOf(raw).split(/\r\n(?![ \t])/)
  const found = lines.filter((line) => wanted.has(line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase()))
  return `${found.map((line) => `${line}\r\n`).join('')}\r\n`
}

function quoted(value: string | null): string {
  if (value === null) return 'NIL'
  return /[\r\n\x80-\xff]/.test(value) ? literal(value) : `"${value.replace(/[\\"]/g, '\\$&')}"`
}

function literal(latin1: string): string {
  return `{${latin1.length}}\r\n${latin1}`
}
