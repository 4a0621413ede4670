import type { CampaignView, Campaigns } from '../engine/campaigns.ts'
import type { Dispatch } from '../engine/dispatch.ts'
import type { Obstacle } from '../engine/orders.ts'
import type { Campaign } from '#shared/contract/dispatch'
import type { PacemailHandlers } from '#shared/contract/index'
import type { SendStatus } from '#shared/domain/taxonomy'

/** The page shows at most this many obstacles; the count says how many there are. */
const MOST_OBSTACLES = 200

export function createDispatchApi(dispatch: Dispatch): PacemailHandlers['dispatch'] {
  return {
    check(order) {
      const { ready, obstacles, plan } = dispatch.check(order)
      return {
        ready,
        obstacles: obstacles.slice(0, MOST_OBSTACLES).map(obstacleView),
        obstacleCount: obstacles.length,
        plan: { ...plan, perDay: [...plan.perDay] },
      }
    },
    preview: ({ leadId, templateId, mailboxId }) => dispatch.preview(leadId, templateId, mailboxId),
    queue({ requestKey, name, acceptsFailedChecks, ...order }) {
      const { campaignId, queued, left } = dispatch.queue(order, { requestKey, name, acceptsFailedChecks })
      return { campaignId: campaignId as Campaign['id'], queued, left }
    },
  }
}

function obstacleView({ lead, reason, fields }: Obstacle) {
  const leadName = `${lead.firstName} ${lead.lastName}`.trim()
  return { leadId: lead.id, to: lead.email, leadName, reason, fields: [...fields] }
}

export function createCampaignsApi(campaigns: Campaigns): PacemailHandlers['campaigns'] {
  return {
    list: ({ limit }) => campaigns.list(limit).map(campaignView),
    get: ({ campaignId }) => campaignView(campaigns.get(campaignId)),
    pause: ({ campaignId }) => campaignView(campaigns.pause(campaignId)),
    resume: ({ campaignId }) => campaignView(campaigns.resume(campaignId)),
    cancel({ campaignId }) {
      const { campaign, stopped } = campaigns.cancel(campaignId)
      return { campaign: campaignView(campaign), stopped }
    },
  }
}

function campaignView({ record, byStatus, retrying, lastSendAt }: CampaignView): Campaign {
  const count = (status: SendStatus): number => byStatus.get(status) ?? 0
  return {
    id: record.id as Campaign['id'],
    name: record.name,
    status: record.status,
    templateName: record.templateName,
    mailboxId: record.mailboxId as Campaign['mailboxId'],
    scheduledAt: record.scheduledAt,
    createdAt: record.createdAt,
    progress: {
      total: [...byStatus.values()].reduce((sum, n) => sum + n, 0),
      pending: count('pending'),
      retrying,
      processing: count('processing'),
      sent: count('sent'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      skipped: count('skipped'),
      uncertain: count('uncertain'),
    },
    lastSendAt,
  }
}
