/**
 * Wishes that belong to a day or a season. They are judged by the day on which they arrive alone: "happy new year" in
 * March was never right.
 */
import type { Temporal } from 'temporal-polyfill'
import { type AgeingFacts, daysBetween, easterOf } from './ageing-facts.ts'
import { any, part, WEEKDAY } from './ageing-words.ts'
import { WEEKDAYS } from './incoming/return-words.ts'

export interface Wish {
  readonly code: 'greeting' | 'out_of_season'
  readonly pattern: RegExp
  readonly isTrue: (match: RegExpMatchArray, facts: AgeingFacts) => boolean
}

/** ISO weekdays, Monday is 1. */
const LATE_WEEK: readonly number[] = [4, 5, 6]
const EARLY_WEEK: readonly number[] = [1, 2, 3]

export const WISHES: readonly Wish[] = [
  {
    code: 'greeting',
    pattern: any(
      String.raw`\bhappy (?<day>${WEEKDAY})\b`,
      String.raw`\b(?:hope|trust) (?:that )?your (?<day>${WEEKDAY})\b`,
      String.raw`\b(?:have|having|had|enjoy|enjoying|wish you|wishing you) (?:an?|your|the) (?:\w+ ){0,3}?(?<day>${WEEKDAY})\b(?= ?[^\p{L} ]| so far|$)`,
      String.raw`\bit(?:'s| is) (?:already |finally |only )?(?<day>${WEEKDAY})\b`,
      String.raw`(?<!\b(?:am|jeden|einen|diesen) )\b(?:schonen|guten|angenehmen) (?<day>${WEEKDAY})\b`,
      String.raw`\b(?:ihr|dein|euer)(?:en)? (?<day>${WEEKDAY}) (?:lauft|ist|war|verlauft|hat)\b`,
      String.raw`\bheute ist (?<day>${WEEKDAY})\b`,
      String.raw`\b(?:bon|excellent|joyeux|votre) (?<day>${WEEKDAY})\b|\b(?:c'est|nous sommes) (?<day>${WEEKDAY})\b`,
      String.raw`\b(?:feliz|buen) (?<day>${WEEKDAY})\b|\b(?:hoy|ya) es (?<day>${WEEKDAY})\b`,
      String.raw`\b(?:fijne|prettige|mooie) (?<day>${WEEKDAY})\b|\bhet is (?:al |weer )?(?<day>${WEEKDAY})\b`,
    ),
    isTrue: (match, { at }) => WEEKDAYS.get(part(match, 'day') ?? '') === at.dayOfWeek,
  },
  {
    code: 'greeting',
    pattern: any(
      String.raw`\bhad an? [^.!?]{0,30}weekend\b|\bhow was (?:your|the) weekend\b|\byour weekend was\b|\benjoyed (?:the|your) weekend\b`,
      String.raw`\bhatte(?:n|st|t) [^.!?]{0,40}wochenende\b|\bwie war (?:ihr|dein|euer|das) wochenende\b`,
      String.raw`\bpasse un [^.!?]{0,20}week-?end\b`,
      String.raw`\b(?:pasado|tenido|pasaste|pasara) un [^.!?]{0,20}fin de semana\b|\bque tal (?:el|tu|su) fin de semana\b`,
      String.raw`\bweekend (?:gehad|achter de rug)\b|\bhoe was (?:je|uw|het) weekend\b`,
    ),
    isTrue: (_match, { at }) => !LATE_WEEK.includes(at.dayOfWeek),
  },
  {
    code: 'greeting',
    pattern: any(
      String.raw`\b(?:have|enjoy|wish you|wishing you) (?:an?|the|your) [^.!?]{0,20}weekend\b|\b(?:great|nice|lovely|good|happy|relaxing) weekend(?= ?[!.,]|$)`,
      String.raw`\b(?:schones|gutes|tolles|erholsames|sonniges) wochenende\b|\bins wochenende\b`,
      String.raw`\b(?:bon|excellent|agreable) week-?end\b`,
      String.raw`\b(?:buen|feliz) fin de semana\b`,
      String.raw`\b(?:fijn|goed|prettig|mooi) weekend\b`,
    ),
    isTrue: (_match, { at }) => !EARLY_WEEK.includes(at.dayOfWeek),
  },
  {
    code: 'greeting',
    pattern: any(
      String.raw`\b(?:start|beginning) (?:of|to) (?:the|your) (?:new )?week\b|\byour week is off to\b|\byour week has started\b`,
      String.raw`\bstart in die (?:neue )?woche\b|\bguten wochenstart\b|\bin die woche gestartet\b`,
      String.raw`\b(?:bon debut de|bonne) semaine\b`,
      String.raw`\b(?:buen comienzo de|buena|feliz) semana(?= ?[!.,]|$)`,
      String.raw`\b(?:goede start van de|fijne) week\b|\bgoed aan de week begonnen\b`,
    ),
    isTrue: (_match, { at }) => !LATE_WEEK.includes(at.dayOfWeek),
  },
  season(
    [12, 20],
    [1, 31],
    String.raw`\bhappy new year\b|\b(?:frohes|gutes|gesundes|erfolgreiches) neues jahr\b|\b(?:start|rutsch) ins neue jahr\b`,
    String.raw`\bbonne annee\b|\bmeilleurs v(?:oe|œ)ux\b|\b(?:feliz|prospero) ano(?: nuevo)?\b`,
    String.raw`\b(?:gelukkig|fijn) nieuw ?jaar\b|\bbeste wensen voor het nieuwe jaar\b`,
  ),
  season(
    [11, 20],
    [1, 6],
    String.raw`\b(?:merry|happy) christmas\b|\bhappy holidays\b|\bseason's greetings\b|\bfrohe weihnachten\b|\bfrohes fest\b`,
    String.raw`\bjoyeux noel\b|\bjoyeuses fetes\b|\bbonnes fetes\b|\bfeliz navidad\b|\bfelices fiestas\b`,
    String.raw`\b(?:vrolijk|fijn|prettig)e? kerst(?:feest|dagen|mis)?\b|\bprettige feestdagen\b`,
  ),
  season([10, 5], [11, 30], String.raw`\bhappy thanksgiving\b`),
  {
    code: 'out_of_season',
    pattern: any(String.raw`\bhappy easter\b|\bfrohe ostern\b|\bjoyeuses paques\b|\b(?:vrolijk|fijn|zalig)e? pasen\b`),
    isTrue: (_match, { at }) => {
      const days = daysBetween(easterOf(at.year), at)
      return days >= -14 && days <= 7
    },
  },
]

type MonthAndDay = readonly [month: number, day: number]

/** Right from one day to another, both included; the turn of the year may lie between. */
function season(from: MonthAndDay, to: MonthAndDay, ...patterns: readonly string[]): Wish {
  return {
    code: 'out_of_season',
    pattern: any(...patterns),
    isTrue: (_match, { at }) => {
      const [isLate, isEarly] = [compare(at, from) >= 0, compare(at, to) <= 0]
      return from[0] > to[0] ? isLate || isEarly : isLate && isEarly
    },
  }
}

function compare(day: Temporal.PlainDate, [month, ofMonth]: MonthAndDay): number {
  return day.month - month || day.day - ofMonth
}
