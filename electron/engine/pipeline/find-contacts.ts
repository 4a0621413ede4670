import { write } from '#db/open'
import { insertItem, listCompanies, type ContactTexts, type NewItem } from '#db/queries/pipeline-items'
import { advanceStep, listInputs, readInput } from '#db/queries/pipeline-runs'
import { parseAddress } from '#shared/domain/address'
import type { FoundContact } from './lead-source.ts'
import { createCompanyMatch, type KnownCompany, type MatchCompany } from './match-company.ts'
import { readContacts } from './sources.ts'
import type { OpenStep } from './step-run.ts'

/** The people of all inputs, matched to the companies. Without a list of companies everybody counts. */
export const openFindContacts: OpenStep = ({ db }, place, done) => {
  const inputs = listInputs(db, place.runId).filter(({ kind }) => kind === 'people')
  const rows = inputs.flatMap(({ id, name, reader }) =>
    readContacts(reader, { name, text: readInput(db, id) }).map((contact) => ({ contact, source: name })),
  )
  const companies = listCompanies(db, place.runId).map(knownCompany)
  const match = companies.length === 0 ? null : createCompanyMatch(companies)
  let at = done

  return {
    next(size) {
      const piece = rows.slice(at, at + size)
      const items = piece.map(({ contact, source }, index) =>
        itemOf(contact, { source, position: at + index + 1, match }),
      )
      const upTo = at + piece.length
      write(db, (tx) => {
        for (const item of items) insertItem(tx, { runId: place.runId, kind: 'contact' }, item)
        advanceStep(tx, place, { done: upTo, total: rows.length })
      })
      at = upTo
      return Promise.resolve(at >= rows.length)
    },
  }
}

function knownCompany(row: ReturnType<typeof listCompanies>[number]): KnownCompany {
  const { website = '', country = '' } = JSON.parse(row.texts) as Partial<ContactTexts>
  return { name: row.company, key: row.companyKey, domain: row.domain, website, country }
}

interface Place {
  readonly source: string
  readonly position: number
  /** Null: there is no list of companies. */
  readonly match: MatchCompany | null
}

function itemOf(contact: FoundContact, { source, position, match }: Place): NewItem {
  const parsed = parseAddress(contact.email)
  const domain = parsed.ok ? parsed.address.domain : ''
  const company = match?.(contact, domain) ?? null
  const { email, firstName, lastName, title, phone, note } = contact
  return {
    position,
    ...verdictOf(contact, { isWanted: match === null || company !== null }),
    company: contact.company || (company?.name ?? ''),
    companyKey: company?.key ?? '',
    domain,
    email,
    identity: parsed.ok ? parsed.address.identity : '',
    texts: {
      firstName,
      lastName,
      title,
      phone,
      note,
      website: contact.website || (company?.website ?? ''),
      country: contact.country || (company?.country ?? ''),
    },
    source,
  }
}

function verdictOf(contact: FoundContact, { isWanted }: { isWanted: boolean }): Pick<NewItem, 'verdict' | 'detail'> {
  if (contact.problem !== undefined) return { verdict: 'unreadable', detail: contact.problem }
  if (!isWanted) return { verdict: 'no_company', detail: '' }
  return { verdict: contact.email === '' ? 'no_address' : 'found', detail: '' }
}
