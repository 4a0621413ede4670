import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_OPT_OUT_WORDS, readOptOut } from '#shared/domain/incoming/opt-out'
import { COURTESIES, OPT_OUT_WORDS } from '#shared/domain/incoming/opt-out-words'
import { wordsOf } from '#shared/domain/incoming/words'

describe('a request not to be written to again', () => {
  test.each([
    ['en', 'stop'],
    ['en', 'STOP!'],
    ['en', 'Please stop.'],
    ['en', 'Hi,\n\nStop.\n\nAnn'],
    ['en', 'Unsubscribe'],
    ['en', 'unsubscribe me please, thanks'],
    ['en', 'How do I unsubscribe?'],
    ['en', 'Please remove me from your list.'],
    ['en', 'Take me off this list, please'],
    ['en', 'Please do not contact me again.'],
    ['en', 'Don’t email me again'],
    ['en', 'Stop emailing me'],
    ['en', 'No, remove me.'],
    ['en', 'I never asked for this. Remove me.'],
    ['en', 'I did not unsubscribe, so remove me.'],
    ['en', 'Not interested, please take me off your list'],
    ['en', 'We do not\nwant to receive these mails'],
    [
      'en',
      'remove me\n\nKind regards,\nAnn Lee\nHead of Warehouse\nCorp Ltd, 1 Example Road, 12345 Example Town, before 5',
    ],
    ['de', 'Bitte löschen Sie meine Daten.'],
    ['de', 'Stopp'],
    ['de', 'Bitte abmelden!'],
    ['de', 'Bitte keine weiteren E-Mails mehr'],
    ['de', 'Nehmen Sie mich bitte aus dem Verteiler'],
    ['de', 'Schreiben Sie mir nicht mehr'],
    ['fr', 'Merci de me désabonner'],
    ['fr', 'Je ne souhaite plus recevoir vos mails'],
    ['fr', 'Arrêtez svp'],
    ['fr', 'Retirez-moi de votre liste, merci'],
    ['es', 'Baja, por favor'],
    ['es', 'Quiero darme de baja'],
    ['es', 'No me escriba más'],
    ['nl', 'Graag uitschrijven'],
    ['nl', 'Geen mails meer aub'],
    ['it', 'Cancellatemi dalla lista'],
    ['it', 'Non desidero ricevere altre email, grazie'],
  ])('%s: %j', (language, text) => {
    expect(readOptOut(text)).toEqual({ says: 'clear', language })
  })

  test.each(
    OPT_OUT_WORDS.flatMap(({ language, whole, inside }) => [...whole, ...inside].map((p) => [language, p] as const)),
  )('%s: "%s" is one on its own', (_, phrase) => {
    expect(readOptOut(phrase).says).toBe('clear')
  })
})

describe('its opposite, or something smaller, is for the rep to read', () => {
  test.each([
    'I will not unsubscribe.',
    'We would never unsubscribe',
    'I cannot unsubscribe!',
    'If you don’t stop emailing me I call the police',
    'Please do not contact me before Monday',
    'Do not contact me by phone, mail is fine',
    'Ich werde mich nicht abmelden',
    'Kontaktieren Sie mich nicht vor Montag',
    'Je ne vais pas me désabonner',
    'No quiero darme de baja',
    'Ik wil me niet uitschrijven',
    'Not interested',
    'Kein Interesse, danke',
    'Non merci',
  ])('%s', (text) => {
    expect(readOptOut(text)).toEqual({ says: 'maybe' })
  })
})

describe('what only sounds like one is none', () => {
  test.each([
    '',
    'Please don’t stop!',
    'I’ll stop by your booth tomorrow.',
    'We never stop learning.',
    'Don’t stop, this is great',
    'We stopped counting by hand.',
    'Remove the pallet fee and we have a deal.',
    'We do not want any more licences.',
    'Nummer 5 von der Liste gefällt mir.',
    'Wir machen keine Werbung.',
    'Yes please, call me.',
    'Thanks!',
    'Nobody contacts me about that.',
  ])('%s', (text) => {
    expect(readOptOut(text)).toEqual({ says: 'nothing' })
  })
})

describe('length', () => {
  const filler = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ')

  test('a request is clear up to twelve words, and for the rep to read beyond', () => {
    expect(readOptOut(`unsubscribe ${filler(MOST_OPT_OUT_WORDS - 1)}`).says).toBe('clear')
    expect(readOptOut(`unsubscribe ${filler(MOST_OPT_OUT_WORDS)}`).says).toBe('maybe')
  })

  test('a single word in a long mail is nothing', () => {
    expect(readOptOut(`stop ${filler(MOST_OPT_OUT_WORDS)}`).says).toBe('nothing')
  })

  test('a refusal in a long mail is nothing', () => {
    expect(readOptOut(`not interested ${filler(MOST_OPT_OUT_WORDS)}`).says).toBe('nothing')
  })

  test('a mail of nothing but a farewell keeps its words', () => {
    expect(readOptOut('Thanks,\nplease remove me').says).toBe('clear')
  })
})

test('courtesies, capitals and punctuation around a request change nothing', () => {
  const courtesy = fc.constantFrom(...COURTESIES)
  const phrase = fc.constantFrom(...OPT_OUT_WORDS.flatMap(({ whole }) => [...whole]))
  fc.assert(
    fc.property(
      fc.array(courtesy, { maxLength: 2 }),
      phrase,
      fc.constantFrom('.', '!', ' ', '\n'),
      (before, words, end) => {
        const text = [...before, words.toUpperCase()].join(' ') + end
        expect(readOptOut(text).says).toBe('clear')
      },
    ),
  )
})

test('the words are written as they are looked for', () => {
  for (const { whole, inside } of OPT_OUT_WORDS) {
    for (const phrase of [...whole, ...inside]) expect(wordsOf(phrase).join(' ')).toBe(phrase)
  }
})

test('any text has a reading', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => readOptOut(text).says.length > 0))
})
