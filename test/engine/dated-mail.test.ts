import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { MONDAY_9, policyWith, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock, type Stock } from '#test/support/stock'

const DAY = 86_400_000

async function stockWith(
  app: TestEngine,
  content: { subject: string; body: string; format?: 'plain' | 'formatted' },
): Promise<Stock> {
  const goods = await stock(app, 1)
  const template = await app.api.templates.save({
    templateId: null,
    name: 'Dated',
    content: { format: 'plain', ...content },
  })
  return { ...goods, templateId: template.id }
}

const CALL = { subject: 'A call on {{nextWorkday}}?', body: 'Hi {{firstName}}, is {{nextWorkday}} good?' }

async function shown(app: TestEngine) {
  const [row] = (await app.api.sends.list({})).rows
  if (!row) throw new Error('no send')
  const { mail } = await app.api.sends.get({ sendId: row.id })
  return { row, mail }
}

test('a dated field is filled in on the day the mail goes, and the screen shows it so before and after', async () => {
  await using app = await startTestEngine()
  await app.api.app.pause({})
  await dispatchAll(app, await stockWith(app, CALL))
  expect((await shown(app)).mail.text).toBe('Hi Person1, is Tuesday good?')
  expect((await shown(app)).row.subject).toBe('A call on Tuesday?')

  await app.run(3 * DAY)
  await app.api.app.resume({})
  await app.runOut()
  expect(app.mailbox.sent).toMatchObject([{ subject: 'A call on Friday?', text: 'Hi Person1, is Friday good?' }])
  await app.run(5 * DAY)
  const { row, mail } = await shown(app)
  expect(row).toMatchObject({ status: 'sent', subject: 'A call on Friday?' })
  expect(mail.text).toBe('Hi Person1, is Friday good?')
})

test('what waits is shown as it reads at its forecast', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stockWith(app, CALL), { at: { local: '2026-03-06T10:00', zone: 'UTC' } })
  expect((await shown(app)).mail.subject).toBe('A call on Monday?')
})

test('a second attempt on another day is dated anew', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('refuses for now')
  await using app = await startTestEngine({ mailbox, start: MONDAY_9 + 8 * 3_600_000 - 60_000 })
  await dispatchAll(app, await stockWith(app, CALL))
  await app.run(1_000)
  expect(mailbox.sendCalls).toBe(1)
  await app.run(DAY)
  expect(mailbox.sent).toMatchObject([{ subject: 'A call on Wednesday?', text: 'Hi Person1, is Wednesday good?' }])
})

test('formatted mail is dated in both of its parts, in the language of the text', async () => {
  await using app = await startTestEngine()
  const goods = await stockWith(app, {
    subject: 'Termin',
    body: 'Guten Tag, haben Sie für uns am **{{nextWorkday}}** Zeit?',
    format: 'formatted',
  })
  await dispatchAll(app, goods)
  await app.runOut()
  const [mail] = app.mailbox.sent
  expect(mail?.text).toContain('am Dienstag Zeit?')
  expect(mail?.html).toContain('<strong>Dienstag</strong>')
})

test('the previews of templates and of Dispatch are dated now', async () => {
  await using app = await startTestEngine()
  const { templateId, mailboxId, leadIds } = await stockWith(app, CALL)
  const leadId = leadIds[0] as never
  expect((await app.api.dispatch.preview({ leadId, templateId, mailboxId })).subject).toBe('A call on Tuesday?')
  const content = { ...CALL, body: '{{pick "a" | "b"}} {{pick "c" | "d" | "e"}}', format: 'plain' as const }
  const { mail, versions } = await app.api.templates.preview({ content, leadId, mailboxId })
  expect(mail.subject).toBe('A call on Tuesday?')
  expect(versions).toBe(6)
})

test('an alternative in the preview is the one that is sent', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 6)
  const content = { subject: 'S', body: '{{pick "Hi" | "Hello" | "Good day"}} {{firstName}}', format: 'plain' as const }
  const { id: templateId } = await app.api.templates.save({ templateId: null, name: 'Picked', content })
  const previews = await Promise.all(
    goods.leadIds.map((leadId) => app.api.dispatch.preview({ leadId, templateId, mailboxId: goods.mailboxId })),
  )
  await dispatchAll(app, { ...goods, templateId })
  await app.runOut()
  expect(app.mailbox.sent.map(({ text }) => text).toSorted()).toEqual(previews.map(({ text }) => text).toSorted())
  expect(new Set(previews.map(({ text }) => text.split(' ')[0])).size).toBeGreaterThan(1)
})

test('a link is fixed when the mail is approved: nothing in it is dated', async () => {
  await using app = await startTestEngine()
  const { mailboxId } = await stock(app, 1)
  const content = { subject: 'S', body: '[l](https://x.example/{{month}})', format: 'formatted' as const }
  const { mail } = await app.api.templates.preview({ content, leadId: null, mailboxId })
  expect(mail.html).not.toContain('<a ')
  expect(mail.html).toContain('/March)')
})

test('a waiting mail says which of its words will not be true when it goes, and a mail that went says nothing', async () => {
  await using app = await startTestEngine()
  const body = 'Could we talk tomorrow? Or on {{nextWorkday}}?'
  const goods = await stockWith(app, { subject: 'This Thursday?', body })
  const daysOff = ['2026-03-02', '2026-03-03', '2026-03-04']
  await app.api.mailboxes.savePolicy({ mailboxId: goods.mailboxId, policy: { ...policyWith({}), daysOff } })
  await dispatchAll(app, goods)
  const { row } = await shown(app)
  const { aged, mail } = await app.api.sends.get({ sendId: row.id })
  expect(mail.text).toBe('Could we talk tomorrow? Or on Friday?')
  expect(aged).toEqual([
    { part: 'subject', from: 5, to: 13, code: 'weekday_past', text: 'Thursday' },
    { part: 'text', from: 14, to: 22, code: 'other_day', text: 'tomorrow' },
  ])
  await app.runOut()
  expect(await shown(app)).toMatchObject({ row: { wait: { code: 'text_aged' } } })
  await app.api.sends.release({ selection: { by: 'ids', ids: [row.id] } })
  await app.runOut()
  expect((await app.api.sends.get({ sendId: row.id })).aged).toEqual([])
})
