/** A campaign of several mails, for tests of sequences. */
import type { PacemailClient } from '#shared/contract/index'
import type { Policy } from '#shared/domain/policy'
import { createFakeInbox, type FakeInbox } from './fake-inbox.ts'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { policyWith, startTestEngine, type TestEngine, type TestEngineOptions } from './start-test-engine.ts'
import { SENDER, stock, type Stock } from './stock.ts'

type Plan = Parameters<PacemailClient['campaigns']['create']>[0]
type Campaign = Awaited<ReturnType<PacemailClient['campaigns']['get']>>

export interface SequenceDesk extends AsyncDisposable {
  readonly app: TestEngine
  readonly mailbox: FakeMailbox
  readonly inbox: FakeInbox
  readonly stocked: Stock
  readonly plan: Plan
}

/** The pause before each mail in working days, as an answer from the second on. */
export function stepsAfter(templateId: Stock['templateId'], days: readonly number[]): Plan['steps'] {
  return days.map((delay, step) => ({
    delay: { days: delay, unit: 'working_days' },
    threading: step === 0 ? 'new' : 'reply',
    templateIds: [templateId],
  }))
}

/** `count` approved leads and the plan of a campaign that writes to each of them at once, after 3 and after 7 working days. */
export async function sequenceDesk(count: number, options: TestEngineOptions = {}): Promise<SequenceDesk> {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  const app = await startTestEngine({ mailbox, ...options })
  const stocked = await stock(app, count)
  const plan: Plan = {
    name: 'Spring',
    steps: stepsAfter(stocked.templateId, [0, 3, 7]),
    mailboxIds: [stocked.mailboxId],
    at: null,
  }
  return { app, mailbox, inbox, stocked, plan, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

/** A second mailbox of the same rep, which may send at once. */
export async function addSecondMailbox(
  { app }: SequenceDesk,
  policy: Partial<Policy> = {},
): Promise<Stock['mailboxId']> {
  const { id } = await app.api.mailboxes.addSmtp({
    address: 'robin@rep.example',
    senderName: 'Robin',
    signature: '',
    smtp: { host: '127.0.0.1', port: 25, security: 'none', user: '' },
    password: 'secret',
  })
  await app.api.mailboxes.savePolicy({ mailboxId: id, policy: policyWith(policy) })
  await app.api.mailboxes.saveSender({ mailboxId: id, ...SENDER })
  return id
}

/** Creates, fills and starts it. */
export async function startSequence(desk: SequenceDesk, change: Partial<Plan> = {}): Promise<Campaign> {
  const { api } = desk.app
  const { id: campaignId } = await api.campaigns.create({ ...desk.plan, ...change })
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: desk.stocked.leadIds as never } })
  const { campaign } = await api.campaigns.start({ campaignId, acceptsFailedChecks: true })
  // What is due now goes now.
  await desk.app.run(0)
  return campaign
}

/** What is planned for or became of each mail, by lead and step: `2026-03-02 09:00`, the reason why not, or the status. */
export async function storyOf(desk: SequenceDesk, campaignId: Campaign['id']): Promise<Record<string, string[]>> {
  const { rows } = await desk.app.api.campaigns.people({ campaignId, limit: 200 })
  return Object.fromEntries(
    rows.map((person) => [
      `${person.leadName.split(' ')[0]} ${person.status}`,
      person.steps.map(({ status, finishedAt, wait }) => {
        if (status !== 'pending') return status === 'sent' ? `sent ${shown(finishedAt)}` : status
        return wait?.at === null || wait === null ? (wait?.code ?? '?') : `planned ${shown(wait.at)}`
      }),
    ]),
  )
}

function shown(moment: number | null): string {
  return moment === null ? '' : new Date(moment).toISOString().slice(0, 16).replace('T', ' ')
}
