/** What a campaign sends, and how: made as a draft, and changed while it runs. */
import { tryOut, write, type Writer } from '#db/open'
import {
  type CampaignOptions,
  insertCampaign,
  listSteps,
  setCampaignMailboxes,
  setSteps,
  updateCampaign,
} from '#db/queries/campaigns'
import { insertEvent } from '#db/queries/events'
import { listSendIds } from '#db/queries/send-views'
import type { CampaignPlan } from '#shared/contract/campaigns'
import { HOUR_MS } from '#shared/domain/pacing'
import type { StepDelay } from '#shared/domain/step-delay'
import { momentOfWallTime, type WallTime } from '#shared/domain/wall-time'
import { AppError } from '#shared/errors'
import { type Changes, type ChangesDeps, changeSteps, type Changing } from './campaign-changes.ts'
import type { EngineContext } from '../context.ts'
import { isOver, mustFindCampaign } from './campaign-leads.ts'
import { tryChange } from './campaign-trial.ts'
import { stepsOf } from './dispatch.ts'
import type { Forecasts, QueueChange } from '../planning/forecast.ts'
import { momentOf, type Orders } from './orders.ts'
import type { Calendars } from '../planning/calendars.ts'
import { sequenceExample, type SequenceExample } from '../planning/sequence-example.ts'
import { figuresOf, type WhatIf } from '../planning/what-if.ts'

/** Every call throws `campaign.not_found`, and what a plan that cannot be sent throws. */
export interface CampaignPlans {
  /** Answers the new draft's id. */
  create(plan: CampaignPlan): number
  /** Throws `campaign.over`. `cameFrom`: of each step the place that it had, null for a new one; null: nothing has moved. */
  change(campaignId: number, plan: CampaignPlan, cameFrom?: readonly (number | null)[] | null): Changes
  /** The plan of its waiting mail as it is and as `change` would make it, dates by the machine's zone. Nothing is kept. */
  whatIf(campaignId: number, plan: CampaignPlan): WhatIf
  /** When one person would get each mail, were it started now or at its date, from this mailbox. Throws `mailbox.not_found`. */
  example(of: {
    readonly delays: readonly StepDelay[]
    readonly mailboxId: number
    readonly at: WallTime | null
  }): SequenceExample
  /** Answers the new draft's id. */
  duplicate(campaignId: number): number
}

export interface CampaignPlansDeps
  extends Pick<EngineContext, 'db' | 'clock' | 'publish' | 'random'>, Omit<ChangesDeps, 'db' | 'clock'> {
  readonly calendars: Calendars
  readonly forecasts: Forecasts
  readonly orders: Orders
  readonly installSecret: () => string
  /** The plan changed: look again. */
  readonly replan: () => void
}

