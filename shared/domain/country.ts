/**
 * The country whose rules hold for a lead: what the rep recorded, else what the address says, else nothing. A guess from
 * the language or the time zone would look like knowledge.
 */

export interface CountryFacts {
  /** ISO 3166-1 alpha-2, a name, or anything a list had in that column. */
  readonly country: string
  /** Of the address, lower-case punycode. */
  readonly domain: string
}

/** ISO 3166-1 alpha-2; `EU` for an address under .eu; null: nobody can tell. */
export function countryOf({ country, domain }: CountryFacts): string | null {
  return countryOfText(country) ?? countryOfDomain(domain)
}

/** English and native names that lists use, beside the English names that the runtime knows. */
const ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  deutschland: 'DE',
  allemagne: 'DE',
  brd: 'DE',
  osterreich: 'AT',
  autriche: 'AT',
  schweiz: 'CH',
  suisse: 'CH',
  svizzera: 'CH',
  espana: 'ES',
  spanien: 'ES',
  espagne: 'ES',
  italia: 'IT',
  italien: 'IT',
  italie: 'IT',
  frankreich: 'FR',
  nederland: 'NL',
  niederlande: 'NL',
  holland: 'NL',
  belgie: 'BE',
  belgique: 'BE',
  belgien: 'BE',
  polska: 'PL',
  polen: 'PL',
  danmark: 'DK',
  sverige: 'SE',
  norge: 'NO',
  suomi: 'FI',
  eire: 'IE',
  'czech republic': 'CZ',
  kanada: 'CA',
  australien: 'AU',
}

function countryOfText(typed: string): string | null {
  const text = plain(typed)
  if (text === '') return null
  if (text === 'uk') return 'GB'
  if (/^[a-z]{2}$/.test(text)) return ISO_NAMES().has(text.toUpperCase()) ? text.toUpperCase() : null
  return ALIASES[text] ?? ISO_CODES().get(text) ?? null
}

/** Country codes that the world uses as if they were .com: they say nothing about a place. */
const GENERIC = new Set('ac ai am bz cc co fm gg gl im io is la ly me nu sc sh so st to tv vc vg ws'.split(' '))

/** Names of cities, regions and institutions at the end of a domain. */
const PLACES: Readonly<Record<string, string>> = {
  uk: 'GB',
  eu: 'EU',
  gov: 'US',
  edu: 'US',
  mil: 'US',
  bayern: 'DE',
  berlin: 'DE',
  cologne: 'DE',
  gmbh: 'DE',
  hamburg: 'DE',
  koeln: 'DE',
  nrw: 'DE',
  ruhr: 'DE',
  saarland: 'DE',
  tirol: 'AT',
  wien: 'AT',
  swiss: 'CH',
  zuerich: 'CH',
  bzh: 'FR',
  corsica: 'FR',
  paris: 'FR',
  quebec: 'CA',
  cymru: 'GB',
  london: 'GB',
  scot: 'GB',
  wales: 'GB',
  amsterdam: 'NL',
  frl: 'NL',
  brussels: 'BE',
  gent: 'BE',
  vlaanderen: 'BE',
  barcelona: 'ES',
  cat: 'ES',
  eus: 'ES',
  gal: 'ES',
  madrid: 'ES',
  helsinki: 'FI',
  stockholm: 'SE',
  melbourne: 'AU',
  sydney: 'AU',
}

function countryOfDomain(domain: string): string | null {
  const end = domain.slice(domain.lastIndexOf('.') + 1).toLowerCase()
  const place = Object.hasOwn(PLACES, end) ? PLACES[end] : undefined
  if (place !== undefined) return place
  if (!/^[a-z]{2}$/.test(end) || GENERIC.has(end)) return null
  return ISO_NAMES().has(end.toUpperCase()) ? end.toUpperCase() : null
}

/** The name of a code for a sentence; the code itself where there is none. */
export function countryName(code: string): string {
  return code === 'EU' ? 'the European Union' : (ISO_NAMES().get(code) ?? code)
}

/** Codes that the runtime has a name for, though they are no country of their own. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO', 'UK', 'SU', 'DD', 'FX', 'YU', 'CS', 'TP', 'BU'])

const ISO_NAMES = once(() => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return new Map(
    codes.flatMap((code): [string, string][] => {
      const name = NO_COUNTRY.has(code) ? undefined : names.of(code)
      return name === undefined ? [] : [[code, name]]
    }),
  )
})

const ISO_CODES = once(() => new Map(Array.from(ISO_NAMES(), ([code, name]): [string, string] => [plain(name), code])))

/** Lower case, without accents and signs. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
