import type { DispatchPlace } from '#shared/domain/dispatch-tokens'
import type { Policy } from '#shared/domain/policy'
import type { Clock } from '../../platform/clock.ts'
import type { Calendars } from '../planning/calendars.ts'

export interface PlaceDeps {
  readonly clock: Clock
  readonly calendars: Calendars
}

/** The days by which a mail is dated: those of the mailbox's policy, in a zone of its own where the send has one ('' has none). */
export function dispatchPlace({ clock, calendars }: PlaceDeps, policy: Policy, zone = ''): DispatchPlace {
  return { zone: zone || policy.zone || clock.zone(), calendar: calendars.of(policy, zone, true) }
}
