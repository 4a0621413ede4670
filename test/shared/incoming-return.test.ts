import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findReturn } from '#shared/domain/incoming/return'

/** A Tuesday. */
const RECEIVED = Date.parse('2026-12-01T12:00+01:00')
const DAY_MS = 86_400_000

function find(text: string, changes: { receivedAt?: number; now?: number; zone?: string } = {}): number | null {
  return findReturn(text, { now: RECEIVED, zone: 'Europe/Berlin', receivedAt: RECEIVED, ...changes })
}

const berlin = (day: string): number => Date.parse(`${day}T00:00+01:00`)

describe('the day of return is read', () => {
  test.each([
    ['I will be back on 5 December.', '2026-12-05'],
    ['Back on December 5th, 2026', '2026-12-05'],
    ['back Dec. 5', '2026-12-05'],
    ['I return to the office on Monday, 7 December 2026.', '2026-12-07'],
    ['Returning Monday', '2026-12-07'],
    ['I am back on Tuesday.', '2026-12-08'],
    ['I will be back in the office\non 2026-12-07.', '2026-12-07'],
    ['Available again from the 7th of December', '2026-12-07'],
    ['On 7 December I will be back.', '2026-12-07'],
    ['I am away today and will be back tomorrow.', '2026-12-02'],
    ['Return date: 7 Dec', '2026-12-07'],
    ['Out from 1 December; back on 4 January.', '2027-01-04'],
    ['I am back on 20/12/2026.', '2026-12-20'],
    ['I am back on 12/20.', '2026-12-20'],
    ['Back on 10/12 (my birthday).', '2026-12-10'],
    ['Back next Monday.', '2026-12-07'],
    ['out of office from 1 to 4 Dec, back on Monday 7 Dec', '2026-12-07'],
    ['Ich bin ab dem 7. Dezember wieder erreichbar.', '2026-12-07'],
    ['Ab 7.12. bin ich wieder für Sie da.', '2026-12-07'],
    ['Ich bin am 07.12.2026 zurück.', '2026-12-07'],
    ['Am Montag, den 7. Dezember, bin ich nicht da, erreichbar bin ich ab dem 8.12.26.', '2026-12-08'],
    ['Heute nicht, erreichbar ab 7.12.2026', '2026-12-07'],
    ['Ich bin wieder am Montag im Büro', '2026-12-07'],
    ['Zurück am Mo. 7.12.', '2026-12-07'],
    ['Vom 1.12. bis 6.12. bin ich nicht erreichbar. Ab dem 7.12. bin ich wieder da.', '2026-12-07'],
    ['Je suis de retour le 5 décembre.', '2026-12-05'],
    ['Je serai de retour à partir du lundi 7 décembre 2026', '2026-12-07'],
    ['À partir du 7 décembre je serai de retour.', '2026-12-07'],
    ['Vuelvo el 7 de diciembre de 2026', '2026-12-07'],
    ['Ik ben terug op 7 december', '2026-12-07'],
    ['Rientro il 7 dicembre', '2026-12-07'],
  ])('%s', (text, day) => {
    expect(find(text)).toBe(berlin(day))
  })
})

describe('the last day away means the day after', () => {
  test.each([
    ['Out of office until 4 December', '2026-12-05'],
    ['away till Dec 4th', '2026-12-05'],
    ['until and including Friday, 4 December 2026', '2026-12-05'],
    ['I am out of office through 12/31/2026', '2027-01-01'],
    ['on leave from 1 December to 4 December', '2026-12-05'],
    ['1 - 4 December: on leave', '2026-12-05'],
    ['out until Friday', '2026-12-05'],
    ['I will not be back until 4 December', '2026-12-05'],
    ['bis einschliesslich 04.12.2026', '2026-12-05'],
    ['bis einschließlich Freitag, den 4. Dezember 2026', '2026-12-05'],
    ['Ich bin bis zum 04.12. abwesend.', '2026-12-05'],
    ['bis inkl. 4.12.', '2026-12-05'],
    ['Urlaub vom 1.–4.12.2026', '2026-12-05'],
    ['01.12.2026 - 04.12.2026 Urlaub', '2026-12-05'],
    ['absent jusqu’au 4 décembre inclus', '2026-12-05'],
    ['absente du 1er au 4 décembre', '2026-12-05'],
    ['Estoy fuera hasta el 4 de diciembre', '2026-12-05'],
    ['afwezig t/m 4 december', '2026-12-05'],
    ['assente fino al 4 dicembre', '2026-12-05'],
  ])('%s', (text, day) => {
    expect(find(text)).toBe(berlin(day))
  })

  test('but a day of return that is told as well says more', () => {
    expect(find('Away until Friday 4 December, back on Monday 7 December.')).toBe(berlin('2026-12-07'))
  })
})

