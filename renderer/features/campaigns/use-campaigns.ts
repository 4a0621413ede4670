import type { Campaign } from '#shared/contract/campaigns'
import type { EnrolmentStatus } from '#shared/domain/taxonomy'
import type { InputAt, OutputAt } from '../../api/paths.ts'
import { useApi, useCall, useCallOnce } from '../../api/hooks.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatCount } from '../../ui/format.ts'
import { putBackWords } from './person-words.ts'
import { confirmChecks } from '../../ui/confirm-checks.tsx'
import { showNote } from '../../ui/note.ts'

export type Selection = InputAt<'campaigns.checkLeads'>['selection']

export function useCampaigns(isArchived: boolean) {
  return useApi('campaigns.list', { limit: 200, archived: isArchived }, { keepPrevious: true })
}

export function useCampaign(campaignId: number) {
  return useApi('campaigns.get', { campaignId })
}

/** What the editor offers to choose from. */
export function useEditorBasics() {
  const templates = useApi('templates.list', { archived: false })
  const mailboxes = useApi('mailboxes.list', {})
  const status = useApi('app.status', {})
  return {
    templates: templates.data,
    mailboxes: mailboxes.data,
    zone: status.data?.zone,
    error: templates.error ?? mailboxes.error ?? status.error,
    refetch: () => Promise.all([templates.refetch(), mailboxes.refetch(), status.refetch()]),
  }
}

export function useFacets() {
  return useApi('leads.facets', {}).data
}

/** What starting a draft would do; asked once somebody is in it. */
export function useStartCheck(campaignId: number, isAsked: boolean) {
  return useApi('campaigns.check', { campaignId }, { enabled: isAsked, keepPrevious: true })
}

/** Stands in while nothing is chosen; never sent. */
const NOBODY: Selection = { by: 'ids', ids: [1] }

/** What adding these leads would do. */
export function useLeadsCheck(campaignId: number, selection: Selection | null) {
  return useApi(
    'campaigns.checkLeads',
    { campaignId, selection: selection ?? NOBODY },
    { enabled: selection !== null, keepPrevious: true },
  )
}

export type SequenceDays = OutputAt<'campaigns.example'>

/** A sequence on the days of a mailbox. */
export function useExample(of: InputAt<'campaigns.example'>) {
  return useApi('campaigns.example', of, { keepPrevious: true })
}

/** Whose hours its days are shown by; left out: none of its mailboxes is there any more, or they are read. */
export function useFirstMailbox({ mailboxIds }: Pick<Campaign, 'mailboxIds'>) {
  const { data } = useApi('mailboxes.list', {})
  return mailboxIds.map((id) => data?.find((mailbox) => mailbox.id === id)).find((mailbox) => mailbox !== undefined)
}

/** How many people get each mail next. */
export function useStanding(campaignId: Campaign['id']) {
  return useApi('campaigns.standing', { campaignId }).data
}

/** What a change of a running campaign would bring; asked only where there is one. */
export function useCampaignWhatIf(change: InputAt<'campaigns.whatIf'> | null) {
  return useApi('campaigns.whatIf', change ?? NO_CHANGE, { enabled: change !== null, keepPrevious: true })
}

/** Stands in while nothing is changed; never sent. */
const NO_CHANGE: InputAt<'campaigns.whatIf'> = { campaignId: 1, name: '', steps: [], mailboxIds: [], at: null }

/** The people of a campaign around row `first`. */
export function usePeople(campaignId: number, statuses: readonly EnrolmentStatus[], first: number) {
  return usePages('campaigns.people', { campaignId, statuses: [...statuses] }, { first })
}

/** Every mail of one person of a draft. */
export function useDraftMails(campaignId: number, leadId: number) {
  return useApi('campaigns.draftMails', { campaignId, leadId }, { keepPrevious: true })
}

/** `quiet`: a failure is shown where the rep writes. */
export function useWriteDraftMail(quiet: boolean) {
  return useCall('campaigns.writeDraftMail', { quiet })
}

