import { z } from 'zod'
import { AgedCode } from '../domain/ageing-claims.ts'
import { CampaignId, LeadId, MailboxId, SendId } from '../domain/ids.ts'
import {
  EventKind,
  GateName,
  LookFinding,
  LookPlace,
  NeverCode,
  SendOutcome,
  SendPriority,
  SendStage,
  SendStatus,
  WaitCode,
} from '../domain/taxonomy.ts'
import { ActivityEntry } from './app.ts'
import { mutation, query } from './define.ts'
import { AttachedFile, TemplateContent } from './templates.ts'
import { LocalDate } from '../domain/policy.ts'
import { WallTime } from './wall-time.ts'

/** When a waiting send goes and the one thing it waits for. */
export const Wait = z.object({
  code: WaitCode,
  /** The forecast, epoch ms; null: it depends on the rep (paused) or nothing opens within a year. */
  at: z.int().nullable(),
  /** How many sends of the same mailbox go before it. */
  ahead: z.int(),
  /** Already known to be forbidden when its turn comes (for example the cool-down after a mail before it); else null. */
  willSkip: NeverCode.nullable(),
})
export type Wait = z.infer<typeof Wait>

export const Send = z.object({
  id: SendId,
  campaignId: CampaignId,
  campaignName: z.string(),
  /** Counted from 0. */
  step: z.int(),
  /** Which of the step's texts, counted from 0. */
  variant: z.int(),
  leadId: LeadId,
  mailboxId: MailboxId,
  to: z.string(),
  leadName: z.string(),
  company: z.string(),
  subject: z.string(),
  status: SendStatus,
  stage: SendStage.nullable(),
  outcome: SendOutcome,
  priority: SendPriority,
  attempts: z.int(),
  /** Pending sends only. */
  wait: Wait.nullable(),
  /** Skipped sends only. */
  skipped: NeverCode.nullable(),
  /** Failed, retrying and uncertain sends: the code and the provider's own number, never its text. */
  failure: z.object({ code: z.string(), providerCode: z.string().nullable() }).nullable(),
  /** Epoch ms: the rep's date; null for "now". */
  scheduledAt: z.int().nullable(),
  /** Epoch ms at which the provider was asked, or is to send by itself what was handed over to it; null before. */
  startedAt: z.int().nullable(),
  finishedAt: z.int().nullable(),
  createdAt: z.int(),
})
export type Send = z.infer<typeof Send>

/** Words that are no longer true, with their place: offsets in the part, `from` included, `to` excluded. */
export const AgedWords = z.object({
  part: z.enum(['subject', 'text']),
  from: z.int(),
  to: z.int(),
  code: AgedCode,
  text: z.string(),
})

/** One line of a send's story. */
export const SendEvent = z.object({ at: z.int(), kind: EventKind, data: z.record(z.string(), z.unknown()) })

/** One look into a mailbox for an uncertain send. */
export const SendLook = z.object({
  at: z.int(),
  found: LookFinding,
  /** Why there was no answer: an error code; else null. */
  code: z.string().nullable(),
  places: z.array(LookPlace),
  /** The how-manieth in a row with this finding; not each of a long row is kept. */
  times: z.int(),
  byRep: z.boolean(),
})
export type SendLook = z.infer<typeof SendLook>

export const SendSelection = z.discriminatedUnion('by', [
  z.object({ by: z.literal('ids'), ids: z.array(SendId).min(1).max(10_000) }),
  z.object({ by: z.literal('campaign'), campaignId: CampaignId }),
  z.object({ by: z.literal('everything') }),
])
export type SendSelection = z.infer<typeof SendSelection>

/** One mail on the line of its mailbox. */
export const DayMark = z.object({
  sendId: SendId,
  /** When it went, was begun, or will go by the forecast, epoch ms. */
  at: z.int(),
  kind: z.enum(['sent', 'sending', 'planned']),
  to: z.string(),
  leadName: z.string(),
  company: z.string(),
  /** Planned ones only. */
  wait: Wait.nullable(),
})
export type DayMark = z.infer<typeof DayMark>

export const MailboxDay = z.object({
  mailboxId: MailboxId,
  address: z.string(),
  /** When it is open on that day, epoch ms, `to` excluded. */
  open: z.array(z.object({ from: z.int(), to: z.int() })),
  hourlyCap: z.int(),
  dailyCap: z.int(),
  /** The soonest first; at most 500 sent and 500 planned. */
  marks: z.array(DayMark),
  /** Mails of this mailbox, of whatever day, for which nothing says when they go, by what they wait for. */
  held: z.array(z.object({ code: WaitCode, count: z.int() })),
})
export type MailboxDay = z.infer<typeof MailboxDay>

const Moved = z.object({
  changed: z.int(),
  /** Too late or without meaning for these. */
  kept: z.int(),
})

