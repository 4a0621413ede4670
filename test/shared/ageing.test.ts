import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { agedWords } from '#shared/domain/ageing'

const ZONE = 'Europe/Berlin'
const moment = (local: string, zone = ZONE): number =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds

interface Case {
  readonly text: string
  /** Approved for, and sent on; 10:00 where there is no time. */
  readonly meant: string
  readonly at: string
  readonly previous?: string
}

const hour = (local: string): string => (local.includes('T') ? local : `${local}T10:00`)

/** As `code: words`. */
function found({ text, meant, at, previous }: Case, zone = ZONE): string[] {
  return agedWords({
    subject: '',
    text,
    meantFor: moment(hour(meant), zone),
    at: moment(hour(at), zone),
    zone,
    previousAt: previous === undefined ? null : moment(hour(previous), zone),
  }).map((aged) => `${aged.code}: ${aged.text}`)
}

/** 2026-11-17 is a Tuesday. What the text says is true on the first day, and on the second one says what is listed. */
const AGED: readonly (readonly [text: string, meant: string, at: string, aged: readonly string[]])[] = [
  ['Are you free this Friday?', '2026-11-17', '2026-11-20', ['weekday_past: Friday']],
  ['Are you free this Friday?', '2026-11-17', '2026-11-23', ['weekday_past: Friday']],
  ['A call this Friday?', '2026-11-17', '2026-11-20', ['weekday_past: Friday']],
  ['Do you have time for a short call Friday?', '2026-11-17', '2026-11-20', ['weekday_past: Friday']],
  ['Haben Sie Zeit für ein kurzes Gespräch am Freitag?', '2026-11-17', '2026-11-20', ['weekday_past: Freitag']],
  ['Are you at the fair this Saturday?', '2026-11-17', '2026-11-23', ['weekday_past: Saturday']],
  ['Does Thursday or Friday suit you?', '2026-11-17', '2026-11-20', ['weekday_past: Thursday', 'weekday_past: Friday']],
  ['Shall we say Wednesday at 3?', '2026-11-17', '2026-11-18', ['weekday_past: Wednesday']],
  ['Shall we talk next Tuesday?', '2026-11-17', '2026-11-23', ['weekday_past: Tuesday']],
  ['I saw you at the fair last Thursday.', '2026-11-17', '2026-11-20', ['weekday_past: Thursday']],
  ['Could we talk tomorrow?', '2026-11-17', '2026-11-18', ['other_day: tomorrow']],
  ['Could we talk tomorrow morning?', '2026-11-17', '2026-11-18', ['other_day: tomorrow morning']],
  ['I saw your talk yesterday.', '2026-11-17', '2026-11-19', ['other_day: yesterday']],
  ['The offer ends today.', '2026-11-17', '2026-11-18', ['other_day: ends today']],
  ["See you at today's webinar.", '2026-11-17', '2026-11-18', ["other_day: today's webinar"]],
  ['Do you have ten minutes this week?', '2026-11-17', '2026-11-23', ['other_period: this week']],
  ['Could we talk next week?', '2026-11-20', '2026-11-23', ['other_period: next week']],
  ['I saw last week that you are hiring.', '2026-11-20', '2026-11-23', ['other_period: last week']],
  [
    'The price holds until the end of the month.',
    '2026-11-17',
    '2026-12-01',
    ['other_period: until the end of the month'],
  ],
  ['We have two slots left this quarter.', '2026-12-31', '2027-01-04', ['other_period: this quarter']],
  ['Do you plan anything this year?', '2026-12-29', '2027-01-04', ['other_period: this year']],
  ['I read your post two days ago.', '2026-11-17', '2026-11-19', ['other_gap: two days ago']],
  ['The discount ends in 3 days.', '2026-11-17', '2026-11-18', ['other_gap: ends in 3 days']],
  ['Our webinar is on 20 November.', '2026-11-17', '2026-11-21', ['date_past: 20 November']],
  ['Our webinar is on November 20th, 2026.', '2026-11-17', '2026-11-21', ['date_past: November 20th, 2026']],
  ['Our webinar is on 2026-11-20.', '2026-11-17', '2026-11-21', ['date_past: 2026-11-20']],
  ['Please answer by 20/11.', '2026-11-17', '2026-11-21', ['date_past: 20/11']],
  ['Our webinar is on Friday, 20 November.', '2026-11-17', '2026-11-21', ['date_past: Friday, 20 November']],
  ['Our webinar is on Thursday, 20 November.', '2026-11-17', '2026-11-17', ['wrong_weekday: Thursday, 20 November']],
  ['Hope your Monday is going well.', '2026-11-16', '2026-11-19', ['greeting: Hope your Monday']],
  ['Happy Friday!', '2026-11-20', '2026-11-23', ['greeting: Happy Friday']],
  ['It is Friday, so I will be short.', '2026-11-20', '2026-11-23', ['greeting: It is Friday']],
  ['Have a great weekend!', '2026-11-20', '2026-11-23', ['greeting: Have a great weekend']],
  ['I hope you had a good weekend.', '2026-11-16', '2026-11-19', ['greeting: had a good weekend']],
  ['Hope you had a good start to the week.', '2026-11-16', '2026-11-19', ['greeting: start to the week']],
  ['Happy New Year, Ann!', '2027-01-04', '2027-03-01', ['out_of_season: Happy New Year']],
  ['Merry Christmas!', '2026-12-21', '2027-01-11', ['out_of_season: Merry Christmas']],
  ['Happy Easter!', '2027-03-26', '2027-04-12', ['out_of_season: Happy Easter']],

  ['Passt es Ihnen diesen Freitag?', '2026-11-17', '2026-11-23', ['weekday_past: Freitag']],
  ['Wäre Donnerstag um 10 Uhr möglich?', '2026-11-17', '2026-11-19', ['weekday_past: Donnerstag']],
  ['Letzten Donnerstag waren Sie auf der Messe.', '2026-11-17', '2026-11-20', ['weekday_past: Donnerstag']],
  ['Hätten Sie morgen Zeit?', '2026-11-17', '2026-11-18', ['other_day: morgen']],
  ['Morgen hätte ich Zeit.', '2026-11-17', '2026-11-18', ['other_day: Morgen']],
  ['Übermorgen bin ich in Köln.', '2026-11-17', '2026-11-18', ['other_day: Übermorgen']],
  ['Gestern habe ich Ihren Vortrag gehört.', '2026-11-17', '2026-11-18', ['other_day: Gestern']],
  ['Hätten Sie diese Woche Zeit?', '2026-11-17', '2026-11-23', ['other_period: diese Woche']],
  ['Hätten Sie nächste Woche Zeit?', '2026-11-20', '2026-11-23', ['other_period: nächste Woche']],
  ['Das Angebot gilt bis Ende des Monats.', '2026-11-17', '2026-12-01', ['other_period: bis Ende des Monats']],
  ['Das Angebot gilt bis zum Jahresende.', '2026-12-30', '2027-01-04', ['other_period: bis zum Jahresende']],
  ['Vor zwei Tagen las ich Ihren Beitrag.', '2026-11-17', '2026-11-19', ['other_gap: Vor zwei Tagen']],
  ['Das Webinar ist am 20.11.', '2026-11-17', '2026-11-21', ['date_past: 20.11.']],
  [
    'Das Webinar ist am Donnerstag, den 20. November.',
    '2026-11-17',
    '2026-11-17',
    ['wrong_weekday: Donnerstag, den 20. November'],
  ],
  ['Schönen Montag wünsche ich Ihnen!', '2026-11-16', '2026-11-19', ['greeting: Schönen Montag']],
  ['Ein schönes Wochenende!', '2026-11-20', '2026-11-23', ['greeting: schönes Wochenende']],
  [
    'Ich hoffe, Sie hatten ein schönes Wochenende.',
    '2026-11-16',
    '2026-11-19',
    ['greeting: hatten ein schönes Wochenende'],
  ],
  ['Frohes neues Jahr!', '2027-01-04', '2027-03-01', ['out_of_season: Frohes neues Jahr']],
  ['Frohe Weihnachten!', '2026-12-21', '2027-01-11', ['out_of_season: Frohe Weihnachten']],

  ['Seriez-vous libre ce vendredi ?', '2026-11-17', '2026-11-23', ['weekday_past: vendredi']],
  ['On en parle vendredi prochain ?', '2026-11-17', '2026-11-23', ['weekday_past: vendredi']],
  ['Je vous ai vu mercredi dernier au salon.', '2026-11-17', '2026-11-19', ['weekday_past: mercredi']],
  ['Pouvons-nous parler demain ?', '2026-11-17', '2026-11-18', ['other_day: demain']],
  ["J'ai lu votre article hier.", '2026-11-17', '2026-11-18', ['other_day: hier']],
  ['Auriez-vous dix minutes cette semaine ?', '2026-11-17', '2026-11-23', ['other_period: cette semaine']],
  ['Auriez-vous dix minutes la semaine prochaine ?', '2026-11-20', '2026-11-23', ['other_period: semaine prochaine']],
  ["L'offre est valable jusqu'à la fin du mois.", '2026-11-17', '2026-12-01', ["other_period: jusqu'à la fin du mois"]],
  ['Il y a deux jours, j’ai lu votre article.', '2026-11-17', '2026-11-19', ['other_gap: Il y a deux jours']],
  ['Le webinaire a lieu le 20 novembre.', '2026-11-17', '2026-11-21', ['date_past: 20 novembre']],
  ['Bon lundi !', '2026-11-16', '2026-11-19', ['greeting: Bon lundi']],
  ['Bon week-end !', '2026-11-20', '2026-11-23', ['greeting: Bon week-end']],
  ['Bonne année !', '2027-01-04', '2027-03-01', ['out_of_season: Bonne année']],
  ['Joyeux Noël !', '2026-12-21', '2027-01-11', ['out_of_season: Joyeux Noël']],

  ['¿Está libre este viernes?', '2026-11-17', '2026-11-23', ['weekday_past: viernes']],
  ['¿Hablamos el viernes?', '2026-11-17', '2026-11-23', ['weekday_past: viernes']],
  ['Le vi el miércoles pasado en la feria.', '2026-11-17', '2026-11-19', ['weekday_past: miércoles']],
  ['¿Podemos hablar mañana?', '2026-11-17', '2026-11-18', ['other_day: mañana']],
  ['Ayer leí su artículo.', '2026-11-17', '2026-11-18', ['other_day: Ayer']],
  ['¿Tiene diez minutos esta semana?', '2026-11-17', '2026-11-23', ['other_period: esta semana']],
  ['¿Tiene diez minutos la semana que viene?', '2026-11-20', '2026-11-23', ['other_period: semana que viene']],
  ['La oferta vale hasta fin de mes.', '2026-11-17', '2026-12-01', ['other_period: hasta fin de mes']],
  ['Hace dos días leí su artículo.', '2026-11-17', '2026-11-19', ['other_gap: Hace dos días']],
  ['El seminario es el 20 de noviembre.', '2026-11-17', '2026-11-21', ['date_past: 20 de noviembre']],
  ['¡Feliz lunes!', '2026-11-16', '2026-11-19', ['greeting: Feliz lunes']],
  ['¡Buen fin de semana!', '2026-11-20', '2026-11-23', ['greeting: Buen fin de semana']],
  ['¡Feliz año nuevo!', '2027-01-04', '2027-03-01', ['out_of_season: Feliz año nuevo']],

  ['Bent u aanstaande vrijdag vrij?', '2026-11-17', '2026-11-23', ['weekday_past: vrijdag']],
  ['Ik zag u afgelopen donderdag op de beurs.', '2026-11-17', '2026-11-20', ['weekday_past: donderdag']],
  ['Kunnen we morgen bellen?', '2026-11-17', '2026-11-18', ['other_day: morgen']],
  ['Gisteren las ik uw artikel.', '2026-11-17', '2026-11-18', ['other_day: Gisteren']],
  ['Heeft u deze week tien minuten?', '2026-11-17', '2026-11-23', ['other_period: deze week']],
  ['Heeft u volgende week tien minuten?', '2026-11-20', '2026-11-23', ['other_period: volgende week']],
  [
    'Het aanbod geldt tot het einde van de maand.',
    '2026-11-17',
    '2026-12-01',
    ['other_period: tot het einde van de maand'],
  ],
  ['Twee dagen geleden las ik uw artikel.', '2026-11-17', '2026-11-19', ['other_gap: Twee dagen geleden']],
  ['Het webinar is op 20 november.', '2026-11-17', '2026-11-21', ['date_past: 20 november']],
  ['Fijne maandag!', '2026-11-16', '2026-11-19', ['greeting: Fijne maandag']],
  ['Prettig weekend!', '2026-11-20', '2026-11-23', ['greeting: Prettig weekend']],
  ['Gelukkig nieuwjaar!', '2027-01-04', '2027-03-01', ['out_of_season: Gelukkig nieuwjaar']],
]

