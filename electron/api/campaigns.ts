import type { CampaignPeople, Person } from '../engine/campaigns/campaign-people.ts'
import type { CampaignLeads } from '../engine/campaigns/campaign-leads.ts'
import type { CampaignPlans } from '../engine/campaigns/campaign-plans.ts'
import type { Campaigns, CampaignView } from '../engine/campaigns/campaigns.ts'
import type { DraftMails } from '../engine/campaigns/draft-mails.ts'
import type {
  Campaign,
  CampaignStep,
  DraftMail,
  Person as ShownPerson,
  VariantResult,
} from '#shared/contract/campaigns'
import type { PacemailHandlers } from '#shared/contract/index'
import { HOUR_MS } from '#shared/domain/pacing'
import type { SendStatus } from '#shared/domain/taxonomy'
import { obstacleViews, outlookView } from './dispatch.ts'
import { whatIfView } from './plans.ts'
import { waitView } from './sends.ts'

export interface CampaignRooms {
  readonly campaigns: Campaigns
  readonly campaignLeads: CampaignLeads
  readonly campaignPlans: CampaignPlans
  readonly campaignPeople: CampaignPeople
  readonly draftMails: DraftMails
}

export function createCampaignsApi(rooms: CampaignRooms): PacemailHandlers['campaigns'] {
  return { ...lifeOf(rooms), ...plansOf(rooms), ...peopleOf(rooms) }
}

function lifeOf({ campaigns }: CampaignRooms) {
  return {
    list: ({ limit, archived }) => campaigns.list({ limit, isArchived: archived }).map(campaignView),
    get: ({ campaignId }) => campaignView(campaigns.get(campaignId)),
    standing: ({ campaignId }) => campaigns.standing(campaignId),
    pause: ({ campaignId }) => campaignView(campaigns.pause(campaignId)),
    resume: ({ campaignId }) => campaignView(campaigns.resume(campaignId)),
    cancel({ campaignId }) {
      const { campaign, stopped } = campaigns.cancel(campaignId)
      return { campaign: campaignView(campaign), stopped }
    },
    retryFailed({ campaignId }) {
      const { campaign, retried } = campaigns.retryFailed(campaignId)
      return { campaign: campaignView(campaign), retried }
    },
    archive: ({ campaignId, isArchived }) => campaignView(campaigns.archive(campaignId, isArchived)),
  } satisfies Partial<PacemailHandlers['campaigns']>
}

function plansOf({ campaigns, campaignLeads: leads, campaignPlans: plans }: CampaignRooms) {
  const shown = (campaignId: number): Campaign => campaignView(campaigns.get(campaignId))
  return {
    create: (plan) => shown(plans.create(plan)),
    change({ campaignId, cameFrom, ...plan }) {
      const changes = plans.change(campaignId, plan, cameFrom)
      return { campaign: shown(campaignId), ...changes }
    },
    whatIf: ({ campaignId, ...plan }) => whatIfView(plans.whatIf(campaignId, plan)),
    example: (of) => plans.example(of),
    checkLeads: ({ campaignId, selection }) => outlookView(leads.checkLeads(campaignId, selection)),
    addLeads: ({ campaignId, selection, ...accepts }) => leads.addLeads(campaignId, selection, accepts),
    check: ({ campaignId }) => outlookView(leads.check(campaignId)),
    start({ campaignId, ...accepts }) {
      const started = leads.start(campaignId, accepts)
      return { campaign: shown(campaignId), ...started }
    },
    duplicate: ({ campaignId }) => shown(plans.duplicate(campaignId)),
  } satisfies Partial<PacemailHandlers['campaigns']>
}

function peopleOf({ campaignPeople, draftMails }: CampaignRooms) {
  return {
    people({ campaignId, statuses, offset, limit }) {
      const { rows, total } = campaignPeople.page({ campaignId, statuses }, { offset, limit })
      return { rows: rows.map(personView), total }
    },
    draftMails: ({ campaignId, leadId }) => draftMails.show(campaignId, leadId).map(draftMailView),
    writeDraftMail({ campaignId, ...draft }) {
      draftMails.save(campaignId, draft)
      return {}
    },
    pausePeople: ({ campaignId, leadIds }) => ({ changed: campaignPeople.pause(campaignId, leadIds) }),
    resumePeople: ({ campaignId, leadIds }) => ({ changed: campaignPeople.resume(campaignId, leadIds) }),
    removePeople: ({ campaignId, leadIds }) => ({ changed: campaignPeople.remove(campaignId, leadIds) }),
    putBackPeople({ campaignId, leadIds }) {
      const { changed, left } = campaignPeople.putBack(campaignId, leadIds)
      return { changed, left: obstacleViews(left), leftCount: left.length }
    },
  } satisfies Partial<PacemailHandlers['campaigns']>
}

