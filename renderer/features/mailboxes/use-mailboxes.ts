import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'

export type Mailbox = OutputAt<'mailboxes.list'>[number]
export type Policy = Mailbox['policy']
export type SmtpServer = NonNullable<Mailbox['smtp']>
export type ImapServer = NonNullable<Mailbox['imap']>
export type PracticeMail = OutputAt<'mailboxes.practiceMail'>['rows'][number]

export type Lately = OutputAt<'mailboxes.lately'>

export function useLately(mailboxId: Mailbox['id']) {
  return useApi('mailboxes.lately', { mailboxId })
}

export function useMailboxes() {
  return useApi('mailboxes.list', {})
}

/** The changes of one card; each shows its own failure as a toast. */
export function useMailboxActions() {
  const pause = useCall('mailboxes.pause')
  const resume = useCall('mailboxes.resume')
  const remove = useCall('mailboxes.remove')
  return {
    isBusy: pause.isPending || resume.isPending || remove.isPending,
    pause: (mailboxId: number) => pause.mutate({ mailboxId }),
    resume: (mailboxId: number) => resume.mutate({ mailboxId }),
    remove: (mailboxId: number) => remove.mutate({ mailboxId }),
  }
}

/** Failures of these belong to a field of the form, so no toast is shown. */
export function useAddSmtp() {
  return useCall('mailboxes.addSmtp', { quiet: true })
}

export function useAddPractice() {
  return useCall('mailboxes.addPractice')
}

export function useSignIn() {
  return useCall('mailboxes.signIn', { quiet: true })
}

export function useSaveServers() {
  return useCall('mailboxes.saveServers', { quiet: true })
}

/** Its failure is shown as a toast. */
export function useReadNow() {
  return useCall('mailboxes.readNow')
}

/** Practice only: somebody answers. */
export function useInvent() {
  return useCall('incoming.invent')
}

export function useSavePolicy() {
  return useCall('mailboxes.savePolicy', { quiet: true })
}

/** What the policy would bring; asked only where there is one. */
export function useWhatIf({ id, policy: saved }: Mailbox, policy: Policy | null) {
  return useApi(
    'mailboxes.whatIf',
    { mailboxId: id, policy: policy ?? saved },
    { enabled: policy !== null, keepPrevious: true },
  )
}

export function useSaveIdentity() {
  return useCall('mailboxes.saveIdentity')
}

export function useSaveOwnAddresses() {
  return useCall('mailboxes.saveOwnAddresses')
}

/** How many go to Exchange when this computer goes to sleep. */
export function useSaveHandOver() {
  return useCall('mailboxes.saveHandOver')
}

/** Its failure is shown as a toast. */
export function useHandOver() {
  return useCall('mailboxes.handOver')
}

export function useSaveSender() {
  return useCall('mailboxes.saveSender')
}

export function useHolidayCountries() {
  return useApi('mailboxes.holidayCountries', {})
}

export const PRACTICE_PAGE = 20

export function usePracticeMail(mailboxId: number, page: number) {
  return useApi(
    'mailboxes.practiceMail',
    { mailboxId, offset: (page - 1) * PRACTICE_PAGE, limit: PRACTICE_PAGE },
    { keepPrevious: true },
  )
}

/** Null where this host has no file manager. */
export function useOpenPracticeFolder(): (() => void) | null {
  const { data } = useApi('app.status', {})
  const open = useCall('app.openFolder')
  return data?.capabilities.openFolder === true ? () => open.mutate({ folder: 'practice' }) : null
}
