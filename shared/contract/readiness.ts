import { z } from 'zod'
import { LeadId, MailboxId } from '../domain/ids.ts'
import { CheckCode, CheckReason, CheckState, ReceivedPlace, TestMailStatus } from '../domain/readiness.ts'
import { mutation, query } from './define.ts'
import { FileChoice, TemplateContent } from './templates.ts'

/** One thing that is verified before a mailbox goes live, with what it was judged by. */
export const ReadinessCheck = z.object({
  code: CheckCode,
  state: CheckState,
  reason: CheckReason,
  /** Numbers, moments (epoch ms) and texts. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type ReadinessCheck = z.infer<typeof ReadinessCheck>

/** A mail to the mailbox's own address. */
export const TestMail = z.object({
  id: z.int().positive(),
  mailboxId: MailboxId,
  status: TestMailStatus,
  /** Why it did not leave, or is uncertain; null otherwise. */
  failureCode: z.string().nullable(),
  /** The provider's number or word, where there is one. */
  providerCode: z.string().nullable(),
  /** When the provider was asked, epoch ms; null: it was not. */
  askedAt: z.int().nullable(),
  /** Where it was found; null: not yet, or this mailbox cannot be read. */
  place: ReceivedPlace.nullable(),
  receivedAt: z.int().nullable(),
  /** It is still being looked for. */
  isLookedFor: z.boolean(),
  createdAt: z.int(),
})
export type TestMail = z.infer<typeof TestMail>

export const Readiness = z.object({
  mailboxId: MailboxId,
  checks: z.array(ReadinessCheck),
  /** False for a practice mailbox, from which anything may be queued at any time. */
  isReal: z.boolean(),
  /** Nothing was ever queued from it: a failed check asks for a deliberate click. */
  isFirst: z.boolean(),
  /** Nothing can be queued from it, whatever the rep clicks: there is no postal address or no opt-out sentence. */
  isBlocked: z.boolean(),
  /** When the domain was looked up, epoch ms; null: never. */
  domainCheckedAt: z.int().nullable(),
  /** The newest one. */
  testMail: TestMail.nullable(),
})
export type Readiness = z.infer<typeof Readiness>

export const readiness = {
  /** "Before going live": nothing is asked of anybody, only looked up. */
  get: query({ input: z.object({ mailboxId: MailboxId }), output: Readiness, throws: ['mailbox.not_found'] }),

  /** Asks the name servers about the sender's own domain. What they cannot tell is `unknown`. */
  checkDomain: mutation({
    input: z.object({ mailboxId: MailboxId }),
    output: Readiness,
    throws: ['mailbox.not_found'],
  }),

  /** Pauses the mailbox, lets the queue try to take a mail, and resumes it. */
  tryPause: mutation({
    input: z.object({ mailboxId: MailboxId }),
    output: Readiness,
    throws: ['mailbox.not_found', 'readiness.not_ready'],
  }),

  /**
   * Sends one mail to the mailbox's own address, past the queue but never beside a mail of the mailbox, and counted against
   * its limits. `requestKey` makes pressing twice harmless. Answers at once; `mailboxes.changed` tells how it goes on.
   */
  sendTest: mutation({
    input: z.object({
      mailboxId: MailboxId,
      /** Null: a plain mail that says what it is for. */
      content: TemplateContent.nullable().default(null),
      /** Written as this lead would get it; null: a made-up one. */
      leadId: LeadId.nullable().default(null),
      /** Files that were attached (`templates.attach`), in this order. */
      attachments: z.array(FileChoice).max(100).default([]),
      requestKey: z.string().min(8).max(64),
    }),
    output: TestMail,
    throws: [
      'mailbox.not_found',
      'lead.not_found',
      'template.invalid',
      'dispatch.missing_fields',
      'dispatch.attachments_too_large',
      'attachment.not_found',
      'attachment.blocked',
      'attachment.too_large',
      'attachment.too_many',
      'readiness.paused',
      'readiness.limit_used',
      'mail.signed_out',
      'disk.full',
    ],
  }),
}