function campaignView(view: CampaignView): Campaign {
  const { record, byStatus, byOutcome, people } = view
  const count = (status: SendStatus): number => byStatus.get(status) ?? 0
  return {
    id: record.id as Campaign['id'],
    name: record.name,
    status: record.status,
    pausedBecause: record.status === 'paused' ? record.pausedBecause : null,
    steps: stepViews(view),
    mailboxIds: record.mailboxIds.map((id) => id as Campaign['mailboxIds'][0]),
    priority: record.priority,
    useLeadZone: record.useLeadZone,
    missed: record.missed,
    expiresAfterHours: record.expiresAfterMs === null ? null : record.expiresAfterMs / HOUR_MS,
    scheduledAt: record.scheduledAt,
    createdAt: record.createdAt,
    archivedAt: record.archivedAt,
    endedAt: record.endedAt,
    progress: {
      total: sum(byStatus.values()),
      pending: count('pending'),
      retrying: view.retrying,
      processing: count('processing'),
      sent: count('sent'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      skipped: count('skipped'),
      uncertain: count('uncertain'),
      bounced: byOutcome.get('bounced') ?? 0,
      replied: byOutcome.get('replied') ?? 0,
      optedOut: byOutcome.get('opted_out') ?? 0,
    },
    sentLatelyAt: [...view.sentLatelyAt],
    people: { total: sum(people.values()), byStatus: Object.fromEntries(people) },
    lastSendAt: view.lastSendAt,
  }
}

function stepViews({ steps, results, edits }: CampaignView): CampaignStep[] {
  return steps.map(({ step, delay, threading, variants }) => {
    const byHand = edits.filter((edit) => edit.step === step)
    const sent = results.filter((each) => each.step === step)
    const isUsed = ({ templateVersionId: id }: TextResult): boolean =>
      variants.some((text) => text.templateVersionId === id)
    return {
      delay,
      threading,
      variants: variants.map((text) =>
        resultView(sent.find((each) => each.templateVersionId === text.templateVersionId) ?? { ...text, ...NONE_SENT }),
      ),
      earlier: sent.filter((each) => !isUsed(each)).map(resultView),
      byHand: byHand.length,
      byHandOld: byHand.filter(({ isOld }) => isOld).length,
    }
  })
}

type TextResult = CampaignView['results'][number]

const NONE_SENT = { sent: 0, replied: 0, bounced: 0, optedOut: 0 }

function resultView({ templateVersionId, templateId, ...rest }: Omit<TextResult, 'step'>): VariantResult {
  const { templateName, version, sent, replied, bounced, optedOut } = rest
  return {
    templateId: templateId as VariantResult['templateId'],
    templateName,
    versionId: templateVersionId as VariantResult['versionId'],
    version,
    sent,
    replied,
    bounced,
    optedOut,
  }
}

function draftMailView({ templateId, attachments, aged, ...mail }: ReturnType<DraftMails['show']>[0]): DraftMail {
  return { ...mail, templateId: templateId as DraftMail['templateId'], attachments: [...attachments], aged: [...aged] }
}

function personView({ enrolment, sends, edits }: Person): ShownPerson {
  return {
    leadId: enrolment.leadId as ShownPerson['leadId'],
    leadName: enrolment.leadName,
    email: enrolment.email,
    company: enrolment.company,
    status: enrolment.status,
    heldUntil: enrolment.heldUntil,
    mailboxId: enrolment.mailboxId as ShownPerson['mailboxId'],
    steps: sends.map((send) => ({
      sendId: send.id as ShownPerson['steps'][0]['sendId'],
      step: send.step,
      variant: send.variant,
      status: send.status,
      stage: send.stage,
      outcome: send.outcome,
      skipped: send.skippedCode,
      finishedAt: send.finishedAt,
      wait: waitView(send),
    })),
    byHand: edits.map(({ step, isOld }) => ({ step, isOld })),
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, n) => all + n, 0)
}
