import ICAL from 'ical.js'
import { contactOf } from './clean-contact.ts'
import type { FoundContact, LeadSource } from './lead-source.ts'

/** One card with its end; cards are read one by one, so that a broken one spoils no other. */
const CARD = /^BEGIN:VCARD[^\S\n]*$[\s\S]*?^END:VCARD[^\S\n]*$/gim

/** Cards of an address book (vCard 3 and 4, one file or many in one). */
export const vcardSource: LeadSource = {
  kind: 'vcards',
  recognises: ({ text }) => /^\s*BEGIN:VCARD\s*$/im.test(text.slice(0, 4_000)),
  read: ({ text }) => Array.from(text.matchAll(CARD), ([card]) => readCard(card)),
}

function readCard(card: string): FoundContact {
  try {
    const component = new ICAL.Component(ICAL.parse(card) as ConstructorParameters<typeof ICAL.Component>[0])
    const first = (name: string): string => textOf(component.getFirstPropertyValue(name))
    const [lastName = '', firstName = ''] = partsOf(component.getFirstPropertyValue('n'))
    const [givenName = '', ...rest] = firstName === '' && lastName === '' ? first('fn').split(' ') : [firstName]
    const address = partsOf(component.getFirstPropertyValue('adr'))
    return contactOf({
      email: first('email'),
      firstName: givenName,
      lastName: lastName === '' ? rest.join(' ') : lastName,
      company: partsOf(component.getFirstPropertyValue('org'))[0] ?? '',
      title: first('title'),
      website: first('url'),
      phone: first('tel').replace(/^tel:/i, ''),
      country: address[6] ?? '',
      note: first('note'),
    })
  } catch {
    return contactOf({ problem: 'the card cannot be read' })
  }
}

function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (Array.isArray(one)) return textOf(one)
  return typeof one === 'string' ? one : ''
}

/** A value with parts, such as a name: family, given, …; each part may be a list itself. */
function partsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)]
}
