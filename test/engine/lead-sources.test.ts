/** What the sources of contacts make of their files. */
import { describe, expect, test } from 'vitest'
import { readCompanies } from '#electron/engine/pipeline/read-companies'
import { readContacts, sourceOf } from '#electron/engine/pipeline/sources'

const LINKEDIN = `Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ann,Lee,https://www.linkedin.com/in/ann,ann@acme.example,"Acme, Inc.",Head of Sales,12 Mar 2024
Bo,Kim,https://www.linkedin.com/in/bo,,Globex,,01 Jan 2020
`

const CARDS = `BEGIN:VCARD
VERSION:3.0
N:Lee;Ann;;;
FN:Ann Lee
ORG:Acme\\, Inc.;Sales
TITLE:Head of
  Sales
EMAIL;TYPE=INTERNET,WORK:ann@acme.example
TEL;TYPE=WORK:+1 555 0100
URL:https://acme.example
ADR;TYPE=WORK:;;1 Main St;Springfield;IL;62701;USA
END:VCARD
BEGIN:VCARD
this is no card
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Bo Kim Son
EMAIL:bo@globex.example
END:VCARD
`

function read(text: string) {
  const file = { name: 'f', text }
  const { kind } = sourceOf(file)
  return { kind, contacts: readContacts(kind, file) }
}

test('the connections of LinkedIn, below their notes', () => {
  const { kind, contacts } = read(LINKEDIN)
  expect(kind).toBe('linkedin')
  expect(contacts).toHaveLength(2)
  expect(contacts[0]).toMatchObject({
    email: 'ann@acme.example',
    firstName: 'Ann',
    company: 'Acme, Inc.',
    title: 'Head of Sales',
    website: '',
    note: 'Connected on LinkedIn since 12 Mar 2024\nhttps://www.linkedin.com/in/ann',
  })
  expect(contacts[1]).toMatchObject({ email: '', company: 'Globex' })
})

test('cards of an address book, one by one: a broken one spoils no other', () => {
  const { kind, contacts } = read(CARDS)
  expect(kind).toBe('vcards')
  expect(contacts).toHaveLength(3)
  expect(contacts[0]).toMatchObject({
    email: 'ann@acme.example',
    firstName: 'Ann',
    lastName: 'Lee',
    company: 'Acme, Inc.',
    title: 'Head of Sales',
    phone: '+1 555 0100',
    website: 'https://acme.example',
    country: 'USA',
  })
  expect(contacts[1]?.problem).toBe('the card cannot be read')
  expect(contacts[2]).toMatchObject({ firstName: 'Bo', lastName: 'Kim Son', email: 'bo@globex.example' })
})

test('any table of people, with the columns that an import would guess', () => {
  const { kind, contacts } = read('Name;Firma;E-Mail\nAnn Lee;Acme;ann@acme.example\n')
  expect(kind).toBe('people')
  expect(contacts).toMatchObject([{ firstName: 'Ann', lastName: 'Lee', company: 'Acme', email: 'ann@acme.example' }])
})

test('a list of addresses alone', () => {
  expect(read('ann@acme.example\nbo@globex.example\n').contacts.map(({ email }) => email)).toEqual([
    'ann@acme.example',
    'bo@globex.example',
  ])
})

describe('companies', () => {
  test.each([
    ['a domain', 'acme.example', { name: 'acme.example', domain: 'acme.example', key: '' }],
    ['a website', 'https://www.acme.example/x', { name: 'acme.example', domain: 'acme.example' }],
    ['a name', 'Acme', { name: 'Acme', domain: '', key: 'acme' }],
    ['a name with a comma', 'Acme, Inc.', { name: 'Acme, Inc.', domain: '', key: 'acme' }],
    ['a name and a domain', 'Acme, acme.example', { name: 'Acme', domain: 'acme.example', key: 'acme' }],
  ])('pasted as %s', (_title, line, company) => {
    expect(readCompanies(`${line}\n`)).toMatchObject([company])
    expect(readCompanies(`Globex\n${line}\n`)[1]).toMatchObject(company)
  })

  test('as a table with a header', () => {
    expect(readCompanies('Company\tWebsite\tCountry\nAcme\tacme.example\tUS\n')).toMatchObject([
      { name: 'Acme', domain: 'acme.example', country: 'US' },
    ])
  })
})
