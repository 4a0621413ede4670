import type { Lead } from '#shared/contract/leads'

/** "Ann Lee, Corp", or the address where there is no name. */
export function leadLabel(lead: Pick<Lead, 'firstName' | 'lastName' | 'company' | 'email'>): string {
  const name = `${lead.firstName} ${lead.lastName}`.trim()
  return [name === '' ? lead.email : name, lead.company].filter((part) => part !== '').join(', ')
}
