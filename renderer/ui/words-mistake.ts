/**
 * What is wrong with a single mail, by the details of `template.invalid`. All its fields are filled in already; of the others
 * only those dated at dispatch may stand.
 */
export function wordsMistake({ code, text }: Readonly<Record<string, unknown>>): string {
  if (code === 'empty_subject') return 'A mail needs a subject.'
  if (code === 'empty_body') return 'The mail is empty.'
  const field = typeof text === 'string' && text !== '' ? `“${text}”` : 'A field'
  return `${field} cannot stand in a single mail. Write the words themselves.`
}