export function useEditCalls() {
  return {
    create: useCall('campaigns.create'),
    change: useCall('campaigns.change'),
    add: useCall('campaigns.addLeads'),
  }
}

/** Asks about each of its mailboxes as `confirmChecks` does; null: the rep would rather not. */
export function useAskAboutChecks({ mailboxIds }: Pick<Campaign, 'mailboxIds'>): () => Promise<boolean | null> {
  const ask = useCallOnce()
  return async () => {
    const accepts: boolean[] = []
    for (const mailboxId of mailboxIds) {
      const accepted = await confirmChecks(await ask('readiness.get', { mailboxId }).catch(() => null))
      if (accepted === null) return null
      accepts.push(accepted)
    }
    return accepts.includes(true)
  }
}

/** The life of one campaign; each call says what it did. */
export function useLifeCalls(campaign: Campaign) {
  const input = { campaignId: campaign.id }
  const start = useCall('campaigns.start')
  const askAboutChecks = useAskAboutChecks(campaign)
  const pause = useCall('campaigns.pause')
  const resume = useCall('campaigns.resume')
  const cancel = useCall('campaigns.cancel')
  const retry = useCall('campaigns.retryFailed')
  const duplicate = useCall('campaigns.duplicate')
  const archive = useCall('campaigns.archive')
  return {
    isBusy: [start, pause, resume, cancel, retry, duplicate, archive].some((call) => call.isPending),
    start: async () => {
      const acceptsFailedChecks = await askAboutChecks()
      if (acceptsFailedChecks === null) return
      start.mutate(
        { ...input, acceptsFailedChecks },
        {
          onSuccess: ({ queued, left }) =>
            say(
              `Started with ${formatCount(queued, 'person', 'people')}.${left === 0 ? '' : ` ${formatCount(left, 'lead')} left out.`}`,
            ),
        },
      )
    },
    pause: () => pause.mutate(input, { onSuccess: () => say('Paused. Nothing more of it goes until you resume it.') }),
    resume: () => resume.mutate(input, { onSuccess: () => say('Resumed. It goes on where it stopped.') }),
    cancel: () =>
      cancel.mutate(input, {
        onSuccess: ({ stopped }) => say(`Cancelled: ${formatCount(stopped, 'mail')} stopped.`),
      }),
    retryFailed: () =>
      retry.mutate(input, {
        onSuccess: ({ retried }) =>
          say(
            retried === 0
              ? 'No mail could be tried again.'
              : `${formatCount(retried, 'mail')} put back into the queue.`,
          ),
      }),
    duplicate: (then: (copy: Campaign) => void) => duplicate.mutate(input, { onSuccess: then }),
    archive: (isArchived: boolean) =>
      archive.mutate(
        { ...input, isArchived },
        { onSuccess: () => say(isArchived ? 'Put away.' : 'Back among the campaigns in use.') },
      ),
  }
}

/** What can be done with some of the people. */
export function usePeopleCalls(campaignId: number) {
  const pause = useCall('campaigns.pausePeople')
  const resume = useCall('campaigns.resumePeople')
  const remove = useCall('campaigns.removePeople')
  const putBack = useCall('campaigns.putBackPeople')
  const told = (what: string) => ({
    onSuccess: ({ changed }: { changed: number }) =>
      say(
        changed === 0
          ? `Nobody was ${what}: they are past that.`
          : `${formatCount(changed, 'person', 'people')} ${what}.`,
      ),
  })
  return {
    isBusy: pause.isPending || resume.isPending || remove.isPending || putBack.isPending,
    pause: (leadIds: number[]) => pause.mutate({ campaignId, leadIds }, told('paused')),
    resume: (leadIds: number[]) => resume.mutate({ campaignId, leadIds }, told('resumed')),
    remove: (leadIds: number[]) => remove.mutate({ campaignId, leadIds }, told('taken out')),
    putBack: (leadIds: number[]) =>
      putBack.mutate({ campaignId, leadIds }, { onSuccess: (answer) => say(putBackWords(answer)) }),
  }
}

function say(message: string): void {
  showNote(message)
}
