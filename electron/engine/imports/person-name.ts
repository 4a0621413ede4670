const HONORIFICS = /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|mme|mlle|monsieur|madame|m|dipl|ing|med|phd)\.?\s+)+/i

/** "Ann de Souza" and "de Souza, Ann" alike; one word alone is the first name. Honorifics are left out. */
export function splitName(full: string): { first: string; last: string } {
  const [before = '', after = ''] = full.split(',', 2).map((part) => part.trim())
  if (after !== '' && !/^(?:jr|sr|phd|md|mba|ii|iii)\.?$/i.test(after)) {
    return { first: after.replace(HONORIFICS, ''), last: before.replace(HONORIFICS, '') }
  }
  const name = before.replace(HONORIFICS, '').trim()
  const space = name.search(/\s/)
  return space === -1 ? { first: name, last: '' } : { first: name.slice(0, space), last: name.slice(space).trim() }
}
