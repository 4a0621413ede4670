/**
 * What a country asks of a first mail from one company to a person at another, as far as a program can check it. Data,
 * with the law each row stands on; not legal advice, and no program can prove a consent or weigh an interest.
 *
 * Where the country is unknown some ground must be on record, and any will do: an address under .com may be anywhere, and
 * the rep knows more than its ending. Where the country is known but has no row here, the strictest row counts.
 */
import { countryOf, type CountryFacts } from './country.ts'
import { isFreeMail } from './free-mail.ts'
import type { LawfulBasis } from './taxonomy.ts'

type Basis = Exclude<LawfulBasis, 'unrecorded'>

export interface CountryRule {
  /** ISO 3166-1 alpha-2, `EU`; null: this is the rule for unknown countries. */
  readonly country: string | null
  /** Grounds that allow a first mail to an address at a company. */
  readonly company: readonly Basis[]
  /** The same for an address at a provider of free mail, behind which a private person or a sole trader stands. */
  readonly person: readonly Basis[]
  /** Where `legitimate_interest` is not enough: a ground counts only with its date and a note on the proof. */
  readonly needsProof: boolean
  /** How long after its date a ground ends, in days; one that is not named has no end. */
  readonly endsAfterDays: Readonly<Partial<Record<Basis, number>>>
  /** The mail must hold the sender's postal address. */
  readonly needsPostalAddress: boolean
  /** The mail must say how to be left alone. */
  readonly needsOptOut: boolean
  readonly law: string
  /** Where to read it. */
  readonly url: string
  /** The state of the law that this row follows, `YYYY-MM-DD`. */
  readonly asOf: string
}

const ANY: readonly Basis[] = ['consent', 'customer', 'inquiry', 'published', 'legitimate_interest']
const CONSENT: readonly Basis[] = ['consent', 'customer']
const AS_OF = '2026-11-22'

/** Consent or a customer, also between companies; with proof. */
const STRICT = {
  company: CONSENT,
  person: CONSENT,
  needsProof: true,
  endsAfterDays: {},
  needsPostalAddress: true,
  needsOptOut: true,
  asOf: AS_OF,
} satisfies Partial<CountryRule>

/** Companies may be written to until they object; private persons may not. */
const COMPANIES_OPEN = { ...STRICT, company: ANY } satisfies Partial<CountryRule>