describe('words that no longer hold are found with their place', () => {
  test.for(AGED)('%s (%s → %s)', ([text, meant, at, aged]) => {
    expect(found({ text, meant, at })).toEqual(aged)
  })
})

describe('the same words are right on the day for which they were approved', () => {
  test.for(AGED.filter(([, , , [aged]]) => aged?.startsWith('wrong_weekday') === false))('%s (%s)', ([text, meant]) => {
    expect(found({ text, meant, at: `${meant}T17:30` })).toEqual([])
  })
})

/** `previous`: when the mail before it went. */
const GAPS: readonly (readonly [text: string, previous: string, at: string, aged: readonly string[]])[] = [
  ['As I wrote last week, we can help.', '2026-11-12', '2026-11-19', []],
  ['As I wrote last week, we can help.', '2026-11-16', '2026-11-19', ['other_gap: last week']],
  ['As I wrote last week, we can help.', '2026-11-02', '2026-11-19', ['other_gap: last week']],
  ['My mail from last month may have got lost.', '2026-10-30', '2026-11-02', []],
  ['My mail from last month may have got lost.', '2026-11-02', '2026-11-19', ['other_gap: last month']],
  ['I wrote to you yesterday.', '2026-11-18', '2026-11-19', []],
  ['I wrote to you yesterday.', '2026-11-17', '2026-11-19', ['other_gap: yesterday']],
  ['I sent you a note three days ago.', '2026-11-16', '2026-11-19', []],
  ['I sent you a note three days ago.', '2026-11-12', '2026-11-19', ['other_gap: three days ago']],
  ['I reached out a few days ago.', '2026-11-12', '2026-11-19', []],
  ['I reached out a few days ago.', '2026-11-02', '2026-11-19', ['other_gap: a few days ago']],
  ['I wrote on Monday about your fleet.', '2026-11-16', '2026-11-19', []],
  ['I wrote on Monday about your fleet.', '2026-11-11', '2026-11-19', ['other_gap: Monday']],
  ['I wrote earlier this week.', '2026-11-16', '2026-11-19', []],
  ['I wrote earlier this week.', '2026-11-12', '2026-11-19', ['other_gap: this week']],
  ['Did you see my mail, and are you free this week?', '2026-11-12', '2026-11-19', []],
  ['Did you see my mail? Are you free this week?', '2026-11-12', '2026-11-19', []],
  ['Ich habe Ihnen letzte Woche geschrieben.', '2026-11-12', '2026-11-19', []],
  ['Ich habe Ihnen letzte Woche geschrieben.', '2026-11-02', '2026-11-19', ['other_gap: letzte Woche']],
  ['Je vous ai écrit la semaine dernière.', '2026-11-02', '2026-11-19', ['other_gap: semaine dernière']],
  ['Je vous ai écrit hier.', '2026-11-17', '2026-11-19', ['other_gap: hier']],
  ['Le escribí la semana pasada.', '2026-11-02', '2026-11-19', ['other_gap: semana pasada']],
  ['Ik schreef u vorige week.', '2026-11-02', '2026-11-19', ['other_gap: vorige week']],
]

