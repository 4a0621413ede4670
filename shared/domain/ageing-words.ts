/**
 * The words of ageing text in English, German, French, Spanish and Dutch, as patterns over folded text (`foldText`: lower
 * case, no accents, one kind of apostrophe and dash). What is common in mail and yet ages not is kept out by what may not
 * stand before or behind.
 */
import { WEEKDAYS } from './incoming/return-words.ts'
import type { PeriodUnit } from './ageing-facts.ts'

/** Full names only: of the short ones, too many are words of their own. */
const WEEKDAY_NAMES = [...WEEKDAYS.keys()].filter((word) => word.length >= 5 && word !== 'thurs')
export const WEEKDAY = `(?:${WEEKDAY_NAMES.join('|')})`

/** The sentence speaks of what happens again and again, which no date makes untrue. */
export const HABIT =
  /\b(?:every|each|usually|always|typically|often|jede[nrsm]?|immer|oft|meist|chaque|toujours|souvent|cada|siempre|suele\w*|elke?|iedere?|altijd|vaak)\b|\btous les\b|\btodos los\b/

/** The sentence speaks of a mail of the rep's. */
export const WRITING = new RegExp(
  [
    String.raw`\b(?:i|we)(?:'ve| have| had)? (?:\w+ )?(?:wrote|written|sent|e-?mailed|mailed|reached out|contacted|messaged|dropped)\b`,
    String.raw`\b(?:my|our) (?:last |previous |first |earlier |initial )?(?:e-?mail|mail|note|message)\b|\bas (?:i )?mentioned\b`,
    String.raw`\b(?:geschrieben|schrieb|gemailt|geschickt|angeschrieben|gemeldet)\b`,
    String.raw`\b(?:meine|unsere)[rnm]? (?:\w+ )?(?:e-?mail|mail|nachricht)\b`,
    String.raw`\b(?:ecrit|envoye|contacte|ecrivais)\b|\b(?:mon|notre) (?:dernier |premier |precedent )?(?:e-?mail|mail|message|courriel)\b`,
    String.raw`\b(?:escribi|escribimos|envie|enviamos|mande|contacte|escrito)\b|\bmi (?:ultimo |anterior |primer )?(?:correo|mensaje|e-?mail)\b`,
    String.raw`\b(?:schreef|geschreven|gemaild|mailde|stuurde|gestuurd)\b|\bmijn (?:vorige |laatste |eerste )?(?:e-?mail|mail|bericht)\b`,
  ].join('|'),
)

export type Direction = 'this' | 'next' | 'last'

const UNIT_WORDS: Readonly<Record<PeriodUnit, string>> = {
  week: 'week weekend week-end woche wochen wochenende semaine semana',
  month: 'month monat monats mois mes maand',
  quarter: 'quarter quartal quartals trimestre kwartaal',
  year: 'year jahr jahres annee an ano jaar',
}

/** The period that a word names; "fin de semana" by its last word. */
export function unitOf(word: string): PeriodUnit {
  const last = word.split(' ').at(-1) ?? word
  const units: readonly PeriodUnit[] = ['week', 'month', 'quarter', 'year']
  const unit = units.find((each) => UNIT_WORDS[each].split(' ').includes(last))
  if (unit === undefined) throw new Error(`no period is called ${word}`)
  return unit
}

/** `unit` is what `unitOf` reads. "The last month" is thirty days that go along, not a month of the calendar. */
export const PERIODS: readonly { readonly direction: Direction; readonly pattern: RegExp }[] = [
  {
    direction: 'this',
    pattern: any(
      String.raw`\bthis (?<unit>week|weekend|month|quarter|year)\b`,
      String.raw`\bdiese[rsnm]? (?<unit>woche|wochenende|monats?|quartals?|jahr(?:es)?)\b`,
      String.raw`\bcet?(?:te)? (?<unit>semaine|mois|trimestre|annee|week-?end)\b`,
      String.raw`\best[ea] (?<unit>semana|mes|trimestre|ano|fin de semana)\b`,
      String.raw`\b(?:deze|dit) (?<unit>week|weekend|maand|kwartaal|jaar)\b`,
    ),
  },
  {
    direction: 'next',
    pattern: any(
      String.raw`(?<!\bthe )\bnext (?<unit>week|weekend|month|quarter|year)\b`,
      String.raw`\bcoming (?<unit>week|weekend|month|quarter|year)\b`,
      String.raw`\b(?:nachste|kommende)[rsnm]? (?<unit>woche|wochenende|monats?|quartals?|jahr(?:es)?)\b`,
      String.raw`\b(?<unit>semaine|mois|trimestre|annee|an|week-?end) prochaine?\b`,
      String.raw`\bproxim[oa] (?<unit>semana|mes|trimestre|ano|fin de semana)\b`,
      String.raw`\b(?<unit>semana|mes|trimestre|ano|fin de semana) (?:que viene|proxim[oa])\b`,
      String.raw`\b(?:volgende?|komende?) (?<unit>week|weekend|maand|kwartaal|jaar)\b`,
    ),
  },
  {
    direction: 'last',
    pattern: any(
      String.raw`(?<!\bthe )\blast (?<unit>week|weekend|month|quarter|year)\b`,
      String.raw`\b(?:letzte|vergangene|vorige)[rsnm]? (?<unit>woche|wochenende|monats?|quartals?|jahr(?:es)?)\b`,
      String.raw`\b(?<unit>semaine|mois|trimestre|annee|an|week-?end) (?:derniere?|passee?)\b`,
      String.raw`\b(?<unit>semana|mes|trimestre|ano|fin de semana) pasad[oa]\b`,
      String.raw`\b(?:vorige?|afgelopen) (?<unit>week|weekend|maand|kwartaal|jaar)\b`,
    ),
  },
]

