import { z } from 'zod'
import { mutation, query } from './define.ts'

const Domain = z.string().trim().min(1).max(253)

/** Domains of one company: the same name before the @ is the same person at each of them. */
export const aliases = {
  /** Groups of at least two domains, the one that stands for the group first. */
  list: query({ input: z.object({}), output: z.array(z.array(z.string())) }),

  /** Groups that have a domain in common become one. Waiting sends that this forbids are skipped. */
  join: mutation({
    input: z.object({ domains: z.array(Domain).min(2).max(50) }),
    output: z.object({ skippedSends: z.int() }),
    throws: ['alias.invalid', 'alias.free_mail'],
  }),

  /** One domain stands for itself again. Harmless when it does. */
  part: mutation({ input: z.object({ domain: Domain }), output: z.object({}) }),
}
