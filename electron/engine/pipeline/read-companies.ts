import { companyKey } from '#shared/domain/company-key'
import { webDomainOf } from '#shared/domain/web-domain'
import { cleanLine, MAX_TEXT } from '../leads/lead-text.ts'
import { cellOf, tableOf, type TextTable } from './text-table.ts'

export interface ReadCompany {
  /** As typed; the domain where the list has no name. */
  readonly name: string
  /** Empty for a name without letters. */
  readonly key: string
  /** Lower-case punycode; empty when unknown. */
  readonly domain: string
  readonly website: string
  readonly country: string
}

/** One company a row: a name, a website, a domain, or a table with these. A row that names none has neither key nor domain. */
export function readCompanies(text: string): ReadCompany[] {
  const table = tableOf(text)
  return table.rows.map((row) => (table.hasHeader ? fromColumns(table, row) : fromCells(row)))
}

function fromColumns(table: TextTable, row: readonly string[]): ReadCompany {
  const name = cellOf(table, row, 'company') || cellOf(table, row, 'fullName')
  const website = cellOf(table, row, 'website')
  const domain = webDomainOf(website) || webDomainOf(cellOf(table, row, 'email'))
  return companyOf({ name, website, domain, country: cellOf(table, row, 'country') })
}

/** Without a header: the first cell that is a domain, website or address, and the rest as the name, commas and all. */
function fromCells(row: readonly string[]): ReadCompany {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const place = cells.findIndex((cell) => webDomainOf(cell) !== '')
  const website = cells[place] ?? ''
  const name = cells.filter((_, index) => index !== place).join(', ')
  return companyOf({ name, website, domain: webDomainOf(website), country: '' })
}

function companyOf(read: { name: string; website: string; domain: string; country: string }): ReadCompany {
  return {
    name: cleanLine(read.name === '' ? read.domain : read.name, MAX_TEXT.company),
    key: companyKey(read.name),
    domain: read.domain,
    website: cleanLine(read.website, MAX_TEXT.website),
    country: cleanLine(read.country, MAX_TEXT.country),
  }
}