export function createCampaignPlans(deps: CampaignPlansDeps): CampaignPlans {
  const { db, clock } = deps

  /** Throws where it could not be sent as it stands. */
  function optionsOf(plan: CampaignPlan, isNew: boolean): CampaignOptions {
    const { name, at, priority, useLeadZone, missed, expiresAfterHours } = plan
    for (const { templateIds } of plan.steps) for (const id of templateIds) deps.orders.sound(id)
    for (const id of plan.mailboxIds) deps.mailboxes.get(id)
    return {
      name,
      // A campaign that runs keeps a date that has passed.
      scheduledAt: momentOf(at, isNew ? clock.now() : 0),
      priority,
      useLeadZone,
      missed,
      expiresAfterMs: missed === 'expire' ? (expiresAfterHours ?? 24) * HOUR_MS : null,
    }
  }

  function create(plan: CampaignPlan): number {
    const options = optionsOf(plan, true)
    const now = clock.now()
    const campaignId = write(db, (tx) => {
      const id = insertCampaign(tx, {
        ...options,
        status: 'draft',
        requestKey: deps.random.id(),
        createdAt: now,
      })
      setCampaignMailboxes(tx, id, plan.mailboxIds)
      setSteps(tx, id, versionsOf(plan))
      insertEvent(tx, { at: now, kind: 'campaign_created', campaignId: id })
      return id
    })
    deps.publish({ type: 'campaigns.changed', campaignId })
    return campaignId
  }

  function versionsOf({ steps }: Pick<CampaignPlan, 'steps'>) {
    const templates = steps.map(({ templateIds }) => templateIds.map(deps.orders.sound))
    return stepsOf({ steps: normal(steps) }, { templates })
  }

  /** Stores a plan in a transaction; throws before that where it could not be sent. */
  function storing(
    campaignId: number,
    plan: CampaignPlan,
    cameFrom: readonly (number | null)[] | null,
  ): (tx: Writer, isTriedOut: boolean) => Changing {
    const record = mustFindCampaign(db, campaignId)
    if (isOver(record)) throw new AppError('campaign.over', `campaign ${campaignId} is ${record.status}`)
    const options = optionsOf(plan, false)
    const steps = versionsOf(plan)
    return (tx, isTriedOut) => {
      const before = listSteps(tx, campaignId)
      updateCampaign(tx, campaignId, options)
      setCampaignMailboxes(tx, campaignId, plan.mailboxIds)
      setSteps(tx, campaignId, steps)
      const changedRecord = mustFindCampaign(tx, campaignId)
      const hasNewPriority = changedRecord.priority !== record.priority
      const after = listSteps(tx, campaignId)
      return { record: changedRecord, before, after, cameFrom, hasNewPriority, isTriedOut }
    }
  }

  function change(campaignId: number, plan: CampaignPlan, cameFrom: readonly (number | null)[] | null = null): Changes {
    const store = storing(campaignId, plan, cameFrom)
    const now = clock.now()
    const changes = write(db, (tx) => {
      const made = changeSteps(tx, { ...deps, now }, store(tx, false))
      insertEvent(tx, { at: now, kind: 'campaign_changed', campaignId, data: { ...made } })
      return made
    })
    changed(campaignId)
    return changes
  }

  function whatIf(campaignId: number, plan: CampaignPlan): WhatIf {
    const { forecasts } = deps
    const store = storing(campaignId, plan, null)
    const waiting = pendingIds(campaignId)
    const before = forecasts.ofSends(waiting)
    return tryOut(db, (tx) => {
      const changing = store(tx, true)
      const now = clock.now()
      const trial = tryChange(tx, { ...deps, waitingIn: forecasts.waitingIn, now }, changing)
      if (!trial) changeSteps(tx, { ...deps, now }, changing)
      const planned = trial ? forecasts.with(trial) : forecasts.anew()
      const ids = trial ? [...waiting, ...addedIds(trial)] : pendingIds(campaignId)
      const after = ids.flatMap((id) => planned.get(id) ?? [])
      return { before: figuresOf(before, clock.zone()), after: figuresOf(after, clock.zone()) }
    })
  }

  function example({ delays, mailboxId, at }: Parameters<CampaignPlans['example']>[0]): SequenceExample {
    const mailbox = deps.mailboxes.get(mailboxId)
    const startAt = Math.max(clock.now(), (at && momentOfWallTime(at)) ?? 0)
    const zone = mailbox.policy.zone || clock.zone()
    return sequenceExample(deps.calendars, { delays, mailbox, startAt, zone })
  }

  function pendingIds(campaignId: number): number[] {
    return listSendIds(db, { statuses: ['pending'], campaignId, mailboxId: null, leadIds: null })
  }

  function duplicate(campaignId: number): number {
    const { name, mailboxIds, priority, useLeadZone, missed, expiresAfterMs } = mustFindCampaign(db, campaignId)
    return create({
      name: `${name} (copy)`.slice(0, 100),
      steps: listSteps(db, campaignId).map(({ delay, threading, variants }) => ({
        delay,
        threading,
        templateIds: variants.map(({ templateId }) => templateId as CampaignPlan['steps'][0]['templateIds'][0]),
      })),
      mailboxIds: mailboxIds.map((id) => id as CampaignPlan['mailboxIds'][0]),
      at: null,
      priority,
      useLeadZone,
      missed,
      expiresAfterHours: expiresAfterMs === null ? null : expiresAfterMs / HOUR_MS,
    })
  }

  function changed(campaignId: number): void {
    deps.publish({ type: 'campaigns.changed', campaignId })
    deps.publish({ type: 'sends.changed' })
    deps.replan()
  }

  return {
    create,
    change,
    whatIf,
    example,
    duplicate,
  }
}

function addedIds({ more }: QueueChange): number[] {
  return [...(more?.values() ?? [])].flatMap((sends) => sends.map(({ sendId }) => sendId))
}

/** The first mail waits for none and answers none. */
function normal(steps: CampaignPlan['steps']): CampaignPlan['steps'] {
  return steps.map((step, index) =>
    index === 0 ? { ...step, delay: { days: 0, unit: 'days' as const }, threading: 'new' as const } : step,
  )
}
