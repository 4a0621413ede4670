import { z } from 'zod'
import { CampaignId, LeadId, MailboxId, TemplateId } from '../domain/ids.ts'
import { CampaignStatus, LeadReview, MailboxKind } from '../domain/taxonomy.ts'
import { query } from './define.ts'

export const Found = z.object({
  leads: z.array(
    z.object({
      id: LeadId,
      firstName: z.string(),
      lastName: z.string(),
      company: z.string(),
      email: z.string(),
      review: LeadReview,
    }),
  ),
  campaigns: z.array(z.object({ id: CampaignId, name: z.string(), status: CampaignStatus })),
  templates: z.array(z.object({ id: TemplateId, name: z.string(), subject: z.string() })),
  mailboxes: z.array(z.object({ id: MailboxId, address: z.string(), senderName: z.string(), kind: MailboxKind })),
})
export type Found = z.infer<typeof Found>

export const search = {
  /**
   * Leads, campaigns (also those put away), templates in use and mailboxes that have every word of the text, at most
   * `limit` of each. A text without a word finds nothing.
   */
  everything: query({
    input: z.object({ text: z.string().max(200), limit: z.int().min(1).max(20).default(5) }),
    output: Found,
  }),
}