describe('what is not sure is not guessed', () => {
  test.each([
    'I am away.',
    'I am away until further notice.',
    'Back soon.',
    'The fair is on 5 December.',
    'Since 5 December we have a new address.',
    'Available 24/7 on the web.',
    'Our hours are Monday to Friday, 9 to 17.',
    'Montag bis Freitag von 9 bis 12.30 Uhr',
    'Back on 1/2.',
    'Back on 5 December, or back on 9 December.',
    'until 4 December. Bob is out until 9 December.',
    'I am not available from 5 December.',
    'Nur eingeschränkt erreichbar ab 5.12.',
    'Ab 5.12. bin ich nicht da und Bob ist wieder hier.',
    'Ab 5.12. bin ich nicht mehr da, aber Bob ist wieder hier.',
    'Back on Friday, 5 December.',
    'Back on 31 February.',
    'Back on 5 December 2022.',
    'back at 5:12',
    'call back 05.12.99.17',
    'Guten Morgen!',
  ])('%s', (text) => {
    expect(find(text)).toBeNull()
  })

  test('"next Friday" is in two days for some and in nine for others', () => {
    expect(find('Back next Friday.')).toBeNull()
    expect(find('Back on Friday.')).toBe(berlin('2026-12-04'))
  })
})

describe('bounds', () => {
  test('a day is over when its start is', () => {
    expect(find('back on 1 December')).toBeNull()
    expect(find('until 1 December')).toBe(berlin('2026-12-02'))
    expect(find('back on 2 December', { now: berlin('2026-12-02') })).toBeNull()
    expect(find('back on 2 December', { now: berlin('2026-12-02') - 1 })).toBe(berlin('2026-12-02'))
  })

  test('more than 120 days away is no holiday', () => {
    const summer = Date.parse('2026-06-01T12:00Z')
    expect(find('back on 29 September', { receivedAt: summer, now: summer, zone: 'UTC' })).toBe(
      Date.parse('2026-09-29T00:00Z'),
    )
    expect(find('back on 30 September', { receivedAt: summer, now: summer, zone: 'UTC' })).toBeNull()
  })

  test('24/7 is no day in July', () => {
    const summer = Date.parse('2026-06-01T12:00Z')
    expect(find('Available 24/7 on the web.', { receivedAt: summer, now: summer })).toBeNull()
  })

  test('a day begins in the zone that is given', () => {
    expect(find('back on 5 December', { zone: 'America/New_York' })).toBe(Date.parse('2026-12-05T00:00-05:00'))
  })

  test('a weekday counts from the day on which the mail came, in that zone', () => {
    const lateMonday = Date.parse('2026-12-07T23:30-05:00')
    const changes = { receivedAt: lateMonday, now: lateMonday, zone: 'America/New_York' }
    expect(find('back on Tuesday', changes)).toBe(Date.parse('2026-12-08T00:00-05:00'))
  })

  test('no text gives a day that is over or too far away, and none throws', () => {
    const words = fc.constantFrom(
      ...'back on until bis zum am ab 5 31 . / - 12 2026 26 december mai monday next wieder le au , \n'.split(' '),
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }), (parts) => {
        const at = find(parts.join(' '))
        expect(at === null || (at > RECEIVED && at <= RECEIVED + 120 * DAY_MS)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a megabyte of cues and half dates ends', () => {
    for (const unit of ['until ', 'bis 1.', '1/', 'december ', 'monday ', '5-', ' ', "'", 'a.', '1. ']) {
      expect(find(unit.repeat(200_000))).toBeNull()
    }
  })
})
