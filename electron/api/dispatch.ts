import type { Dispatch } from '../engine/campaigns/dispatch.ts'
import type { Obstacle } from '../engine/campaigns/orders.ts'
import type { Campaign } from '#shared/contract/campaigns'
import type { Outlook } from '#shared/contract/dispatch'
import type { PacemailHandlers } from '#shared/contract/index'

/** The page shows at most this many obstacles; the count says how many there are. */
const MOST_OBSTACLES = 200

export function createDispatchApi(dispatch: Dispatch): PacemailHandlers['dispatch'] {
  return {
    check: (order) => outlookView(dispatch.check(order)),
    preview({ edit, at, ...of }) {
      const mail = dispatch.preview(of, { edit, at })
      return { ...mail, attachments: [...mail.attachments], aged: [...mail.aged] }
    },
    source: ({ words, ...of }) => dispatch.source(of, words),
    queue({ requestKey, name, acceptsFailedChecks, ...order }) {
      const { campaignId, queued, left } = dispatch.queue(order, { requestKey, name, acceptsFailedChecks })
      return { campaignId: campaignId as Campaign['id'], queued, left }
    },
  }
}

export function outlookView({ ready, obstacles, plan, moved }: ReturnType<Dispatch['check']>): Outlook {
  return {
    ready,
    obstacles: obstacleViews(obstacles),
    obstacleCount: obstacles.length,
    plan: { ...plan, perDay: [...plan.perDay] },
    moved: { ...moved, ends: moved.ends.map(({ name, from, to }) => ({ name, from, to })) },
  }
}

export function obstacleViews(obstacles: readonly Obstacle[]): Outlook['obstacles'] {
  return obstacles.slice(0, MOST_OBSTACLES).map(obstacleView)
}

function obstacleView({ lead, reason, fields }: Obstacle) {
  const leadName = `${lead.firstName} ${lead.lastName}`.trim()
  return { leadId: lead.id, to: lead.email, leadName, reason, fields: [...fields] }
}
