import { QUEUE_TABS, TABS, type QueueTab } from './tabs.ts'

/** What the address asks the queue to show. */
export interface QueueSearch {
  readonly tab: QueueTab
  readonly campaignId: number | null
  readonly mailboxId: number | null
  /** The send whose story is open. */
  readonly sendId: number | null
}

/** `?status=failed&campaign=3&mailbox=1&send=77`; a status stands for the tab that holds it. */
export function readQueueSearch(search: unknown): QueueSearch {
  const given: Record<string, unknown> = typeof search === 'object' && search !== null ? { ...search } : {}
  const { status, campaign, mailbox, send } = given
  return { tab: readTab(status), campaignId: readId(campaign), mailboxId: readId(mailbox), sendId: readId(send) }
}

/** The address of the page: only what differs from everything that waits. */
export interface QueueAddress {
  readonly status?: string
  readonly campaign?: number
  readonly mailbox?: number
  readonly send?: number
}

/** The same as an address; what says nothing stays out of it. */
export function writeQueueSearch({ tab, campaignId, mailboxId, sendId }: QueueSearch): QueueAddress {
  return {
    ...(tab === 'waiting' ? {} : { status: tab }),
    ...(campaignId === null ? {} : { campaign: campaignId }),
    ...(mailboxId === null ? {} : { mailbox: mailboxId }),
    ...(sendId === null ? {} : { send: sendId }),
  }
}

function readTab(value: unknown): QueueTab {
  return QUEUE_TABS.find((tab) => tab === value || TABS[tab].statuses.some((status) => status === value)) ?? 'waiting'
}

function readId(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}
