import { matchesOf } from './ageing-claims.ts'
import { type AgeingFacts, isSamePeriod, weekdayAfter, weekdayBefore } from './ageing-facts.ts'
import { type Direction, WEEKDAY } from './ageing-words.ts'
import { WEEKDAYS } from './incoming/return-words.ts'

export interface FoundWeekday {
  readonly from: number
  readonly to: number
  readonly weekday: number
  readonly direction: Direction
}

/** Before a weekday: any such day, a day with a name of its own, a person of this name, somebody's standing meeting. */
const KIND = String.raw`quiet|normal|regular|ordinary|average|busy|free|slow|calm|rainy|random|good|bad|(?:frei|normal|ruhig|typisch|gewohnlich|stressig|schon)e[rnsm]?|rustige|gewone|vrije|normale|drukke`
const NOT_BEFORE = new RegExp(
  String.raw`\b(?:every|each|most|any|all|an?|the|typical|busy|your|our|my|their|jede[nrsm]?|immer|eine[nm]?|ihre[nm]?|chaque|tous les|les?|un|votre|notre|cada|los|un|su|tu|elke|iedere|de|een|uw|jullie|black|cyber|good|casual|super|ash|palm|giving|shrove|der|du|herr|frau|madame|monsieur|meneer|mevrouw|dhr\.?|mw\.?|mr\.?|ms\.?|mrs\.?|dr\.?|mme|senora?|don)\s$|\b(?:an?|eine?[nmr]?|een) (?:(?:very|ganz|heel) )?(?:${KIND}) $|\b(?:day is|tag ist|jour est|dia es|dag is) $|[@./-]$`,
  'u',
)
/** Behind a weekday: an address, a name, or what happens on all of them. */
const NOT_AFTER = new RegExp(
  String.raw`^(?:-|\.\p{L}|'|@)|^ (?:mornings|afternoons|evenings|nights|times|club|group|gmbh|ag|ltd|inc|llc|sas|boards?|crm|app|night football|stand-?up|meetings?|newsletter|report|rush|blues)\b|^ (?!works|suits|is|was|has|looks|seems|fits)\p{L}{3,}s\b|^ (?:of|im|du|del|van) (?:(?:the|each|de|every) )?(?:month|monat|mois|mes|maand)\b`,
  'u',
)
const RANGE = String.raw`(?:-|to|through|thru|until|bis|a|au|al|t\/m|tot(?: en met)?|y|und|and|et|en)`
const RANGE_AFTER = new RegExp(String.raw`^ ?${RANGE} ?${WEEKDAY}\b`, 'u')
const RANGE_BEFORE = new RegExp(String.raw`\b${WEEKDAY} ?${RANGE} ?$`, 'u')

const LAST_BEFORE = /\b(?:last|letzte[nr]|vergangene[nr]|pasado|afgelopen|vorige)\s$/
const LAST_AFTER = /^ (?:dernier|pasado)\b/
const NEXT_BEFORE = /\b(?:next|nachste[nr]|proximo|volgende)\s$/
const NEXT_AFTER = /^ (?:prochain|proximo|que viene)\b/

const A_WEEKDAY = new RegExp(String.raw`(?<![\p{L}\d])${WEEKDAY}(?![\p{L}\d])`, 'gu')

/** The weekdays in a folded text that mean one day and not any of their kind. */
export function* weekdaysMeant(folded: string): Generator<FoundWeekday> {
  for (const { 0: word, index } of matchesOf(folded, A_WEEKDAY)) {
    const before = folded.slice(Math.max(0, index - 40), index)
    const after = folded.slice(index + word.length, index + word.length + 24)
    const weekday = WEEKDAYS.get(word)
    if (weekday === undefined || NOT_AFTER.test(after) || RANGE_AFTER.test(after) || RANGE_BEFORE.test(before)) continue
    const direction = directionOf(before, after)
    if (direction === 'this' && (NOT_BEFORE.test(before) || isAnyWeekend(weekday, before))) continue
    yield { from: index, to: index + word.length, weekday, direction }
  }
}

const POINTING = /\b(?:this|coming|diese[nrms]?|kommende[nrm]?|ce|este|deze|dit|aanstaande|komende) $/

/** Hardly anybody proposes a Sunday: without a word that points at one, it is about weekends in general. */
function isAnyWeekend(weekday: number, before: string): boolean {
  return weekday >= 6 && !POINTING.test(before)
}

function directionOf(before: string, after: string): Direction {
  if (LAST_BEFORE.test(before) || LAST_AFTER.test(after)) return 'last'
  return NEXT_BEFORE.test(before) || NEXT_AFTER.test(after) ? 'next' : 'this'
}

/** Does a weekday still mean the day that it meant when the text was approved? On that day itself, "on Friday" is odd. */
export function isSameWeekday({ weekday, direction }: FoundWeekday, { meant, at }: AgeingFacts): boolean {
  if (direction === 'last') return weekdayBefore(meant, weekday).equals(weekdayBefore(at, weekday))
  if (meant.equals(at)) return true
  const target = weekdayAfter(meant, weekday)
  if (daysLeft(at, target) <= 0) return false
  return direction === 'this' || isSamePeriod(meant, at, 'week')
}

function daysLeft(at: AgeingFacts['at'], target: AgeingFacts['at']): number {
  return at.until(target, { largestUnit: 'day' }).days
}
