import { z } from 'zod'
import { LeadId, MailboxId, SendId } from '../domain/ids.ts'
import { IncomingVerdict } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'

/** An incoming mail that concerned a send, and what was made of it. */
export const Incoming = z.object({
  id: z.int(),
  mailboxId: MailboxId,
  /** Epoch ms. */
  receivedAt: z.int(),
  from: z.string(),
  subject: z.string(),
  verdict: IncomingVerdict,
  /** Bounces: `hard` the address is dead, `soft` a full or slow mailbox, `blocked` their server refuses us. Else null. */
  severity: z.enum(['hard', 'soft', 'blocked']).nullable(),
  sendId: SendId,
  leadId: LeadId,
  leadName: z.string(),
  /** How it was found to belong to that mail. */
  matchedBy: z.string(),
  /** The rule and the header facts behind the verdict; never the text of the mail. */
  evidence: z.record(z.string(), z.unknown()),
  /** Automatic answers: when the person is back, epoch ms; null: not told. */
  returnsAt: z.int().nullable(),
  /** When the rep took it back, epoch ms; null: it holds. */
  undoneAt: z.int().nullable(),
})
export type Incoming = z.infer<typeof Incoming>

/** What the rep wants an answer to do. */
export const IncomingRules = z.object({
  /** An answer stops the mail to everybody at the company; never at a provider of free mail. */
  stopsCompany: z.boolean(),
})

export const incoming = {
  /** Newest first. */
  list: query({
    input: z.object({
      verdicts: z.array(IncomingVerdict).max(4).default([]),
      mailboxId: MailboxId.nullable().default(null),
      sendId: SendId.nullable().default(null),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ rows: z.array(Incoming), total: z.int() }),
  }),

  /** Takes a verdict back with its effects. Mail that was skipped meanwhile stays skipped. */
  undo: mutation({
    input: z.object({ incomingId: z.int() }),
    output: Incoming,
    throws: ['incoming.not_found'],
  }),

  rules: query({ input: z.object({}), output: IncomingRules }),

  saveRules: mutation({ input: IncomingRules, output: IncomingRules }),

  /** Practice only: somebody answers a mail that was "sent". */
  invent: mutation({
    input: z.object({ sendId: SendId, verdict: IncomingVerdict }),
    output: z.object({}),
    throws: ['send.not_found', 'mailbox.kind_mismatch'],
  }),
}
