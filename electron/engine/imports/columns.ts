import type { LeadColumn } from '#shared/contract/imports'
import { parseAddress } from '#shared/domain/address'
import { suppressionOf } from '#shared/domain/suppression-text'
import type { ImportPurpose } from '#shared/domain/taxonomy'
import { cleanLine } from '../leads/lead-text.ts'

type Known = Exclude<LeadColumn, 'custom' | 'ignore'>

/** Headers in English, German and French, lower case, without accents, spaces and signs. */
const SYNONYMS: Record<Known, string> = {
  email: `email emails emailaddress emailaddresses emailadresse emailadressen mail mailaddress mailadresse epost courriel
    adressemail adresseemail adressecourriel adresseelectronique workemail businessemail companyemail primaryemail
    contactemail kontaktemail personemail to recipient recipients recipientemail toemail toaddress an empfanger destinataire email1 emailpro emailprofessionnel emailgeschaftlich geschaftlicheemail`,
  firstName: 'firstname first givenname given forename fname vorname rufname prenom prenoms',
  lastName: 'lastname last surname familyname family lname nachname familienname zuname nom nomdefamille',
  fullName: `name fullname contact contactname contactperson person leadname displayname ansprechpartner ansprechpartnerin
    kontakt kontaktperson kontaktname vollername vollstandigername nomcomplet nometprenom prenometnom interlocuteur`,
  company: `company companyname organization organisation organizationname organisationname account accountname employer
    business businessname firm currentcompany firma firmenname unternehmen unternehmensname betrieb gesellschaft
    arbeitgeber entreprise nomdelentreprise nomentreprise societe nomsociete raisonsociale employeur`,
  title: `title jobtitle job position role function jobrole currenttitle headline beruf funktion stelle
    stellenbezeichnung jobbezeichnung berufsbezeichnung positionsbezeichnung rolle tatigkeit poste fonction
    intituleduposte intituleposte metier titre`,
  website: `website web webpage url homepage domain site companywebsite companyurl companydomain websiteurl webseite
    webadresse internet internetseite internetadresse siteweb siteinternet domaine`,
  phone: `phone phonenumber telephone telephonenumber tel mobile mobilephone mobilenumber cell cellphone directphone
    workphone businessphone companyphone telefon telefonnummer telefonnr rufnummer handy handynummer mobil
    mobiltelefon mobilnummer festnetz numerodetelephone numerotelephone portable telephoneportable`,
  country: 'country countrycode countryname nation countryregion land landercode laendercode staat pays codepays',
  zone: 'timezone zone tz zeitzone fuseauhoraire fuseau',
  note: `note notes comment comments remark remarks notiz notizen bemerkung bemerkungen kommentar kommentare anmerkung
    anmerkungen remarque remarques commentaire commentaires`,
  tags: `tags tag label labels category categories segment kategorie kategorien schlagwort schlagworter schlagworte
    etiquette etiquettes categorie`,
  source: 'source leadsource sourceofdata datasource quelle datenquelle herkunft origine',
  basis: 'basis lawfulbasis legalbasis rechtsgrundlage baselegale',
  basisAt: 'basisdate consentdate dateofconsent einwilligungsdatum dateconsentement',
  basisNote: 'basisproof consentproof proofofconsent nachweis preuve',
  sentAt: `sentat sent sentdate datesent senton sentdatetime datetimesent date datetime timestamp time lastcontacted
    lastcontactedat lastcontact lastemailed lastemailedat lastsent emailsentat emailsent contactedat deliveredat
    gesendet gesendetam datum versanddatum versendetam letzterkontakt dateenvoi datedenvoi envoyele dernierenvoi`,
  about: `subject emailsubject subjectline campaign campaignname sequence sequencename betreff kampagne kampagnenname
    objet campagne nomdelacampagne`,
}

const COLUMN_OF: ReadonlyMap<string, Known> = new Map(
  Object.entries(SYNONYMS).flatMap(([column, words]) =>
    words.split(/\s+/).map((word): [string, Known] => [word, column as Known]),
  ),
)

