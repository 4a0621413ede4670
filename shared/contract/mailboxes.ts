import { z } from 'zod'
import { MailboxId, SendId } from '../domain/ids.ts'
import { LocalDate, Policy } from '../domain/policy.ts'
import { MailboxKind, MailboxNeed, MailboxStatus, RestReason } from '../domain/taxonomy.ts'
import { mutation, query } from './define.ts'
import { Comparison } from './plans.ts'

/** How to reach an SMTP server. The password is not part of it; it is in the secret store. */
export const SmtpServer = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** `tls`: from the first byte (465). `starttls`: demanded before the password (587). `none`: only to this machine. */
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(320),
})
export type SmtpServer = z.infer<typeof SmtpServer>

/** How to reach the same mailbox's incoming and sent mail. The user and the password are those of the SMTP server. */
export const ImapServer = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** `tls`: from the first byte (993). `starttls`: demanded before the password (143). `none`: only to this machine. */
  security: z.enum(['tls', 'starttls', 'none']),
})
export type ImapServer = z.infer<typeof ImapServer>

export const Mailbox = z.object({
  id: MailboxId,
  kind: MailboxKind,
  address: z.string(),
  /** The name people see in From. */
  senderName: z.string(),
  signature: z.string(),
  /** Who writes and how to opt out; put below each first mail. See `saveSender`. */
  company: z.string(),
  postalAddress: z.string(),
  optOut: z.string(),
  status: MailboxStatus,
  /** Only while `needs_sign_in`: what the rep or their admin must do. */
  need: MailboxNeed.nullable(),
  /** Epoch ms; only while `resting`. */
  restingUntil: z.int().nullable(),
  /** Only while `resting`. */
  restReason: RestReason.nullable(),
  /** 0–100. Below 30 nothing is sent until the rep resumes the mailbox. */
  health: z.int(),
  /** What came back among the last 50 mails and takes points off, the worst first. */
  healthReasons: z.array(
    z.object({ outcome: z.enum(['hard_bounce', 'soft_bounce', 'blocked', 'opted_out', 'complaint']), count: z.int() }),
  ),
  policy: Policy,
  /** SMTP mailboxes only. */
  smtp: SmtpServer.nullable(),
  /** SMTP mailboxes whose answers are read too; else null. */
  imap: ImapServer.nullable(),
  /** The largest mail that the SMTP server announced; null: none. */
  mostMailBytes: z.int().nullable(),
  /** May incoming and sent mail be read? Where not, answers and bounces go unnoticed. */
  mayRead: z.boolean(),
  /** So many first mails are handed to its provider when this computer goes to sleep; 0: none. Outlook only. */
  handOver: z.int(),
  /** Mails that its provider holds now, to send them by itself. */
  held: z.int(),
  /** Other addresses of the rep in this mailbox: those they added, and those its provider told. */
  ownAddresses: z.array(z.string()),
  foundAddresses: z.array(z.string()),
  /** When its incoming mail was read last, epoch ms; null: never. */
  readAt: z.int().nullable(),
  budget: z.object({
    /** Mails in the last 60 minutes and 24 hours. */
    lastHour: z.int(),
    lastDay: z.int(),
    /** What the ramp or the cap allows in 24 hours now. */
    dailyLimit: z.int(),
    /** Of the last 24 hours: what the rep sent by other means. Counted in `lastHour` and `lastDay` too. */
    byHand: z.int(),
    /** Sent by Pacemail since local midnight. */
    today: z.int(),
    waiting: z.int(),
  }),
  /** When its next mail goes, epoch ms; null: nothing waiting, or held without a date. */
  nextSendAt: z.int().nullable(),
  createdAt: z.int(),
})
export type Mailbox = z.infer<typeof Mailbox>

