/** At most so many mails in one sequence, and so many texts of one mail. */
export const MOST_STEPS = 10
export const MOST_VARIANTS = 4

/** Mails of one dispatch that are written over by hand. */
export const MOST_EDITS = 500

/** What a new sequence begins with: at once, then three and seven working days after the mail before. */
export const DEFAULT_DELAYS = [0, 3, 7].map((days) => ({ days, unit: 'working_days' as const }))