export const sends = {
  /** Waiting ones in the order they will go; finished ones newest first. */
  list: query({
    input: z.object({
      status: z.array(SendStatus).max(7).default([]),
      mailboxId: MailboxId.nullable().default(null),
      campaignId: CampaignId.nullable().default(null),
      leadIds: z.array(LeadId).max(1_000).nullable().default(null),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(Send), total: z.int() }),
  }),

  /** One send whole: the mail as it is or will be sent, and its story, oldest first. */
  get: query({
    input: z.object({ sendId: SendId }),
    output: z.object({
      send: Send,
      mail: z.object({ subject: z.string(), text: z.string(), html: z.string().nullable() }),
      /** What it carries. */
      attachments: z.array(AttachedFile),
      /** Words of a waiting mail that will not be true any more by its forecast; without one, that are not true now. */
      aged: z.array(AgedWords),
      events: z.array(SendEvent),
    }),
    throws: ['send.not_found'],
  }),

  /** Why a waiting mail goes when it goes. */
  explain: query({
    input: z.object({ sendId: SendId }),
    output: z.object({
      /** In the order in which they are asked; empty for a mail that does not wait. */
      gates: z.array(
        z.object({
          gate: GateName,
          say: z.enum(['pass', 'wait', 'later', 'hold', 'never']),
          /** Null where it says `pass`. */
          because: z.union([WaitCode, NeverCode]).nullable(),
          /** Epoch ms; null: not a matter of time. */
          until: z.int().nullable(),
        }),
      ),
      /** With the shortest and the longest pauses between mails, epoch ms; null: nobody can say. */
      range: z.object({ from: z.int(), to: z.int() }).nullable(),
      /** How its time has changed since it was queued, newest first; a quarter of an hour is the least. */
      changes: z.array(
        z.object({
          /** When the change was noted, epoch ms. */
          notedAt: z.int(),
          /** Epoch ms; null: it depended on the rep. */
          from: z.int().nullable(),
          to: z.int().nullable(),
          /** What caused it; null: time passed otherwise than foreseen. */
          cause: ActivityEntry.nullable(),
        }),
      ),
    }),
    throws: ['send.not_found'],
  }),

  counts: query({
    input: z.object({}),
    output: z.object({
      byStatus: z.record(SendStatus, z.int()),
      /** Planned sends by local day of the machine's zone, `YYYY-MM-DD`, the next 14 days with any. */
      byDay: z.array(z.object({ date: z.string(), planned: z.int(), sent: z.int() })),
    }),
  }),

  /** One day of every mailbox, as a picture of it is drawn: when it may send, what went, and what is planned. */
  day: query({
    /** A date of the machine's zone. */
    input: z.object({ date: LocalDate }),
    output: z.object({
      /** The day itself, epoch ms. */
      from: z.int(),
      to: z.int(),
      mailboxes: z.array(MailboxDay),
    }),
    throws: ['request.invalid'],
  }),

  /** What has been asked of a provider cannot be cancelled, but for what it holds and can be taken back; the rest is counted in `kept`. */
  cancel: mutation({
    input: z.object({ selection: SendSelection }),
    output: Moved.extend({
      /** Of `kept`: its provider holds it, and did not give it back. It may still leave. */
      notTakenBack: z.int(),
    }),
  }),

  /**
   * A waiting mail as one can write it: formatted mail with its marks, what is dated at dispatch as its field. Once it is
   * being handed over: `send.too_late`.
   */
  source: query({
    input: z.object({ sendId: SendId }),
    output: z.object({ source: TemplateContent, revision: z.int() }),
    throws: ['send.not_found', 'send.too_late'],
  }),

  /**
   * Another text for one waiting mail, in the format it has. `revision` as `source` gave it: `send.changed` when the send has
   * moved since. Of fields it may hold those that are dated at dispatch.
   */
  edit: mutation({
    input: z.object({
      sendId: SendId,
      revision: z.int(),
      subject: TemplateContent.shape.subject,
      body: TemplateContent.shape.body,
    }),
    output: Send,
    throws: ['send.not_found', 'send.too_late', 'send.changed', 'template.invalid'],
  }),

  prioritise: mutation({ input: z.object({ selection: SendSelection, priority: SendPriority }), output: Moved }),

  /** Waiting ones that are not to go, although the sequence goes on without them. */
  leaveOut: mutation({ input: z.object({ selection: SendSelection }), output: Moved }),

  /** The rep's own date for waiting ones. */
  reschedule: mutation({
    input: z.object({ selection: SendSelection, at: WallTime }),
    output: Moved,
    throws: ['dispatch.in_the_past', 'dispatch.no_such_time'],
  }),

  /** Waiting ones that stand aside because their text has aged, their time was missed or they may have left before: they go as they are. */
  release: mutation({ input: z.object({ selection: SendSelection }), output: Moved }),

  /** Failed sends only, on the rep's word: back to the queue. */
  retry: mutation({ input: z.object({ selection: SendSelection }), output: Moved }),

  /** The rep decides an uncertain send: it was sent, or send it again. */
  settle: mutation({
    input: z.object({ sendId: SendId, wasSent: z.boolean() }),
    output: Send,
    throws: ['send.not_found', 'send.not_uncertain'],
  }),

  /** Has the mailbox looked at now for an uncertain send, and says what was found. What that proves has its effect at once. */
  lookAgain: mutation({
    input: z.object({ sendId: SendId }),
    output: z.object({
      /** `too_early`: the provider cannot know yet; `never`: this mailbox cannot be looked at. */
      found: z.union([LookFinding, z.enum(['too_early', 'never'])]),
      /** Why there was no answer: an error code; else null. */
      code: z.string().nullable(),
      /** When it is looked for next, epoch ms; null: not by itself. */
      nextLookAt: z.int().nullable(),
      send: Send,
    }),
    throws: [
      'send.not_found',
      'send.not_uncertain',
      'mailbox.not_found',
      'mail.signed_out',
      'mail.unreachable',
      'secrets.unavailable',
    ],
  }),

  /** The evidence about sends: the latest looks for each, oldest first. */
  looks: query({
    input: z.object({ sendIds: z.array(SendId).max(100) }),
    output: z.array(z.object({ sendId: SendId, looks: z.array(SendLook) })),
  }),
}
