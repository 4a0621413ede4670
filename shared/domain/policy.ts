/**
 * How one mailbox may send: working hours, gaps and caps (DESIGN §4, "Pacing").
 */
import { z } from 'zod'
import { zoneOf } from './zone-name.ts'
import { OFFICE_HOURS, PACES } from './paces.ts'

/** Minutes after midnight, local time of the schedule's zone. `to` may be 1440 for midnight. */
export const HourRange = z
  .object({ from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) })
  .refine((range) => range.from < range.to, { message: 'range_reversed' })
export type HourRange = z.infer<typeof HourRange>

/** Seven entries, Monday first (ISO 8601). Several ranges a day leave gaps such as lunch; none closes the day. */
export const WeekHours = z.array(z.array(HourRange).max(6)).length(7)
export type WeekHours = z.infer<typeof WeekHours>

/** A local calendar date, `YYYY-MM-DD`. */
export const LocalDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const Policy = z.object({
  hours: WeekHours,
  /** IANA zone of the working hours; null follows the machine, also when it travels. */
  zone: z
    .string()
    .max(64)
    .refine((zone) => zoneOf(zone) !== null, { message: 'no_such_zone' })
    .nullable(),
  /** Public holidays of this country (ISO 3166-1 alpha-2) and region are days off; null: none. */
  holidays: z.object({ country: z.string().length(2), region: z.string().max(8).nullable() }).nullable(),
  /** The rep's own days off. */
  daysOff: z.array(LocalDate).max(400),
  /** The random pause between two mails, ms, both ends included. */
  gapMs: z.object({ min: z.int().min(1_000).max(86_400_000), max: z.int().min(1_000).max(86_400_000) }),
  /** Mails in any 60 minutes. */
  hourlyCap: z.int().min(1).max(50),
  /** Mails in any 24 hours. */
  dailyCap: z.int().min(1).max(500),
  /** Of the daily cap: kept free for what the rep writes by hand. What they have written already counts towards it. */
  handReserve: z.int().min(0).max(100).default(0),
  /** A slow start: `first` mails in the first 24 hours, `perDay` more in each following; null: none. `startAt` epoch ms. */
  ramp: z
    .object({ startAt: z.int().min(0), first: z.int().min(1).max(500), perDay: z.int().min(0).max(100) })
    .nullable(),
  /** Mails to one company's domain in any 24 hours; null: no limit. Providers of free mail are no company. */
  domainCap: z.int().min(1).max(50).nullable().default(null),
  /** Days in which one person is not written to again, over all campaigns. 0 switches the rule off. */
  coolDownDays: z.int().min(0).max(365),
})
export type Policy = z.infer<typeof Policy>

export const DEFAULT_POLICY: Policy = {
  hours: OFFICE_HOURS,
  zone: null,
  holidays: null,
  daysOff: [],
  ...PACES.careful,
  handReserve: 0,
  ramp: null,
  domainCap: null,
  coolDownDays: 60,
}