/** "By the end of the month" and the like. "At the end of the month" may be any month. */
export const PERIOD_ENDS = any(
  String.raw`\b(?:by|before|until|till|through) (?:the )?end of (?:the |this )?(?<unit>week|month|quarter|year)\b`,
  String.raw`\bend of this (?<unit>week|month|quarter|year)\b`,
  String.raw`\b(?:by|before|until|till) (?<unit>month|quarter|year)(?:'s)?[- ]end\b`,
  String.raw`\b(?:bis|vor)(?: zum)? ende (?:der|des|dieser|dieses) (?<unit>woche|monats|quartals|jahres)\b`,
  String.raw`\b(?:bis|vor)(?: zum)? (?:dem )?(?<unit>wochen|monats|quartals|jahres)ende\b`,
  String.raw`\bende (?:dieser|dieses) (?<unit>woche|monats|quartals|jahres)\b`,
  String.raw`\b(?:avant|d'ici|jusqu'a) (?:a )?(?:la )?fin (?:de la |du |de l'|de cette |de ce )(?<unit>semaine|mois|trimestre|annee)\b`,
  String.raw`\bfin de (?:cette |ce )(?<unit>semaine|mois|trimestre|annee)\b`,
  String.raw`\b(?:antes de|hasta) (?:el )?fin(?:al(?:es)?)? (?:del? |de la |de est[ea] )(?<unit>semana|mes|trimestre|ano)\b`,
  String.raw`\ba fin(?:al(?:es)?)? de(?: est[ea])? (?<unit>semana|mes|trimestre|ano)\b`,
  String.raw`\b(?:voor|tot|uiterlijk) (?:het )?einde? van (?:de |het |deze |dit )(?<unit>week|maand|kwartaal|jaar)\b`,
  String.raw`\beinde? (?:van )?(?:deze|dit) (?<unit>week|maand|kwartaal|jaar)\b`,
)

/** Words that mean another day on another day. "Today" counts only where it is one day: "companies today" is not. */
export const DAYS = any(
  String.raw`\b(?:the )?day after tomorrow\b|\b(?:the )?day before yesterday\b`,
  String.raw`(?<!\b(?:of|and|better|brighter|(?:ready|fit|built|prepared?|prepares|plan|planning) for|today or|(?:wait|put off|leave) until) )\btomorrow\b(?!'s|-|, today)(?: (?:morning|afternoon|evening))?`,
  String.raw`(?<!\b(?:so|of|like) )\byesterday\b(?!'s)`,
  String.raw`\btonight\b|\bthis (?:morning|afternoon|evening)\b`,
  String.raw`\b(?:earlier|later|only|(?:ends?|expires|closes|due|until|till|by)) today\b(?!'s)`,
  String.raw`\btoday (?:at \d|only\b|until\b)`,
  String.raw`\btoday's (?:webinar|call|meeting|deadline|event|demo|session|announcement|conversation|chat)\b`,
  String.raw`\b(?:ubermorgen|vorgestern|overmorgen|eergisteren)\b`,
  String.raw`(?<!\b(?:guten|schonen|am|jeden|heute|gestern|von|und|fruhen|der|diesen|den|goede|goeden|de|elke|iedere|van|en|deze|vroege|${WEEKDAY}) )\bmorgen\b(?!,|!|s\b|-| (?:zusammen|herr|frau|beisammen|mevrouw|meneer|allemaal))`,
  String.raw`(?<!\b(?:von|wie|van|als) )\b(?:gestern|gisteren)\b`,
  String.raw`\bheute (?:morgen|fruh|vormittag|mittag|nachmittag|abend)\b|\bnur (?:noch )?heute\b`,
  String.raw`\bvan(?:ochtend|morgen|middag|avond)\b|\balleen vandaag\b`,
  String.raw`\bapres-demain\b|\bavant-hier\b`,
  String.raw`(?<!\b(?:de|du|que|et) )\bdemain\b`,
  String.raw`\bce (?:matin|soir)\b|\bcet apres-midi\b`,
  String.raw`\bpasado manana\b|\banteayer\b`,
  String.raw`(?<!\b(?:la|de|una|cada|esta|y|el|buena|toda) )\bmanana\b`,
  String.raw`(?<!\bde )\bayer\b|\besta (?:manana|tarde|noche)\b|\bsolo (?:por )?hoy\b`,
)

