import type { SendStatus } from '#shared/domain/taxonomy'

export const QUEUE_TABS = ['waiting', 'uncertain', 'failed', 'sent', 'stopped'] as const
export type QueueTab = (typeof QUEUE_TABS)[number]

interface Tab {
  readonly label: string
  readonly statuses: readonly SendStatus[]
  readonly emptyTitle: string
  readonly emptyText: string
}

export const TABS: Readonly<Record<QueueTab, Tab>> = {
  waiting: {
    label: 'Waiting',
    statuses: ['pending', 'processing'],
    emptyTitle: 'Nothing is waiting',
    emptyText: 'Mail that you dispatch lines up here, with the time it will go and the reason it waits.',
  },
  uncertain: {
    label: 'Uncertain',
    statuses: ['uncertain'],
    emptyTitle: 'Nothing is uncertain',
    emptyText:
      'When a mail service breaks off before it answers, the mail comes here and you decide. It is never sent twice on a guess.',
  },
  failed: {
    label: 'Failed',
    statuses: ['failed'],
    emptyTitle: 'Nothing has failed',
    emptyText: 'Mail that was refused for good is kept here, with the reason, until you try it again.',
  },
  sent: {
    label: 'Sent',
    statuses: ['sent'],
    emptyTitle: 'Nothing sent yet',
    emptyText: 'Every mail that went out is listed here, newest first.',
  },
  stopped: {
    label: 'Skipped & cancelled',
    statuses: ['skipped', 'cancelled'],
    emptyTitle: 'Nothing skipped or cancelled',
    emptyText: 'Mail that a rule forbids, and mail that you took back, ends here with its reason.',
  },
}

/** How many sends a tab holds. */
export function tabCount(tab: QueueTab, byStatus: Partial<Record<SendStatus, number>>): number {
  return TABS[tab].statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0)
}