const ROWS: readonly CountryRule[] = [
  {
    ...COMPANIES_OPEN,
    country: 'US',
    person: ANY,
    needsProof: false,
    law: 'CAN-SPAM Act, 15 U.S.C. § 7704(a): opt-out and postal address, also between companies',
    url: 'https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business',
  },
  {
    ...STRICT,
    country: 'CA',
    company: ['consent', 'customer', 'inquiry', 'published'],
    person: ['consent', 'customer', 'inquiry', 'published'],
    // Section 10(10): two years after a purchase, six months after a question.
    endsAfterDays: { customer: 730, inquiry: 182 },
    law: "Canada's Anti-Spam Legislation (S.C. 2010, c. 23), sections 6 and 10: express or implied consent, proof with the sender",
    url: 'https://laws-lois.justice.gc.ca/eng/acts/E-1.6/',
  },
  {
    ...STRICT,
    country: 'DE',
    law: 'UWG § 7 (2) no. 2 and (3): prior express consent, also between companies; customers for similar goods',
    url: 'https://www.gesetze-im-internet.de/uwg_2004/__7.html',
  },
  {
    ...STRICT,
    country: 'AT',
    law: 'TKG 2021 § 174: prior consent, also between companies; customers for similar goods',
    url: 'https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=20011678',
  },
  {
    ...STRICT,
    country: 'CH',
    law: 'UWG Art. 3 (1) (o): consent for mass advertising; customers for similar goods',
    url: 'https://www.fedlex.admin.ch/eli/cc/1988/223_223_223/de',
  },
  {
    ...COMPANIES_OPEN,
    country: 'GB',
    person: ['consent', 'customer', 'inquiry'],
    law: 'PECR 2003, regulations 22 and 23, with UK GDPR: consent for individuals and sole traders, not for companies',
    url: 'https://www.legislation.gov.uk/uksi/2003/2426/regulation/22',
  },
  {
    ...COMPANIES_OPEN,
    country: 'IE',
    law: 'S.I. 336/2011, regulation 13: consent for individuals; a company may object',
    url: 'https://www.irishstatutebook.ie/eli/2011/si/336/made/en/print',
  },
  {
    ...COMPANIES_OPEN,
    country: 'FR',
    law: "CPCE art. L34-5 and the CNIL's guidance: no consent where the mail concerns the person's work",
    url: 'https://www.cnil.fr/fr/la-prospection-commerciale-par-courrier-electronique',
  },
  {
    ...COMPANIES_OPEN,
    country: 'SE',
    law: 'Marknadsföringslagen (2008:486) §§ 19–20: consent for natural persons',
    url: 'https://lagen.nu/2008:486',
  },
  {
    ...COMPANIES_OPEN,
    country: 'FI',
    law: 'Act on Electronic Communications Services (917/2014), sections 200 and 202: consent for natural persons',
    url: 'https://www.finlex.fi/en/legislation/translations/2014/eng/917',
  },
  {
    ...STRICT,
    country: 'NL',
    company: ['consent', 'customer', 'published'],
    law: 'Telecommunicatiewet art. 11.7: consent, also of companies, save for addresses published for such mail',
    url: 'https://wetten.overheid.nl/BWBR0009950',
  },
  {
    ...STRICT,
    country: 'BE',
    law: 'Code of Economic Law, art. XII.13: prior consent of a named person',
    url: 'https://economie.fgov.be/en/themes/online/e-commerce',
  },
  {
    ...STRICT,
    country: 'DK',
    law: 'Markedsføringsloven § 10: prior consent, also of companies',
    url: 'https://www.retsinformation.dk/eli/lta/2017/426',
  },
  {
    ...STRICT,
    country: 'NO',
    law: 'Markedsføringsloven § 15: consent for natural persons, a named address at a company included',
    url: 'https://lovdata.no/dokument/NL/lov/2009-01-09-2',
  },
  {
    ...STRICT,
    country: 'ES',
    law: 'LSSI (Ley 34/2002) art. 21: express consent or an earlier contract, also between companies',
    url: 'https://www.boe.es/buscar/act.php?id=BOE-A-2002-13758',
  },
  {
    ...STRICT,
    country: 'IT',
    law: 'Codice privacy (d.lgs. 196/2003) art. 130: consent of the contracting party, companies included',
    url: 'https://www.garanteprivacy.it/codice',
  },
  {
    ...STRICT,
    country: 'PL',
    law: 'Prawo komunikacji elektronicznej (2024) art. 398: prior consent, also of companies',
    url: 'https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU20240001221',
  },
  {
    ...STRICT,
    country: 'AU',
    company: ['consent', 'customer', 'inquiry', 'published'],
    person: ['consent', 'customer', 'inquiry', 'published'],
    law: 'Spam Act 2003 (Cth), section 16 and schedule 2: express or inferred consent',
    url: 'https://www.legislation.gov.au/C2004A01214/latest/text',
  },
  {
    ...STRICT,
    country: 'NZ',
    company: ['consent', 'customer', 'inquiry', 'published'],
    person: ['consent', 'customer', 'inquiry', 'published'],
    law: 'Unsolicited Electronic Messages Act 2007, sections 4 and 9: express, inferred or deemed consent',
    url: 'https://www.legislation.govt.nz/act/public/2007/0007/latest/whole.html',
  },
]

/** Members without a row of their own, and addresses under .eu. */
const EU_MEMBERS = new Set('EU BG HR CY CZ EE GR HU LV LT LU MT PT RO SK SI'.split(' '))

const EU_RULE: Omit<CountryRule, 'country'> = {
  ...STRICT,
  law: 'Directive 2002/58/EC, Art. 13: prior consent; a member state may ask less for companies, which is not written down here',
  url: 'https://eur-lex.europa.eu/eli/dir/2002/58/oj',
}

