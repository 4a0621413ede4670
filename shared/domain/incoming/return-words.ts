/** The words around dates in automatic answers: English, German, French, Spanish, Dutch, Italian; as `plainText` writes them. */

/** By the beginnings that tell months apart in all six languages. */
const MONTH_STARTS: readonly (readonly [month: number, words: string])[] = [
  [1, 'jan january januar jaenner janner janv janvier ene enero januari gen gennaio'],
  [2, 'feb february februar fev fevr fevrier febrero februari febbraio'],
  [3, 'mar march marz maerz mrz mars marzo maart mrt'],
  [4, 'apr april avr avril abr abril aprile'],
  [5, 'may mai mayo mei mag maggio'],
  [6, 'jun june juni juin junio giu giugno'],
  [7, 'jul july juli juil juillet julio lug luglio'],
  [8, 'aug august aou aout ago agosto augustus'],
  [9, 'sep sept september septembre septiembre set settembre'],
  [10, 'oct october okt oktober octobre octubre ott ottobre'],
  [11, 'nov november novembre noviembre'],
  [12, 'dec december dez dezember decembre dic diciembre dicembre'],
]

export const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_STARTS.flatMap(([month, words]) => words.split(' ').map((word) => [word, month] as const)),
)

/** ISO: Monday is 1. Abbreviations only where they are no word of their own. */
const WEEKDAY_WORDS: readonly (readonly [day: number, words: string])[] = [
  [1, 'monday mon montag lundi lunes maandag lunedi'],
  [2, 'tuesday tue tues dienstag mardi martes dinsdag martedi'],
  [3, 'wednesday wed mittwoch mercredi miercoles woensdag mercoledi'],
  [4, 'thursday thu thur thurs donnerstag jeudi jueves donderdag giovedi'],
  [5, 'friday fri freitag vendredi viernes vrijdag venerdi'],
  [6, 'saturday samstag sonnabend samedi sabado zaterdag sabato'],
  [7, 'sunday sonntag dimanche domingo zondag domenica'],
]

export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  WEEKDAY_WORDS.flatMap(([day, words]) => words.split(' ').map((word) => [word, day] as const)),
)

export const TOMORROW: ReadonlySet<string> = new Set(['tomorrow', 'morgen', 'demain', 'manana', 'domani'])

/** Before a weekday they leave open which week is meant. */
export const NEXT: ReadonlySet<string> = new Set(['next', 'nachsten', 'nachster', 'kommenden', 'komende', 'volgende'])

/** `isEnglish` cues may stand before a date that is written month first. */
export interface Cue {
  /** `return`: back on that day. `until`: away on that day, too. */
  readonly kind: 'return' | 'until'
  readonly isEnglish: boolean
}

/** Directly before a date, with nothing but fillers between. */
export const CUES: ReadonlyMap<string, Cue> = new Map([
  ...cues('return', true, 'back return returning resume resuming available reachable contactable'),
  ...cues('return', false, 'zuruck zurueck wieder erreichbar ruckkehr'),
  ...cues('return', false, 'retour reviens reviendrai revient rentre disponible joignable'),
  ...cues('return', false, 'vuelvo vuelta regreso regresare volvere reincorporare'),
  ...cues('return', false, 'terug weer bereikbaar aanwezig'),
  ...cues('return', false, 'rientro rientrero ritorno tornero torno raggiungibile'),
  ...cues('until', true, "until till til 'til through thru to"),
  ...cues('until', false, "bis einschliesslich jusqu'au jusqu'a jusque au aux hasta al fino tot t/m"),
])

/** May stand between a cue and its date. */
export const FILLERS: ReadonlySet<string> = new Set(
  `, on the in at of as from again starting and including inclusive incl work office date i will be
  am ab an dem den der zum einschl inkl inklusive einschliesslich und mit ich bin wir sind
  le la du de des les a partir compter inclus et
  el dia desde nuevo
  op vanaf en met
  il dal di nuovo`.split(/\s+/),
)

/** Before a date after which somebody says to be back: "ab dem 6. Dezember bin ich wieder da". */
export const STARTERS: ReadonlySet<string> = new Set(
  'on from am ab starting partir desde dal op vanaf el le'.split(' '),
)

/** … and what is said there. */
export const BACK_AFTER: ReadonlyMap<string, { readonly isEnglish: boolean }> = new Map<
  string,
  { readonly isEnglish: boolean }
>([
  ...'back return returning again'.split(' ').map((word) => [word, { isEnglish: true }] as const),
  ...'wieder zuruck zurueck retour nouveau nuevo vuelta terug weer nuovo'
    .split(' ')
    .map((word) => [word, { isEnglish: false }] as const),
])

/** Between date and `BACK_AFTER` they begin another thought, or turn it round. */
export const BREAKS: ReadonlySet<string> = new Set(
  'and und et y e but aber mais pero maar ma not nicht no non pas niet kein keine nur only until bis'.split(' '),
)

/** Before a cue of being reachable they mean the opposite: "nicht erreichbar ab". */
export const NEGATIONS: ReadonlySet<string> = new Set(
  `not no un nicht kaum nur eingeschrankt begrenzt schlecht limited less hardly barely only isn't won't can't cannot
  pas plus peu difficilement non poco niet beperkt slecht`.split(/\s+/),
)

function cues(kind: Cue['kind'], isEnglish: boolean, words: string): [string, Cue][] {
  return words.split(' ').map((word) => [word, { kind, isEnglish }])
}
