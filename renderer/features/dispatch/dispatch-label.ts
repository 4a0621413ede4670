import type { Campaign } from '#shared/contract/campaigns'

/** Where the dispatch of a selection stands before there is a campaign. */
export interface Choosing {
  /** How many would be queued; null while that is being counted. */
  readonly ready: number | null
  readonly isScheduled: boolean
  readonly isBusy: boolean
}

/** The words of the big button. */
export function dispatchLabel({ ready, isScheduled, isBusy }: Choosing): string {
  if (isBusy) return 'Dispatching…'
  const verb = isScheduled ? 'Schedule all' : 'Dispatch all'
  return ready === null ? verb : `${verb} (${ready.toLocaleString('en')})`
}

type Progress = Campaign['progress']

/** Sends that will still move by themselves. */
export function stillMoving(progress: Progress): number {
  return progress.pending + progress.processing
}

/** The words over the progress bar, in the place where the button was. */
export function campaignLabel({ status, progress }: Pick<Campaign, 'status' | 'progress'>): string {
  if (status === 'cancelled' && stillMoving(progress) === 0) return 'Campaign cancelled'
  if (stillMoving(progress) > 0) {
    const words = status === 'paused' ? 'Paused' : 'Queued'
    return `${words} (${figure(progress.sent)}/${figure(progress.total)} sent)`
  }
  if (progress.sent === 0) return 'Nothing was sent'
  return 'All emails dispatched'
}

/** What became of the rest, said plainly; empty when every mail was sent or is on its way. */
export function campaignRemarks(progress: Progress): string[] {
  const remarks = [
    count(progress.retrying, 'being tried again'),
    count(progress.failed, 'failed'),
    count(progress.skipped, 'skipped because a rule forbids them'),
    count(progress.cancelled, 'cancelled'),
    count(progress.uncertain, 'uncertain: you decide in the queue'),
  ]
  const found = remarks.filter((remark) => remark !== null)
  return found.length > 0 && stillMoving(progress) === 0 ? [`${figure(progress.sent)} sent`, ...found] : found
}

function count(value: number, words: string): string | null {
  return value === 0 ? null : `${figure(value)} ${words}`
}

function figure(value: number): string {
  return value.toLocaleString('en')
}
