import { join } from 'node:path'
import { openDb, write, type Writer } from '#db/open'
import { leads, lists } from '#db/schema/index'
import type { PacemailClient } from '#shared/contract/index'
import type { Policy } from '#shared/domain/policy'
import { MONDAY_9, policyWith, type TestEngine } from './start-test-engine.ts'

type MailboxId = Parameters<PacemailClient['mailboxes']['get']>[0]['mailboxId']
type TemplateId = Parameters<PacemailClient['templates']['get']>[0]['templateId']

export interface Stock {
  readonly mailboxId: MailboxId
  readonly templateId: TemplateId
  readonly leadIds: readonly number[]
}

/** A practice mailbox, a template and `count` approved leads at as many companies. */
export async function stock(app: TestEngine, count: number, policy: Partial<Policy> = {}): Promise<Stock> {
  const { api } = app
  const mailbox = await api.mailboxes.addPractice({ senderName: 'Robin' })
  // Its mails say what the template says, and nothing below.
  await api.mailboxes.saveSender({ mailboxId: mailbox.id, company: '', postalAddress: '', optOut: '' })
  await api.mailboxes.savePolicy({ mailboxId: mailbox.id, policy: policyWith(policy) })
  const template = await api.templates.save({
    templateId: null,
    name: 'Hello',
    content: { subject: 'Hello {{firstName}}', body: 'Hi {{firstName}},\n\nhow is {{company}}?', format: 'plain' },
  })
  const leadIds = await importLeads(app, count)
  return { mailboxId: mailbox.id, templateId: template.id, leadIds }
}

/** `count` approved leads at as many companies, named by their number from `from` on, put straight into the database. */
export function importLeads(app: TestEngine, count: number, from = 1): Promise<number[]> {
  return insertLeads(
    app,
    Array.from({ length: count }, (_, index) => ({ number: from + index, company: from + index })),
  )
}

/** `count` approved leads, two of each company: the first two at company1.example, and so on. */
export function importColleagues(app: TestEngine, count: number): Promise<number[]> {
  return insertLeads(
    app,
    Array.from({ length: count }, (_, index) => ({ number: index + 1, company: Math.floor(index / 2) + 1 })),
  )
}

interface Numbered {
  readonly number: number
  readonly company: number
}

async function insertLeads(app: TestEngine, numbered: readonly Numbered[]): Promise<number[]> {
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: app.clock.now() })
  const ids = write(db, (tx) => {
    const list = {
      name: `Leads from ${numbered[0]?.number}`,
      fileName: 'leads.csv',
      mapping: [],
      counts: {},
      createdAt: app.clock.now(),
    }
    const { id: listId } = tx.insert(lists).values(list).returning({ id: lists.id }).get()
    return numbered.map((each) => insertLead(tx, listId, each))
  })
  db.close()
  return ids
}

function insertLead(tx: Writer, listId: number, { number, company }: Numbered): number {
  const email = `p${number}@company${company}.example`
  const lead = {
    listId,
    email,
    identity: email,
    domain: `company${company}.example`,
    firstName: `Person${number}`,
    lastName: `Last${number}`,
    company: `Company ${company}`,
    review: 'approved' as const,
    basis: 'legitimate_interest' as const,
    createdAt: MONDAY_9,
  }
  return tx.insert(leads).values(lead).returning({ id: leads.id }).get().id
}

/** Who writes, for real mailboxes: without it they queue nothing. */
export const SENDER = { company: 'Corp', postalAddress: '1 Main Street, Springfield', optOut: 'Reply “stop” to stop.' }

/** Presses "Dispatch all". */
export async function dispatchAll(
  app: TestEngine,
  { mailboxId, templateId, leadIds }: Stock,
  more: { at?: { local: string; zone: string }; priority?: 0 | 1 | 2; key?: string; useLeadZone?: boolean } = {},
): Promise<number> {
  const { campaignId } = await app.api.dispatch.queue({
    selection: { by: 'ids', ids: leadIds as never },
    templateId,
    mailboxId,
    at: more.at ?? null,
    priority: more.priority ?? 1,
    useLeadZone: more.useLeadZone ?? false,
    requestKey: more.key ?? 'pressed-once',
    acceptsFailedChecks: true,
  })
  return campaignId
}
