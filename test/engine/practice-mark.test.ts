import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'

test('the app is practising until a real mailbox is connected', async () => {
  await using app = await startTestEngine()
  const { api } = app
  const isPractice = async () => (await api.app.status({})).isPractice
  expect(await isPractice()).toBe(false)

  await api.app.addSamples({})
  expect(await isPractice()).toBe(true)

  await api.mailboxes.addSmtp({
    address: 'rep@corp.example',
    senderName: 'Rep',
    signature: '',
    smtp: { host: '127.0.0.1', port: 25, security: 'none', user: 'rep' },
    password: 'secret',
  })
  expect(await isPractice()).toBe(false)
})
