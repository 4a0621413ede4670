import { z } from 'zod'
import { mutation, query } from './define.ts'

/** How much is kept about one person. */
export const PersonSummary = z.object({
  leads: z.int(),
  mails: z.int(),
  /** Of the mails: those that wait. Erasing cancels them. */
  waiting: z.int(),
  /** Of the mails: on their way, or of unknown outcome. While there are any, nothing can be erased. */
  inFlight: z.int(),
  answers: z.int(),
  /** Remembered contacts, by whatever means. */
  touches: z.int(),
  /** Notes about others and templates in which the address stands. They stay. */
  mentions: z.int(),
  isSuppressed: z.boolean(),
  /** Was erased before: kept out by a keyed hash. */
  isErased: z.boolean(),
})
export type PersonSummary = z.infer<typeof PersonSummary>

const Address = z.string().max(320)

/** One person's data, by any spelling of their address. */
export const people = {
  find: query({ input: z.object({ address: Address }), output: PersonSummary, throws: ['lead.address_invalid'] }),

  /** Every row about this person as JSON, by table. */
  export: query({
    input: z.object({ address: Address }),
    output: z.object({ fileName: z.string(), text: z.string() }),
    throws: ['lead.address_invalid'],
  }),

  /**
   * Erases the person everywhere; it cannot be undone. A keyed hash stays, so that they are never written to again.
   * `confirmation` is their address once more. `replacesBackups`: a new backup is made and the older ones are removed.
   */
  erase: mutation({
    input: z.object({ address: Address, confirmation: Address, replacesBackups: z.boolean() }),
    output: z.object({
      leads: z.int(),
      mails: z.int(),
      cancelled: z.int(),
      /** False: another window was reading; traces go when it is closed and Pacemail started again. */
      isTraceless: z.boolean(),
      hasReplacedBackups: z.boolean(),
    }),
    throws: ['lead.address_invalid', 'person.not_confirmed', 'person.in_flight', 'import.busy', 'disk.full'],
  }),
}
