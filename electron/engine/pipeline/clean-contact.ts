import { cleanLine, cleanText, MAX_TEXT } from '../leads/lead-text.ts'
import type { FoundContact } from './lead-source.ts'

/** What a mail address may be long at most, with room to show that it is too long. */
const MAX_EMAIL = 320

export function contactOf(raw: Partial<FoundContact>): FoundContact {
  const line = (part: 'firstName' | 'lastName' | 'company' | 'title' | 'website' | 'phone' | 'country') =>
    cleanLine(raw[part] ?? '', MAX_TEXT[part])
  return {
    email: (raw.email ?? '').trim().slice(0, MAX_EMAIL),
    firstName: line('firstName'),
    lastName: line('lastName'),
    company: line('company'),
    title: line('title'),
    website: line('website'),
    phone: line('phone'),
    country: line('country'),
    note: cleanText(raw.note ?? '', MAX_TEXT.note),
    ...(raw.problem === undefined ? {} : { problem: raw.problem }),
  }
}
