import { useApi, useCall } from '../../api/hooks.ts'
import type { Wording } from './hand-edits.ts'
import type { Order } from './order.ts'

/** What the page needs to know before anything can be chosen. */
export function useDispatchBasics() {
  const templates = useApi('templates.list', { archived: false })
  const mailboxes = useApi('mailboxes.list', {})
  const facets = useApi('leads.facets', {})
  const status = useApi('app.status', {})
  return {
    templates: templates.data?.filter((template) => !template.isArchived),
    mailboxes: mailboxes.data,
    facets: facets.data,
    zone: status.data?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    error: templates.error ?? mailboxes.error,
    refetch: () => Promise.all([templates.refetch(), mailboxes.refetch()]),
  }
}

export type Basics = ReturnType<typeof useDispatchBasics>

/** Stands in for an order that is not complete; never sent. */
const NO_ORDER: Order = { selection: { by: 'ids', ids: [1] }, templateId: 1, mailboxId: 1, at: null }

/** How many would be queued, who not and why, and when; undefined while the order is not complete. */
export function useCheck(order: Order | null) {
  const check = useApi('dispatch.check', order ?? NO_ORDER, { enabled: order !== null, keepPrevious: true })
  return {
    check: order === null || check.isError ? undefined : check.data,
    error: order === null ? null : check.error,
    /** The figures belong to an earlier choice, or are not there yet. */
    isCounting: order !== null && (check.isPlaceholderData || check.isPending),
  }
}

export type Check = NonNullable<ReturnType<typeof useCheck>['check']>

export function useQueueCall() {
  return useCall('dispatch.queue')
}

interface MailOf {
  readonly leadId: number | null
  readonly templateId: number | null
  readonly mailboxId: number | null
  /** As the rep wrote it over; null: as the template has it. */
  readonly edit: Wording | null
  readonly at: Order['at']
}

/** One lead's mail, word for word. */
export function useMail({ leadId, templateId, mailboxId, edit, at }: MailOf) {
  const isComplete = leadId !== null && templateId !== null && mailboxId !== null
  return useApi(
    'dispatch.preview',
    { leadId: leadId ?? 1, templateId: templateId ?? 1, mailboxId: mailboxId ?? 1, edit, at },
    { enabled: isComplete },
  )
}

/** The newest send of each of these leads, by lead. */
export function useStates(leadIds: readonly number[]) {
  const input = { leadIds: [...leadIds], limit: 500 }
  const { data } = useApi('sends.list', input, { enabled: leadIds.length > 0, keepPrevious: true })
  const newest = new Map<number, NonNullable<typeof data>['rows'][number]>()
  for (const send of data?.rows ?? []) {
    const known = newest.get(send.leadId)
    if (known === undefined || known.id < send.id) newest.set(send.leadId, send)
  }
  return newest
}

/** Newest first. Those that have not started have nothing to show here. */
export function useCampaigns() {
  const campaigns = useApi('campaigns.list', { limit: 50 })
  return { ...campaigns, data: campaigns.data?.filter(({ status }) => status !== 'draft') }
}

export function useCampaign(campaignId: number) {
  return useApi('campaigns.get', { campaignId })
}

export function useCampaignCalls() {
  return {
    pause: useCall('campaigns.pause'),
    resume: useCall('campaigns.resume'),
    cancel: useCall('campaigns.cancel'),
  }
}