/** "Here" in German, "yesterday" in French: only where these words show that the text is French. */
export const FRENCH_YESTERDAY = /(?<!\bd')\bhier\b/g
export const FRENCH = /\b(?:vous|nous|votre|j'ai|je)\b/

export const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    ten: 10,
    einem: 1,
    einer: 1,
    zwei: 2,
    drei: 3,
    vier: 4,
    funf: 5,
    sechs: 6,
    zehn: 10,
    un: 1,
    une: 1,
    deux: 2,
    trois: 3,
    quatre: 4,
    una: 1,
    dos: 2,
    tres: 3,
    cuatro: 4,
    een: 1,
    twee: 2,
    drie: 3,
  }),
)
const COUNT = `(?<count>\\d{1,2}|${[...NUMBERS.keys()].join('|')})`

/** "Three days ago". A missing `count` is "a few". */
export const AGO = any(
  String.raw`\b(?:${COUNT}|a few|a couple of) (?<span>day|week|month)s? ago\b`,
  String.raw`\bvor (?:${COUNT}|ein paar|wenigen|einigen) (?<span>tag|woche|monat)(?:en|e|n)?\b`,
  String.raw`\bil y a (?:${COUNT}|quelques) (?<span>jour|semaine|mois)s?\b`,
  String.raw`\bhace (?:${COUNT}|unos|unas|pocos) (?<span>dia|semana|mes)(?:es|s)?\b`,
  String.raw`\b(?:${COUNT}|een paar|enkele) (?<span>dag|week|weken|maand)(?:en)? geleden\b`,
)

/** How many days a `span` of `AGO` has. */
export const SPAN_DAYS: ReadonlyMap<string, number> = new Map([
  ...'day tag jour dia dag'.split(' ').map((word) => [word, 1] as const),
  ...'week woche semaine semana weken'.split(' ').map((word) => [word, 7] as const),
  ...'month monat mois mes maand'.split(' ').map((word) => [word, 30] as const),
])

/** "It ends in three days": only of what ends or begins; "you are set up in three days" is always true. */
export const ENDS_IN = any(
  String.raw`\b(?:starts?|begins?|ends?|expires?|closes|takes place|opens) in ${COUNT} (?<span>day|week)s?\b`,
  String.raw`\b(?:beginnt|startet|endet|schließt|lauft ab) in ${COUNT} (?<span>tag|woche)(?:en|e|n)?\b`,
  String.raw`\b(?:commence|debute|termine|expire|ferme) dans ${COUNT} (?<span>jour|semaine)s?\b`,
  String.raw`\b(?:empieza|comienza|termina|acaba|caduca|expira) en ${COUNT} (?<span>dia|semana)s?\b`,
  String.raw`\b(?:begint|start|eindigt|sluit|verloopt) over ${COUNT} (?<span>dag|week|weken)(?:en)?\b`,
)

/** One pattern that finds each of them; their named parts are read by `part`. */
export function any(...patterns: readonly string[]): RegExp {
  // Not every engine lets alternatives share the name of a part.
  let count = 0
  const numbered = patterns.map((pattern) => {
    count += 1
    return pattern.replaceAll(/\(\?<(unit|count|span|day)>/g, `(?<$1${count}>`)
  })
  return new RegExp(numbered.map((pattern) => `(?:${pattern})`).join('|'), 'gu')
}

/** A named part of a match of a pattern made by `any`. */
export function part(match: RegExpMatchArray, name: 'unit' | 'count' | 'span' | 'day'): string | undefined {
  return Object.entries(match.groups ?? {}).find(
    ([key, value]) => value !== undefined && key.replace(/\d+$/, '') === name,
  )?.[1]
}
