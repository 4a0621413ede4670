/**
 * The one reader of mail addresses: at import, when a lead or mailbox is edited, and again before sending.
 *
 * Narrower than RFC 5321 on purpose. Libraries disagree about quotes, comments, groups and display names, and one that
 * reads an address differently from us would mail a stranger; none of these forms is needed to write to a person.
 */

export interface Address {
  /** As the rep wrote it, without the spaces around it. */
  readonly typed: string
  /** What goes into the envelope: the local part as typed, `@`, the domain in lower-case punycode. */
  readonly ascii: string
  /** Lower-case punycode. */
  readonly domain: string
  /**
   * The person: equal for all spellings that reach the same inbox (case, plus-tag, the dots of Gmail).
   * A key to compare with, never an address to send to.
   */
  readonly identity: string
}

export type AddressProblem =
  | 'empty'
  | 'line_break'
  | 'several'
  | 'no_at'
  | 'bad_local'
  | 'bad_domain'
  | 'too_long'
  | 'non_ascii_local'
  | 'control'

export type ParsedAddress =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly problem: AddressProblem }

/** RFC 5321 §4.5.3.1, in octets; 254 is what is left of a path of 256 without its angle brackets. */
const MAX_ADDRESS = 254
const MAX_LOCAL = 64
const MAX_DOMAIN = 253

const LINE_BREAK = /[\r\n\u0085\u2028\u2029\v\f]/
/** Control, formatting (zero-width, direction marks), lone surrogates and private characters: nobody can see them. */
const INVISIBLE = /\p{C}/u
/** RFC 5322 dot-atom. */
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
/** What may stand in a domain as typed; the URL parser would also accept ports, paths and percent-encoding. */
const TYPED_DOMAIN = /^[A-Za-z0-9.\-\u0080-\u{10ffff}]+$/u
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
/** At least two labels, the last one not a number (that would be an IP address). */
const HOST = new RegExp(`^(?:${LABEL}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$`)

/** Reads one address. Spaces and tabs around it are dropped; anything else that is not the address is refused. */
export function parseAddress(typed: string): ParsedAddress {
  const text = typed.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '')
  const problem = problemOfText(text)
  if (problem !== null) return { ok: false, problem }

  const at = text.indexOf('@')
  const local = text.slice(0, at)
  if (/[^\x00-\x7f]/.test(local)) return { ok: false, problem: 'non_ascii_local' }
  if (!DOT_ATOM.test(local)) return { ok: false, problem: 'bad_local' }

  const domain = asciiDomain(text.slice(at + 1))
  if (domain === null) return { ok: false, problem: 'bad_domain' }
  const ascii = `${local}@${domain}`
  if (local.length > MAX_LOCAL || domain.length > MAX_DOMAIN || ascii.length > MAX_ADDRESS) {
    return { ok: false, problem: 'too_long' }
  }
  return { ok: true, address: { typed: text, ascii, domain, identity: identityOf(local, domain) } }
}

/** The domain of an address that is known to be one; empty for anything else. */
export function domainOfAddress(typed: string): string {
  const parsed = parseAddress(typed)
  return parsed.ok ? parsed.address.domain : ''
}

function problemOfText(text: string): AddressProblem | null {
  if (text === '') return 'empty'
  if (LINE_BREAK.test(text)) return 'line_break'
  if (INVISIBLE.test(text)) return 'control'
  const ats = text.split('@').length - 1
  if (ats > 1 || /[,;]/.test(text)) return 'several'
  if (text.length > MAX_ADDRESS) return 'too_long'
  return ats === 0 ? 'no_at' : null
}

/** UTS-46 as every browser does it, then the rules of host names. Null when it is no public host name. */
function asciiDomain(typed: string): string | null {
  if (!TYPED_DOMAIN.test(typed)) return null
  const domain = hostnameOf(typed)
  return domain !== null && HOST.test(domain) ? domain : null
}

function hostnameOf(domain: string): string | null {
  try {
    return new URL(`http://${domain}/`).hostname
  } catch {
    return null
  }
}

/**
 * Case and plus-tags are dropped everywhere, although a server may tell them apart: writing to one person twice is worse
 * than taking two people for one. Dots are dropped where the provider says that it ignores them.
 */
function identityOf(local: string, domain: string): string {
  const lower = local.toLowerCase()
  const untagged = lower.replace(/(?<=.)\+.*$/, '')
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${untagged}@${domain}`
  return `${untagged.replaceAll('.', '')}@gmail.com`
}

/**
 * Addresses that a team reads: RFC 2142, and what small companies put on their contact page in English, German, French,
 * Spanish, Italian, Portuguese, Dutch, Polish and Swedish. Written without separators: `no-reply` is `noreply`.
 */
const ROLES = new Set(
  `abuse accounting accounts admin administration administrator admissions advertising alerts all apply billing board
  booking bookings careers compliance connect contact contactus council customercare customerservice customersupport
  desk developers devnull donotreply editor editorial email employment enquiries enquiry everyone events export
  feedback finance ftp general hallo hello help helpdesk hi hiring hostmaster hr humanresources info information
  inquiries inquiry investorrelations investors invoice invoices invoicing it jobs legal list listrequest mail mailbox
  mailerdaemon mailinglist management marketing media members membership moderator news newsletter newsletters nobody
  noc noreply notifications office operations ops order orders partner partners partnerships payments payroll phishing
  postbox postmaster pr press privacy procurement purchasing reception recruiting recruitment register registrar
  request reservations returns root sales school secretary security service services shipping shop spam staff studio
  subscribe subscriptions support sysadmin team tech techsupport test training unsubscribe usenet uucp web webmaster
  website welcome work www
  anfrage bestellung bewerbung buchhaltung buero datenschutz einkauf empfang kanzlei kontakt personal post praxis
  presse rechnung sekretariat verkauf vertrieb zentrale
  accueil achats bonjour commande commercial compta comptabilite direction facturation rh secretariat ventes
  administracion atencion atencionalcliente ayuda comercial compras contabilidad contacto correo empleo facturacion
  hola informacion recepcion reservas rrhh soporte ventas
  amministrazione acquisti ciao commerciale contabilita contatti contatto fatturazione ordini prenotazioni segreteria
  ufficio vendite
  atendimento comunicacao contato contabilidade financeiro geral suporte vendas
  administratie boekhouding bestellingen inkoop klantenservice receptie vacatures verkoop
  biuro faktury handlowy kadry ksiegowosc rekrutacja sprzedaz zamowienia
  ekonomi faktura kundtjanst`.split(/\s+/),
)

/** Parts that name a branch of the same shared address: `sales-uk`, `info.emea`. */
const BRANCHES = new Set(
  'apac at au be br ca ch de dk emea es eu fi fr global ie in int it jp latam nl no nz pl pt se uk us usa'.split(' '),
)

/** Is it a shared address such as info@, read by a team rather than by a person? */
export function isRoleAddress(address: Address): boolean {
  const local = address.identity.slice(0, address.identity.lastIndexOf('@'))
  const parts = local.split(/[._-]+/).map((part) => part.replace(/\d+$/, ''))
  if (ROLES.has(parts.join(''))) return true
  const [first = '', ...rest] = parts
  return ROLES.has(first) && rest.every((part) => part === '' || ROLES.has(part) || BRANCHES.has(part))
}
