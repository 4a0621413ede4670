import { expect, test } from 'vitest'
import { columnNames, guessMapping, looksLikeHeader } from '#electron/engine/imports/columns'

const someone = (columns: readonly string[]) => [
  columns.map((name) => (/mail|courriel/i.test(name) ? 'a@b.example' : 'x')),
]

test.each([
  [
    'English',
    'Email Address,First Name,Last Name,Company Name,Job Title,Website,Mobile Phone,Country,Time zone,Notes,Tags',
  ],
  ['German', 'E-Mail-Adresse,Vorname,Nachname,Firma,Funktion,Webseite,Telefon,Land,Zeitzone,Bemerkung,Schlagwörter'],
  [
    'French',
    'Courriel,Prénom,Nom de famille,Société,Poste,Site web,Téléphone,Pays,Fuseau horaire,Remarques,Étiquettes',
  ],
])('%s headers are understood', (_, header) => {
  const columns = header.split(',')
  expect(guessMapping(columns, someone(columns))).toEqual([
    'email',
    'firstName',
    'lastName',
    'company',
    'title',
    'website',
    'phone',
    'country',
    'zone',
    'note',
    'tags',
  ])
})

test('"Name" is the whole name alone and the last name beside a first name', () => {
  expect(guessMapping(['Email', 'Name'], [['a@b.example', 'Ann Lee']])[1]).toBe('fullName')
  expect(guessMapping(['Email', 'Name', 'Vorname'], [['a@b.example', 'Lee', 'Ann']])[1]).toBe('lastName')
  expect(guessMapping(['Courriel', 'Nom'], [['a@b.example', 'Ann Lee']])[1]).toBe('fullName')
  expect(guessMapping(['Courriel', 'Nom', 'Prénom'], [['a@b.example', 'Lee', 'Ann']])[1]).toBe('lastName')
})

test('a column full of addresses is found whatever its name', () => {
  expect(
    guessMapping(
      ['Column 1', 'Reach'],
      [
        ['x', 'ann@corp.example'],
        ['y', ''],
      ],
    ),
  ).toEqual(['custom', 'email'])
  const misleading = guessMapping(['Mail', 'Reach'], [['yes', 'ann@corp.example']])
  expect(misleading).toEqual(['custom', 'email'])
})

test('a second column of one kind is kept as a field, an empty unknown one is not', () => {
  const sample = [['ann@corp.example', 'ann@home.example', 'Gold', '']]
  expect(guessMapping(['Email', 'E-mail', 'Plan', 'Unused'], sample)).toEqual(['email', 'custom', 'custom', 'ignore'])
})

test('the first row is a header unless it looks like a person', () => {
  expect(looksLikeHeader(['Email', 'Name'])).toBe(true)
  expect(looksLikeHeader(['Whatever', 'Else'])).toBe(true)
  expect(looksLikeHeader(['ann@corp.example', 'Ann'])).toBe(false)
  expect(looksLikeHeader(['Ann', '+49 171 1234567'])).toBe(false)
})

test('columns are never without a name and never have the same one twice', () => {
  expect(columnNames(['Plan', '', 'plan', 'Plan (2)'], 5)).toEqual([
    'Plan',
    'Column 2',
    'plan (2)',
    'Plan (2) (2)',
    'Column 5',
  ])
  expect(columnNames(null, 2)).toEqual(['Column 1', 'Column 2'])
})
