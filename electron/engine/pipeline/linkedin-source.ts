import Papa from 'papaparse'
import { AppError } from '#shared/errors'
import { contactOf } from './clean-contact.ts'
import type { LeadSource } from './lead-source.ts'

/** The header of `Connections.csv` in the archive that LinkedIn gives its members; some notes stand before it. */
const HEADER = /^"?First Name"?,"?Last Name"?,.*"?Company"?,"?Position"?,"?Connected On"?\s*$/m

/** The rep's own connections, with the address of those who share it. LinkedIn itself is never asked. */
export const linkedinSource: LeadSource = {
  kind: 'linkedin',
  recognises: ({ text }) => HEADER.test(text.slice(0, 4_000)),
  read({ text }) {
    const start = HEADER.exec(text)?.index
    if (start === undefined) throw new AppError('pipeline.unreadable', 'no header of LinkedIn connections')
    const parsed = Papa.parse<Record<string, string>>(text.slice(start).trim(), {
      header: true,
      delimiter: ',',
      skipEmptyLines: 'greedy',
    })
    return parsed.data.map((row) =>
      contactOf({
        email: row['Email Address'] ?? '',
        firstName: row['First Name'] ?? '',
        lastName: row['Last Name'] ?? '',
        company: row['Company'] ?? '',
        title: row['Position'] ?? '',
        note: noteOf(row),
      }),
    )
  },
}

/** The page at LinkedIn is no website of the company, so it stays a note. */
function noteOf(row: Readonly<Record<string, string>>): string {
  const since = row['Connected On'] ?? ''
  return [since === '' ? '' : `Connected on LinkedIn since ${since}`, row['URL'] ?? ''].filter(Boolean).join('\n')
}
