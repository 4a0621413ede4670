/** What has happened when the journeys of docs/design.md begin. */
import { mailRoom } from '#electron/mailbox/open-provider'
import { AppError } from '#shared/errors'
import { createFakeInbox } from './fake-inbox.ts'
import { createFakeMailbox, type FakeMailbox } from './fake-mailbox.ts'
import { deliveryReport } from './incoming-mail.ts'
import { approveFirst, asTestEngine, EVERYBODY } from './journey.ts'
import { type ServedApp, serveForTest } from './serve-for-test.ts'
import { ALWAYS, createTestRandom, policyWith } from './start-test-engine.ts'
import { dispatchAll, importLeads, SENDER } from './stock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Last week the rep tried the samples, and wrote a template for those they met at the fair. */
export async function mondayMorning(): Promise<ServedApp> {
  const app = await serveForTest({ random: createTestRandom(7) })
  const { api } = asTestEngine(app)
  await api.app.addSamples({})
  const body = 'Hi {{firstName}},\n\nit was good to meet you at the fair. How is {{company}}?'
  const content = { subject: 'After the fair, {{firstName}}', body, format: 'plain' as const }
  await api.templates.save({ templateId: null, name: 'Met at the fair', content })
  return app
}

/** Thirty mails were queued at nine, and some of them have gone. */
export async function noon(): Promise<ServedApp> {
  const app = await serveForTest({ random: createTestRandom(7) })
  await queueSamples(app, 30)
  await app.run(3 * HOUR)
  return app
}

/** Of four people one answered, and one wrote something that was taken for an opt-out. */
export async function replyCame(): Promise<ServedApp> {
  const app = await serveForTest({ random: createTestRandom(7) })
  const { answers, mailboxDesk } = app.engine.rooms
  await queueSamples(app, 4)
  mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS }))
  await app.run(2 * HOUR)
  for (const [sendId, verdict] of [
    [1, 'replied'],
    [2, 'opted_out'],
  ] as const) {
    await answers.invent(sendId, verdict)
    await app.run(MINUTE)
  }
  return app
}

export interface TroubledApp extends ServedApp {
  readonly mailbox: FakeMailbox
}

/** Of eight mails to a list one is in doubt, two came back, and then the mailbox wants its password again. */
export async function trouble(): Promise<TroubledApp> {
  const mailbox = createFakeMailbox()
  const inbox = createFakeInbox()
  mailbox.inbox = inbox
  mailbox.canProve = false
  mailbox.next.push('accepts', 'accepts but the answer is lost', 'accepts')
  const app = await serveForTest({
    random: createTestRandom(7),
    mail: { ...mailRoom, open: async () => mailbox.provider },
  })
  await queueEight(app)
  await app.run(0)
  await app.run(25 * MINUTE)
  for (const index of [0, 2]) {
    const { key, to } = mailbox.sent[index]!
    const inReplyTo = `<${key}@pacemail.example>`
    inbox.receive({ from: 'mailer-daemon@rep.example', at: app.clock.now(), inReplyTo, ...deliveryReport(to.address) })
  }
  await app.run(3 * MINUTE)
  inbox.failure = new AppError('mail.signed_out', '535')
  await app.run(3 * MINUTE)
  inbox.failure = null
  return { ...app, mailbox }
}

/** From an SMTP mailbox, one every ten minutes. */
async function queueEight(app: ServedApp): Promise<void> {
  const engine = asTestEngine(app)
  const { mailboxes, templates } = engine.api
  const { id: mailboxId } = await mailboxes.addSmtp({
    address: 'robin@rep.example',
    senderName: 'Robin',
    signature: '',
    smtp: { host: 'smtp.rep.example', port: 465, security: 'tls', user: 'robin' },
    imap: { host: 'imap.rep.example', port: 993, security: 'tls' },
    password: 'old',
  })
  const gapMs = { min: 10 * MINUTE, max: 10 * MINUTE }
  await mailboxes.savePolicy({ mailboxId, policy: policyWith({ hours: ALWAYS, gapMs }) })
  await mailboxes.saveSender({ mailboxId, ...SENDER })
  const content = { subject: 'Hello {{firstName}}', body: 'Hi {{firstName}}.', format: 'plain' as const }
  const { id: templateId } = await templates.save({ templateId: null, name: 'Hello', content })
  await dispatchAll(engine, { mailboxId, templateId, leadIds: await importLeads(engine, 8) })
}

/** The first of the sample leads have a mail in the queue. */
async function queueSamples(app: ServedApp, count: number): Promise<void> {
  const { api } = asTestEngine(app)
  await api.app.addSamples({})
  await approveFirst(app, count)
  await api.dispatch.queue({
    selection: { by: 'filter', filter: { ...EVERYBODY, review: 'approved' }, except: [] },
    templateId: 1,
    mailboxId: 1,
    at: null,
    priority: 1,
    useLeadZone: false,
    requestKey: 'pressed-once',
    acceptsFailedChecks: false,
  })
}