test.for(GAPS)('what a follow-up says of the mail before it: %s (%s → %s)', ([text, previous, at, aged]) => {
  expect(found({ text, meant: at, at, previous })).toEqual(aged)
})

describe('edges of the calendar', () => {
  test('midnight counts in the zone of the mailbox, not in UTC', () => {
    const text = 'Could we talk tomorrow?'
    expect(found({ text, meant: '2026-11-17T10:00', at: '2026-11-17T23:59' })).toEqual([])
    expect(found({ text, meant: '2026-11-17T10:00', at: '2026-11-18T00:01' })).toHaveLength(1)
    expect(found({ text, meant: '2026-11-17T10:00', at: '2026-11-17T23:59' }, 'America/Los_Angeles')).toEqual([])
  })

  test('a day of 25 hours is one day', () => {
    const text = 'Kommen Sie morgen?'
    expect(found({ text, meant: '2026-10-25T00:30', at: '2026-10-25T23:30' })).toEqual([])
    expect(found({ text, meant: '2026-10-25T23:30', at: '2026-10-26T00:15' })).toHaveLength(1)
  })

  test('a day of 23 hours does not take the next one with it', () => {
    expect(found({ text: 'See you tomorrow.', meant: '2027-03-28T00:10', at: '2027-03-28T23:50' })).toEqual([])
  })

  test('29 February is past on 1 March, and is none in other years', () => {
    const text = 'The offer is valid until 29 February.'
    expect(found({ text, meant: '2028-02-28', at: '2028-02-29' })).toEqual([])
    expect(found({ text, meant: '2028-02-28', at: '2028-03-01' })).toEqual(['date_past: 29 February'])
    expect(found({ text, meant: '2027-02-26', at: '2027-03-01' })).toEqual([])
  })

  test('a date without a year belongs to the coming one at the turn of the year', () => {
    const text = 'Let us talk on 8 January.'
    expect(found({ text, meant: '2026-12-29', at: '2027-01-04' })).toEqual([])
    expect(found({ text, meant: '2026-12-29', at: '2027-01-11' })).toEqual(['date_past: 8 January'])
  })

  test('a date that can be read in two ways is past when both are', () => {
    const text = 'Please answer by 5/12/2026.'
    expect(found({ text, meant: '2026-05-01', at: '2026-05-20' })).toEqual([])
    expect(found({ text, meant: '2026-05-01', at: '2026-12-06' })).toEqual(['date_past: 5/12/2026'])
  })

  test('the week ends on Sunday', () => {
    const text = 'Do you have time this week?'
    expect(found({ text, meant: '2026-11-17', at: '2026-11-22' })).toEqual([])
    expect(found({ text, meant: '2026-11-22', at: '2026-11-23' })).toHaveLength(1)
  })
})

