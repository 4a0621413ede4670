import { expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { sequenceDesk, stepsAfter } from '#test/support/sequence'
import { stock } from '#test/support/stock'

const DAY = 24 * 3_600_000

/** Two leads, the first without a company, and the order for both. */
async function desk(app: TestEngine) {
  const { mailboxId, templateId, leadIds } = await stock(app, 2)
  const [leadId] = leadIds as never[]
  const { revision } = await app.api.leads.get({ leadId: leadId! })
  await app.api.leads.edit({ leadId: leadId!, revision, edit: { company: '' } })
  const of = { leadId: leadId!, templateId, mailboxId }
  const order = { selection: { by: 'ids' as const, ids: leadIds as never }, templateId, mailboxId, at: null }
  return { of, order }
}

test('a mail that lacks a field can be written over: the field stands there until its words do', async () => {
  await using app = await startTestEngine()
  const { of, order } = await desk(app)
  expect((await app.api.dispatch.check(order)).obstacles).toMatchObject([{ reason: 'missing_fields' }])
  const source = await app.api.dispatch.source(of)
  expect(source.body).toBe('Hi Person1,\n\nhow is {{company}}?')

  await expect(app.api.dispatch.preview({ ...of, edit: source })).rejects.toMatchObject({
    code: 'template.invalid',
    details: { code: 'unknown_field', text: 'company' },
  })
  const edit = { subject: source.subject, body: source.body.replace('{{company}}', 'business') }
  expect(await app.api.dispatch.preview({ ...of, edit })).toMatchObject({
    text: 'Hi Person1,\n\nhow is business?',
    missing: [],
  })
  const edits = [{ leadId: of.leadId, ...edit }]
  expect(await app.api.dispatch.check({ ...order, edits })).toMatchObject({ ready: 2, obstacleCount: 0 })
  await app.api.dispatch.queue({ ...order, edits, requestKey: 'pressed-once' })
  await app.runOut()
  expect(app.mailbox.sent[0]?.text).toBe('Hi Person1,\n\nhow is business?')
})

test('formatted mail keeps its format, and shows the field that is missing as it is typed', async () => {
  await using app = await startTestEngine()
  const { of } = await desk(app)
  const content = { subject: 'S', body: '**{{ company }}** and *{{First name}}*', format: 'formatted' as const }
  const { id: templateId } = await app.api.templates.save({ templateId: null, name: 'F', content })
  const source = await app.api.dispatch.source({ ...of, templateId })
  expect(source).toEqual({ subject: 'S', body: '**{{company}}** and *Person1*', format: 'formatted' })
  const edit = { subject: 'S', body: '**You** and *{{weekday}}*' }
  const { html } = await app.api.dispatch.preview({ ...of, templateId, edit })
  expect(html).toContain('<strong>You</strong> and <em>Monday</em>')
})

test('the preview is dated for the time that is chosen, and marks what is not true', async () => {
  await using app = await startTestEngine()
  const { of } = await desk(app)
  const edit = { subject: 'On {{weekday}}', body: 'Let us speak on Thursday, 6 March 2026, {{weekday}} or not.' }
  const aged = [{ part: 'text', code: 'wrong_weekday', text: 'Thursday, 6 March 2026' }]
  expect(await app.api.dispatch.preview({ ...of, edit })).toMatchObject({ subject: 'On Monday', aged })
  const at = { local: '2026-03-05T10:00', zone: 'UTC' }
  expect(await app.api.dispatch.preview({ ...of, edit, at })).toMatchObject({ subject: 'On Thursday', aged })
  expect((await app.api.dispatch.preview(of)).aged).toEqual([])
})

test('what was written by hand is read again when it goes, and held back where it is no longer true', async () => {
  await using app = await startTestEngine()
  const { of, order } = await desk(app)
  const edits = [{ leadId: of.leadId, subject: 'Hello', body: 'May I call you tomorrow?' }]
  await app.api.app.pause({})
  await app.api.dispatch.queue({ ...order, edits, requestKey: 'pressed-once' })
  await app.run(3 * DAY)
  await app.api.app.resume({})
  await app.run(DAY)
  expect(app.mailbox.sent.map(({ subject }) => subject)).toEqual(['Hello Person2'])
  const { rows } = await app.api.sends.list({ status: ['pending'] })
  expect(rows).toMatchObject([{ leadId: of.leadId, wait: { code: 'text_aged' } }])
})

test.each(['plain', 'formatted'] as const)(
  'words from outside stand in the place of the template’s as they are, above signature and opt-out, %s',
  async (format) => {
    await using app = await startTestEngine()
    const { of } = await desk(app)
    const { mailboxId } = of
    const stop = 'Tell me to stop.'
    await app.api.mailboxes.saveSender({ mailboxId, company: 'Corp', postalAddress: '1 Street, Town', optOut: stop })
    const content = { subject: 'Hello {{firstName}}', body: 'Hi {{firstName}}', format }
    const { id: templateId } = await app.api.templates.save({ templateId: null, name: 'F', content })
    const words = { subject: 'For {{company}}', body: 'Dear {{firstName}},\n\n**one** <b>two</b>\nthree' }
    const source = await app.api.dispatch.source({ ...of, templateId, words })
    expect(source.subject).toBe('For {{company}}')
    const shown = format === 'plain' ? words.body : 'Dear {{firstName}},\n\n\\*\\*one\\*\\* \\<b>two\\</b>\nthree'
    expect(source.body).toBe(`${shown}\n\nCorp, 1 Street, Town\n${stop}`)
    const onlySubject = await app.api.dispatch.source({ ...of, templateId, words: { subject: 'S', body: '' } })
    expect(onlySubject).toMatchObject({ subject: 'S', body: `Hi Person1\n\nCorp, 1 Street, Town\n${stop}` })
  },
)

test('what was written by hand before it was queued stays as it is when the campaign gets another text', async () => {
  await using two = await sequenceDesk(2)
  const { api } = two.app
  const { mailboxId, templateId, leadIds } = two.stocked
  await api.app.pause({})
  const edits = [{ leadId: leadIds[0] as never, subject: 'Only for you', body: 'My own words.' }]
  const order = { selection: { by: 'ids' as const, ids: leadIds as never }, templateId, mailboxId, at: null }
  const { campaignId } = await api.dispatch.queue({ ...order, edits, requestKey: 'pressed once' })
  const content = { subject: 'News', body: 'Another text', format: 'plain' } as const
  const { id: otherId } = await api.templates.save({ templateId: null, name: 'Other', content })
  const steps = stepsAfter(otherId, [0])
  expect(await api.campaigns.change({ campaignId, ...two.plan, steps })).toMatchObject({ rewritten: 1, kept: 1 })
  await api.app.resume({})
  await two.app.runOut()
  expect(two.mailbox.sent.map(({ subject }) => subject).toSorted()).toEqual(['News', 'Only for you'])
})
