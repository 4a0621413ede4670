import { AppError } from '#shared/errors'
import { splitName } from '../imports/person-name.ts'
import { contactOf } from './clean-contact.ts'
import type { LeadSource } from './lead-source.ts'
import { cellOf, tableOf } from './text-table.ts'

/** Any table of people: the columns are guessed as an import guesses them. */
export const peopleSource: LeadSource = {
  kind: 'people',
  recognises: () => true,
  read({ text }) {
    const table = tableOf(text)
    if (
      !table.mapping.includes('email') &&
      !table.mapping.includes('lastName') &&
      !table.mapping.includes('fullName')
    ) {
      throw new AppError('pipeline.unreadable', 'no column with addresses or names')
    }
    return table.rows.map((row) => {
      const cell = (column: Parameters<typeof cellOf>[2]) => cellOf(table, row, column)
      const name = splitName(cell('fullName'))
      return contactOf({
        email: cell('email'),
        firstName: cell('firstName') || name.first,
        lastName: cell('lastName') || name.last,
        company: cell('company'),
        title: cell('title'),
        website: cell('website'),
        phone: cell('phone'),
        country: cell('country'),
        note: cell('note'),
      })
    })
  },
}