const UNLISTED_RULE: Omit<CountryRule, 'country'> = {
  ...STRICT,
  law: 'No rule is written down for this country, so the strictest one counts',
  url: 'https://eur-lex.europa.eu/eli/dir/2002/58/oj',
}

const UNKNOWN_RULE: CountryRule = {
  ...COMPANIES_OPEN,
  country: null,
  person: ANY,
  needsProof: false,
  law: 'The country is not known: GDPR Art. 6 (1) asks everywhere in Europe that some ground is on record',
  url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
}

const BY_COUNTRY: ReadonlyMap<string | null, CountryRule> = new Map(ROWS.map((row) => [row.country, row]))

/** The rule for a country as `countryOf` names it; null: unknown. */
export function rulesFor(country: string | null): CountryRule {
  if (country === null) return UNKNOWN_RULE
  const row = BY_COUNTRY.get(country)
  if (row !== undefined) return row
  return { ...(EU_MEMBERS.has(country) ? EU_RULE : UNLISTED_RULE), country }
}

/** What the rep has recorded about a lead. */
export interface BasisFacts extends CountryFacts {
  readonly basis: LawfulBasis
  /** When it was given, epoch ms; null: not recorded. */
  readonly basisAt: number | null
  /** What proves it. */
  readonly basisNote: string
}

/** The parts of the mail that a rule may ask for. */
export interface MailFacts {
  readonly hasPostalAddress: boolean
  readonly hasOptOut: boolean
}

export type Missing =
  /** No ground is recorded. */
  | 'basis'
  /** The one recorded is not enough in this country. */
  | 'stronger_basis'
  | 'basis_date'
  | 'basis_proof'
  /** It was enough once, and has ended. */
  | 'newer_basis'
  | 'postal_address'
  | 'opt_out'

const DAY_MS = 86_400_000

/** What stands between this lead and a first mail, in the order in which the rep would mend it; empty: nothing does. */
export function missingFor(lead: BasisFacts, now: number, mail: MailFacts | null = null): Missing[] {
  const rule = rulesFor(countryOf(lead))
  const missing = missingBasis(lead, rule, now)
  if (mail !== null && rule.needsPostalAddress && !mail.hasPostalAddress) missing.push('postal_address')
  if (mail !== null && rule.needsOptOut && !mail.hasOptOut) missing.push('opt_out')
  return missing
}

/**
 * Until when the recorded ground is enough to write to somebody, epoch ms; null: without end, 0: it is not.
 */
export function basisLastsUntil(lead: BasisFacts): number | null {
  const rule = rulesFor(countryOf(lead))
  return missingBasis(lead, rule, 0).length > 0 ? 0 : basisEndsAt(lead, rule)
}

function takenAt(domain: string, rule: CountryRule): readonly LawfulBasis[] {
  return isFreeMail(domain) ? rule.person : rule.company
}

/** Epoch ms; null: it does not end. */
function basisEndsAt({ domain, basis, basisAt }: BasisFacts, rule: CountryRule): number | null {
  if (takenAt(domain, rule).includes('legitimate_interest')) return null
  const lastsDays = basis === 'unrecorded' ? undefined : rule.endsAfterDays[basis]
  return basisAt === null || lastsDays === undefined ? null : basisAt + lastsDays * DAY_MS
}

function missingBasis(lead: BasisFacts, rule: CountryRule, now: number): Missing[] {
  const { basis, basisAt } = lead
  if (basis === 'unrecorded') return ['basis']
  const taken = takenAt(lead.domain, rule)
  if (!taken.includes(basis)) return ['stronger_basis']
  // Who may be written to without any of them needs to prove none.
  if (taken.includes('legitimate_interest')) return []
  const missing: Missing[] = []
  if (rule.needsProof && basisAt === null) missing.push('basis_date')
  if (rule.needsProof && lead.basisNote.trim() === '') missing.push('basis_proof')
  const endsAt = basisEndsAt(lead, rule)
  if (endsAt !== null && endsAt <= now) missing.push('newer_basis')
  return missing
}