test.for([
  ['You may 20 times a day copy figures.', '2026-05-18', '2026-05-22'],
  ['They march 20 km to the next pump.', '2026-03-18', '2026-03-22'],
  ['A year ago 3 people did this by hand.', '2026-08-01', '2026-08-05'],
  ['We set 3 rules on the first day.', '2026-09-01', '2026-09-05'],
  ['Version 2.10 added single sign-on.', '2026-10-01', '2026-10-05'],
  ['It saves by 2.10 % more.', '2026-10-01', '2026-10-05'],
  ['About 3/4 of teams do.', '2026-04-01', '2026-04-06'],
  ['We cut it from 4/5 of a day.', '2026-05-01', '2026-05-08'],
] as const)('what only looks like a date is none: %s (%s → %s)', ([text, meant, at]) => {
  expect(found({ text, meant, at })).toEqual([])
})

test('subject and text are told apart, and the offsets cut out the words, also behind accents and other scripts', () => {
  const subject = 'Días 👋🏽 — this Friday?'
  const text = 'Grüße, Zoë!\n\nÜber Ihr Büro: hätten Sie morgen Zeit?'
  const aged = agedWords({
    subject,
    text,
    meantFor: moment('2026-11-17T10:00'),
    at: moment('2026-11-23T10:00'),
    zone: ZONE,
    previousAt: null,
  })
  expect(aged.map(({ part, from, to }) => [part, (part === 'subject' ? subject : text).slice(from, to)])).toEqual([
    ['subject', 'Friday'],
    ['text', 'morgen'],
  ])
})

test('hostile text takes no longer than other text', () => {
  const text = `${'this '.repeat(4_000)}${'morgen '.repeat(2_000)}${'had a '.repeat(3_000)}`
  expect(found({ text, meant: '2026-11-17', at: '2026-11-17' })).toEqual([])
})
