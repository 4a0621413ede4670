import { describe, expect, test } from 'vitest'
import { partsBelow } from '#electron/engine/texts/mail-parts'
import { asFirstMail, renderMail, templateProblems } from '#electron/engine/texts/render'
import { DEFAULT_OPT_OUT } from '#shared/domain/sender-identity'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const SENDER = { company: 'Corp', postalAddress: '1 Main Street\nSpringfield', optOut: 'Reply “stop” & I stop.' }
const ADDRESS = 'Corp, 1 Main Street, Springfield'

function mailOf(body: string, more: { signature?: string; isFirst?: boolean; format?: 'plain' | 'formatted' } = {}) {
  const parts = partsBelow({ signature: more.signature ?? 'Robin', ...SENDER }, { isFirst: more.isFirst ?? true })
  const content = { subject: 'Hello', body, format: more.format ?? 'plain' }
  return renderMail({ content, ...parts, values: new Map([['optOut', 'from the lead']]) })
}

describe('below a first mail', () => {
  test('postal address and opt-out follow the signature in the text', () => {
    expect(mailOf('Hi').text).toBe(`Hi\n\nRobin\n\n${ADDRESS}\n${SENDER.optOut}`)
  })

  test('and in both parts of a formatted mail, as text', () => {
    const { html, text } = mailOf('**Hi**', { format: 'formatted' })
    expect(text).toBe(`Hi\n\nRobin\n\n${ADDRESS}\n${SENDER.optOut}`)
    expect(html).toContain(`${ADDRESS}<br>\nReply “stop” &amp; I stop.</p>`)
  })

  test('a part that the body has as a field is not put below again', () => {
    expect(mailOf('Hi {{optOut}}').text).toBe(`Hi ${SENDER.optOut}\n\nRobin\n\n${ADDRESS}`)
    expect(mailOf('Hi {{Sender postal address}} {{opt-out}}').text).toBe(`Hi ${ADDRESS} ${SENDER.optOut}\n\nRobin`)
  })

  test('an address that the signature has anyway is not said twice', () => {
    const signature = 'Robin\nCorp\n1 Main Street, Springfield'
    expect(mailOf('Hi', { signature }).text).toBe(`Hi\n\n${signature}\n\n${SENDER.optOut}`)
  })

  test('a column of the leads cannot take the place of the sentence', () => {
    expect(mailOf('{{optOut}}').text).toContain(SENDER.optOut)
    expect(mailOf('{{optOut}}').text).not.toContain('from the lead')
  })
})

test('a follow-up has the fields, and nothing put below by itself', () => {
  expect(mailOf('Hi', { isFirst: false }).text).toBe('Hi\n\nRobin')
  expect(mailOf('Hi {{optOut}}', { isFirst: false }).text).toBe(`Hi ${SENDER.optOut}\n\nRobin`)
})

describe('a follow-up that is the first mail after all', () => {
  const { footer } = partsBelow({ signature: '', ...SENDER })

  test('gets address and opt-out below, in both parts', () => {
    const { text, html } = asFirstMail(mailOf('**Hi**', { isFirst: false, format: 'formatted' }), footer)
    expect(text).toBe(`Hi\n\nRobin\n\n${ADDRESS}\n${SENDER.optOut}`)
    expect(html?.endsWith(`<p>${ADDRESS}<br>\nReply “stop” &amp; I stop.</p>\n`)).toBe(true)
  })

  test('gets nothing that it says anyway', () => {
    const mail = mailOf('Hi {{optOut}} {{senderPostalAddress}}', { isFirst: false })
    expect(asFirstMail(mail, footer)).toEqual(mail)
    expect(asFirstMail(asFirstMail(mailOf('Hi', { isFirst: false }), footer), footer).text).toBe(mailOf('Hi').text)
  })
})

test('the fields are no mistake in a template', () => {
  const content = { subject: 'Hello', body: '{{optOut}} {{senderPostalAddress}}', format: 'plain' as const }
  expect(templateProblems(content, [])).toEqual([])
})

test('what is queued, what leaves and every preview say the same', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 1)
  await app.api.mailboxes.saveSender({ mailboxId: goods.mailboxId, ...SENDER })
  const of = { leadId: goods.leadIds[0] as never, mailboxId: goods.mailboxId }
  const preview = await app.api.dispatch.preview({ ...of, templateId: goods.templateId })
  const { subject, body, format } = await app.api.templates.get({ templateId: goods.templateId })
  const edited = await app.api.templates.preview({ ...of, content: { subject, body, format } })
  await dispatchAll(app, goods)
  await app.runOut()

  expect(app.mailbox.sent[0]?.text).toBe(preview.text)
  expect({ ...edited.mail, attachments: [], aged: [] }).toEqual(preview)
  expect(preview.text.endsWith(`${ADDRESS}\n${SENDER.optOut}`)).toBe(true)
})

test('a new mailbox opts out in English and writes in the name of the one before, never in one made up for practice', async () => {
  await using app = await startTestEngine()
  const practice = await app.api.mailboxes.addPractice({})
  expect(practice).toMatchObject({ company: '', postalAddress: '', optOut: DEFAULT_OPT_OUT })
  await app.api.mailboxes.saveSender({ mailboxId: practice.id, ...SENDER })
  const { mailboxes } = app.engine.rooms
  const account = {
    kind: 'smtp',
    senderName: '',
    signature: '',
    smtp: null,
    imap: null,
    mayRead: false,
    mostMailBytes: null,
  } as const
  const first = mailboxes.changed(mailboxes.add({ ...account, address: 'robin@corp.example' }))
  expect(first).toMatchObject({ company: '', postalAddress: '', optOut: DEFAULT_OPT_OUT })
  mailboxes.saveSender(first.id, SENDER)
  const second = mailboxes.changed(mailboxes.add({ ...account, address: 'rita@corp.example' }))
  expect(second).toMatchObject(SENDER)
})
