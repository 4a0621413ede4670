import type { AgedCode } from '#shared/domain/ageing-claims'

const TEXTS: Readonly<Record<AgedCode, string>> = {
  other_day: 'By then it means another day.',
  weekday_past: 'By then this day has come, or is over.',
  other_period: 'By then it means another week, month or year.',
  date_past: 'By then this date is over.',
  wrong_weekday: 'This date falls on another weekday.',
  other_gap: 'By then more time will have passed.',
  greeting: 'It goes on another day of the week.',
  out_of_season: 'It is not the season for it.',
}

/** Why words will not be true any more, as a sentence. */
export function agedText(code: AgedCode): string {
  return TEXTS[code]
}