/** Is the first row a header? Not when an address stands in it; else when a word is known or nothing in it is a number. */
export function looksLikeHeader(first: readonly string[]): boolean {
  if (first.some(isAddress)) return false
  if (first.some((cell) => COLUMN_OF.has(wordOf(cell)))) return true
  return first.every((cell) => !/\d{3}/.test(cell))
}

/** Header names as the page and custom fields use them: never empty, never the same twice. */
export function columnNames(header: readonly string[] | null, count: number): string[] {
  const names: string[] = []
  const taken = new Set<string>()
  for (let index = 0; index < count; index++) {
    const base = cleanLine(header?.[index] ?? '', 50) || `Column ${index + 1}`
    let name = base
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${base} (${copy})`
    taken.add(name.toLowerCase())
    names.push(name)
  }
  return names
}

/** A guess for each column: by its name, else by addresses in it. Unknown columns with something in them stay as fields. */
export function guessMapping(
  columns: readonly string[],
  sample: readonly (readonly string[])[],
  purpose: ImportPurpose = 'leads',
): LeadColumn[] {
  const words = columns.map(wordOf)
  const takes = TAKES[purpose]
  const mapping = words.map((word): LeadColumn => takes(COLUMN_OF.get(word) ?? 'custom'))
  settleNames(mapping, words)
  settleEmail(mapping, sample, purpose === 'suppressions' ? isSuppression : isAddress)
  const seen = new Set<LeadColumn>()
  return mapping.map((column, index) => {
    if (column === 'about' || (column !== 'custom' && !seen.has(column))) {
      seen.add(column)
      return column
    }
    return sample.some((row) => (row[index] ?? '').trim() !== '') ? takes('custom') : 'ignore'
  })
}

/** What a column may become in a file of each kind; anything else is kept as a field, or left out where there are none. */
const TAKES: Record<ImportPurpose, (column: LeadColumn) => LeadColumn> = {
  leads: (column) => (isOfMail(column) ? 'custom' : column),
  pending: (column) => (isOfMail(column) ? 'custom' : column),
  history: (column) => (column === 'email' || isOfMail(column) ? column : 'ignore'),
  suppressions: (column) => (column === 'email' ? column : 'ignore'),
}

function isOfMail(column: LeadColumn): boolean {
  return column === 'sentAt' || column === 'about'
}

/** "Name" beside a first name is the last name (German, French lists); "Nom" alone is the whole name. */
function settleNames(mapping: LeadColumn[], words: readonly string[]): void {
  const hasFirst = mapping.includes('firstName')
  const full = mapping.indexOf('fullName')
  if (hasFirst && !mapping.includes('lastName') && full !== -1 && words[full] === 'name') mapping[full] = 'lastName'
  const last = mapping.indexOf('lastName')
  if (!hasFirst && last !== -1 && words[last] === 'nom') mapping[last] = 'fullName'
}

function settleEmail(
  mapping: LeadColumn[],
  sample: readonly (readonly string[])[],
  isWanted: (cell: string) => boolean,
): void {
  const shares = mapping.map((_, index) => shareOf(sample, index, isWanted))
  const named = mapping.indexOf('email')
  const best = shares.indexOf(Math.max(0, ...shares))
  if (best === -1 || (shares[best] ?? 0) < 0.5) return
  if (named !== -1 && (shares[named] ?? 0) > 0) return
  if (named !== -1) mapping[named] = 'custom'
  mapping[best] = 'email'
}

function shareOf(sample: readonly (readonly string[])[], index: number, isWanted: (cell: string) => boolean): number {
  const cells = sample.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '')
  return cells.length === 0 ? 0 : cells.filter(isWanted).length / cells.length
}

function isSuppression(cell: string): boolean {
  return suppressionOf(cell).ok
}

function isAddress(cell: string): boolean {
  return cell.includes('@') && parseAddress(cell).ok
}

function wordOf(header: string): string {
  return header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}