/** A mail in the practice mailbox's folder. */
export const PracticeMail = z.object({
  sendId: SendId.nullable(),
  /** Epoch ms. */
  sentAt: z.int(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  attachments: z.array(z.object({ name: z.string(), sizeBytes: z.int() })),
  fileName: z.string(),
})
export type PracticeMail = z.infer<typeof PracticeMail>

const Identity = z.object({ senderName: z.string().trim().max(100), signature: z.string().max(5_000) })

/** What opening a mailbox at its provider may meet. */
const OPENING = ['mail.unreachable', 'mail.refused', 'mail.signed_out', 'secrets.unavailable'] as const

export const mailboxes = {
  list: query({ input: z.object({}), output: z.array(Mailbox) }),

  get: query({ input: z.object({ mailboxId: MailboxId }), output: Mailbox, throws: ['mailbox.not_found'] }),

  /** How its last days went. */
  lately: query({
    input: z.object({ mailboxId: MailboxId }),
    output: z.object({
      /** The last 14 by its own zone, today last: what Pacemail sent, and what cap and ramp of today's policy allowed. */
      days: z.array(z.object({ date: LocalDate, sent: z.int(), limit: z.int() })),
      /** Of its last 50 mails: how many there are, and what came back. `bounced`: the address does not exist. */
      recent: z.object({ mails: z.int(), replied: z.int(), bounced: z.int() }),
    }),
    throws: ['mailbox.not_found'],
  }),

  /** Writes every mail into a folder on this machine instead of sending it. */
  addPractice: mutation({ input: Identity.partial(), output: Mailbox }),

  /** Signs in once before anything is saved. `mail.refused`: the server said no to the password. */
  addSmtp: mutation({
    input: z.object({
      address: z.string().max(320),
      ...Identity.shape,
      smtp: SmtpServer,
      imap: ImapServer.nullable().default(null),
      password: z.string().min(1).max(1_000),
    }),
    output: Mailbox,
    throws: [
      'mail.unreachable',
      'mail.refused',
      'mail.signed_out',
      'mailbox.address_taken',
      'mailbox.address_invalid',
      'secrets.unavailable',
    ],
  }),

  /** A new password for a mailbox that `needs_sign_in`; tried before it is saved. */
  signIn: mutation({
    input: z.object({ mailboxId: MailboxId, password: z.string().min(1).max(1_000) }),
    output: Mailbox,
    throws: ['mailbox.not_found', 'mailbox.kind_mismatch', ...OPENING],
  }),

  /** Other servers for an SMTP mailbox; tried before they are saved. `password` null keeps the stored one. */
  saveServers: mutation({
    input: z.object({
      mailboxId: MailboxId,
      smtp: SmtpServer,
      imap: ImapServer.nullable(),
      password: z.string().min(1).max(1_000).nullable(),
    }),
    output: Mailbox,
    throws: ['mailbox.not_found', 'mailbox.kind_mismatch', ...OPENING],
  }),

  /** `mailbox.never_opens`: these hours leave no minute to send in within the next year. */
  savePolicy: mutation({
    input: z.object({ mailboxId: MailboxId, policy: Policy }),
    output: Mailbox,
    throws: ['mailbox.not_found', 'mailbox.never_opens', 'mailbox.gap_reversed'],
  }),

  /** The plan as it is and as `savePolicy` would make it; nothing is kept. Refused as `savePolicy` would be. */
  whatIf: query({
    input: z.object({ mailboxId: MailboxId, policy: Policy }),
    output: Comparison,
    throws: ['mailbox.not_found', 'mailbox.never_opens', 'mailbox.gap_reversed'],
  }),

  saveIdentity: mutation({
    input: z.object({ mailboxId: MailboxId, ...Identity.shape }),
    output: Mailbox,
    throws: ['mailbox.not_found'],
  }),

  /** More addresses of the rep in this mailbox: mail from them is their own. */
  saveOwnAddresses: mutation({
    input: z.object({ mailboxId: MailboxId, addresses: z.array(z.string().trim().max(320)).max(50) }),
    output: Mailbox,
    throws: ['mailbox.not_found', 'mailbox.address_invalid'],
  }),

  /** Without a postal address and an opt-out sentence a real mailbox queues nothing (`dispatch.not_ready`). */
  saveSender: mutation({
    input: z.object({
      mailboxId: MailboxId,
      company: z.string().trim().max(200),
      postalAddress: z.string().trim().max(500),
      optOut: z.string().trim().max(500),
    }),
    output: Mailbox,
    throws: ['mailbox.not_found'],
  }),

  /** For when this computer goes to sleep. `mailbox.kind_mismatch`: its provider holds no mail, or it may not be read. */
  saveHandOver: mutation({
    input: z.object({ mailboxId: MailboxId, count: z.int().min(0).max(10) }),
    output: Mailbox,
    throws: ['mailbox.not_found', 'mailbox.kind_mismatch'],
  }),

  /**
   * Hands its next first mails to its provider now, until that holds `count`: it sends them at their times of the plan, also
   * while this computer sleeps. None is further away than 12 hours.
   */
  handOver: mutation({
    input: z.object({ mailboxId: MailboxId, count: z.int().min(1).max(10) }),
    output: z.object({
      /** How many went there just now. */
      handedOver: z.int(),
      mailbox: Mailbox,
    }),
    throws: ['mailbox.not_found', 'mailbox.kind_mismatch', ...OPENING],
  }),

  pause: mutation({ input: z.object({ mailboxId: MailboxId }), output: Mailbox, throws: ['mailbox.not_found'] }),

  resume: mutation({ input: z.object({ mailboxId: MailboxId }), output: Mailbox, throws: ['mailbox.not_found'] }),

  /** Refused with `mailbox.in_use` while mail waits in it. Its history stays. */
  remove: mutation({
    input: z.object({ mailboxId: MailboxId }),
    output: z.object({}),
    throws: ['mailbox.not_found', 'mailbox.in_use'],
  }),

  /** Countries and regions with known holidays. */
  holidayCountries: query({
    input: z.object({}),
    output: z.array(
      z.object({
        country: z.string(),
        name: z.string(),
        regions: z.array(z.object({ region: z.string(), name: z.string() })),
      }),
    ),
  }),

  /** What the practice mailbox "sent", newest first. */
  practiceMail: query({
    input: z.object({
      mailboxId: MailboxId,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(100).default(20),
    }),
    output: z.object({ rows: z.array(PracticeMail), total: z.int(), folder: z.string() }),
    throws: ['mailbox.not_found', 'mailbox.kind_mismatch'],
  }),

  /** Reads incoming mail now instead of within two minutes. */
  readNow: mutation({
    input: z.object({ mailboxId: MailboxId }),
    output: Mailbox,
    throws: ['mailbox.not_found', ...OPENING],
  }),
}
