import { expect, test } from 'vitest'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

async function waiting(app: TestEngine, body?: { body: string; format: 'plain' | 'formatted' }) {
  await app.api.app.pause({})
  const goods = await stock(app, 1)
  const template = body
    ? await app.api.templates.save({ templateId: null, name: 'T', content: { subject: 'S', ...body } })
    : { id: goods.templateId }
  await dispatchAll(app, { ...goods, templateId: template.id })
  const [row] = (await app.api.sends.list({})).rows
  if (!row) throw new Error('no send')
  return row.id
}

test('a waiting mail is sent as the rep wrote it over, and its story says so', async () => {
  await using app = await startTestEngine()
  const sendId = await waiting(app)
  const { source, revision } = await app.api.sends.source({ sendId })
  expect(source).toEqual({
    subject: 'Hello Person1',
    body: 'Hi Person1,\n\nhow is Company 1?',
    format: 'plain',
  })
  const after = await app.api.sends.edit({ sendId, revision, subject: 'Hey', body: 'Only for you, on {{weekday}}.' })
  expect(after).toMatchObject({ subject: 'Hey', status: 'pending' })

  await app.api.app.resume({})
  await app.runOut()
  expect(app.mailbox.sent).toMatchObject([{ subject: 'Hey', text: 'Only for you, on Monday.' }])
  const { events } = await app.api.sends.get({ sendId })
  expect(events.map(({ kind }) => kind)).toContain('send_edited')
})

test('formatted mail keeps its format: read as source and saved again it is the same', async () => {
  await using app = await startTestEngine()
  const body = [
    'Hi **{{firstName}}**, *really* 2*3 and snake_case [here](https://x.example/a_b?c=1*2).',
    '',
    '- one',
    '- {{nextWorkday | locale: "de"}}',
    '',
    '1. first',
    '2. second',
    '',
    'A line',
    'and another < 5 \\*',
  ].join('\n')
  const sendId = await waiting(app, { body, format: 'formatted' })
  const before = (await app.api.sends.get({ sendId })).mail
  const { source, revision } = await app.api.sends.source({ sendId })
  expect(source.body).toContain('**Person1**')
  expect(source.body).toContain('{{nextWorkday | locale: "de"}}')
  await app.api.sends.edit({ sendId, revision, subject: source.subject, body: source.body })
  expect((await app.api.sends.get({ sendId })).mail).toEqual(before)
})

test('an edit of what has moved since it was read is refused and changes nothing', async () => {
  await using app = await startTestEngine()
  const sendId = await waiting(app)
  const { revision } = await app.api.sends.source({ sendId })
  await app.api.sends.edit({ sendId, revision, subject: 'First', body: 'one' })
  await expect(app.api.sends.edit({ sendId, revision, subject: 'Second', body: 'two' })).rejects.toMatchObject({
    code: 'send.changed',
  })
  expect((await app.api.sends.get({ sendId })).mail.subject).toBe('First')
})

test('a mail that was refused once and then written over goes as it was written over', async () => {
  const mailbox = createFakeMailbox()
  mailbox.next.push('refuses for now')
  await using app = await startTestEngine({ mailbox })
  const sendId = await waiting(app, { body: 'Is {{nextWorkday}} good?', format: 'plain' })
  await app.api.app.resume({})
  await app.run(1_000)
  expect(mailbox.sendCalls).toBe(1)
  const { source, revision } = await app.api.sends.source({ sendId })
  expect(source.body).toBe('Is {{nextWorkday | locale: "en"}} good?')
  await app.api.sends.edit({ sendId, revision, subject: 'S', body: 'Is {{month}} good?' })
  expect((await app.api.sends.get({ sendId })).mail.text).toBe('Is March good?')
  await app.runOut()
  expect(mailbox.sent).toMatchObject([{ text: 'Is March good?' }])
})

test('a mail that is being handed over, or was, is not changed any more', async () => {
  const mailbox = createFakeMailbox()
  await using app = await startTestEngine({ mailbox })
  const sendId = await waiting(app)
  const { revision } = await app.api.sends.source({ sendId })
  const refused: unknown[] = []
  mailbox.onAsk = () =>
    app.api.sends.edit({ sendId, revision, subject: 'Late', body: 'late' }).then(
      () => {},
      (error: unknown) => void refused.push(error),
    )
  await app.api.app.resume({})
  await app.runOut()
  expect(refused).toMatchObject([{ code: 'send.too_late' }])
  expect(mailbox.sent).toMatchObject([{ subject: 'Hello Person1' }])
  await expect(app.api.sends.source({ sendId })).rejects.toMatchObject({ code: 'send.too_late' })
})

test.for([
  ['S', 'Hi {{firstName}}'],
  ['S', 'Hi {{pick "a"}}'],
  ['', 'Hi'],
  ['S', ' '],
] as const)('subject %j with text %j is refused', async ([subject, body]) => {
  await using app = await startTestEngine()
  const sendId = await waiting(app)
  const { revision } = await app.api.sends.source({ sendId })
  await expect(app.api.sends.edit({ sendId, revision, subject, body })).rejects.toMatchObject({
    code: 'template.invalid',
  })
})

test('a mail written over before queueing is queued so, the others are the template’s', async () => {
  await using app = await startTestEngine()
  const { mailboxId, templateId, leadIds } = await stock(app, 2)
  const [first] = leadIds as never[]
  const source = await app.api.dispatch.source({ leadId: first as never, templateId, mailboxId })
  const order = {
    selection: { by: 'ids' as const, ids: leadIds as never },
    templateId,
    mailboxId,
    at: null,
    edits: [{ leadId: first as never, subject: `${source.subject}!`, body: `${source.body} P.S. on {{weekday}}` }],
  }
  const wrong = { ...order, edits: [{ leadId: first as never, subject: 'S', body: '{{firstName}}' }] }
  await expect(app.api.dispatch.queue({ ...wrong, requestKey: 'pressed-wrong' })).rejects.toMatchObject({
    code: 'template.invalid',
  })
  await app.api.dispatch.queue({ ...order, requestKey: 'pressed-once' })
  await app.runOut()
  expect(app.mailbox.sent.map(({ subject }) => subject)).toEqual(['Hello Person1!', 'Hello Person2'])
  expect(app.mailbox.sent[0]?.text).toBe('Hi Person1,\n\nhow is Company 1? P.S. on Monday')
})
