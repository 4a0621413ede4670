import { write } from '#db/open'
import { insertItem, listCompanies } from '#db/queries/pipeline-items'
import { advanceStep, listInputs, readInput } from '#db/queries/pipeline-runs'
import type { NewItem } from '#db/queries/pipeline-items'
import { readCompanies, type ReadCompany } from './read-companies.ts'
import type { OpenStep } from './step-run.ts'

/** The lists of companies, one after the other, each company once. */
export const openFindCompanies: OpenStep = ({ db }, place, done) => {
  const inputs = listInputs(db, place.runId).filter(({ kind }) => kind === 'companies')
  const rows = inputs.flatMap(({ id, name }) =>
    readCompanies(readInput(db, id)).map((company) => ({ company, source: name })),
  )
  const seen = createSeen()
  for (const { companyKey, domain } of listCompanies(db, place.runId)) seen.add({ key: companyKey, domain })
  let at = done

  return {
    next(size) {
      const piece = rows.slice(at, at + size)
      const items = piece.map(({ company, source }, index) =>
        itemOf(company, { source, position: at + index + 1, seen }),
      )
      const upTo = at + piece.length
      write(db, (tx) => {
        for (const item of items) insertItem(tx, { runId: place.runId, kind: 'company' }, item)
        advanceStep(tx, place, { done: upTo, total: rows.length })
      })
      at = upTo
      return Promise.resolve(at >= rows.length)
    },
  }
}

type Key = Pick<ReadCompany, 'key' | 'domain'>

/** Two companies are one when their domains are equal, or, where one has none, their names. */
function createSeen(): { has(company: Key): boolean; add(company: Key): void } {
  const domains = new Set<string>()
  const keys = new Set<string>()
  return {
    has: ({ key, domain }) => (domain === '' ? keys.has(key) : domains.has(domain)),
    add({ key, domain }) {
      if (domain !== '') domains.add(domain)
      if (key !== '') keys.add(key)
    },
  }
}

function itemOf(
  company: ReadCompany,
  at: { source: string; position: number; seen: ReturnType<typeof createSeen> },
): NewItem {
  const isNothing = company.key === '' && company.domain === ''
  const isRepeated = !isNothing && at.seen.has(company)
  if (!isNothing && !isRepeated) at.seen.add(company)
  return {
    position: at.position,
    verdict: isNothing ? 'unreadable' : isRepeated ? 'repeated' : 'found',
    detail: isNothing ? 'names no company' : '',
    company: company.name,
    companyKey: company.key,
    domain: company.domain,
    email: '',
    identity: '',
    texts: { website: company.website, country: company.country },
    source: at.source,
  }
}
