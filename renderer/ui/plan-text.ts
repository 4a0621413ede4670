import { Temporal } from 'temporal-polyfill'
import { waitText, WAIT_LABELS } from './wait-text.ts'

/** When queued mail would go; the shape of the contract's `Outlook.plan`. */
export interface PlanFacts {
  /** Epoch ms; null when nothing can be planned. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  readonly perDay: readonly { readonly date: string; readonly count: number }[]
  readonly heldBy: string | null
}

/** `2026-11-23` → "Mon 23 Nov", as the machine's language writes it. */
export function planDayLabel(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
}

/** Why nothing can be planned, as a sentence. */
export function heldText(heldBy: string): string {
  const isCode = (value: string): value is keyof typeof WAIT_LABELS => Object.hasOwn(WAIT_LABELS, value)
  if (!isCode(heldBy)) return 'No time can be named yet. The mails will wait in the queue.'
  const reason = waitText({ code: heldBy, at: null, ahead: 0 }, 0)
  return `No time can be named yet: the mails will be ${reason}.`
}
