import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDb, write } from '#db/open'
import { updateMailbox } from '#db/queries/mailboxes'
import type { PacemailClient } from '#shared/contract/index'
import { createFakeDns, type FakeDns } from '#test/fakes/fake-dns'
import { stepsAfter } from '#test/support/sequence'
import { startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, SENDER, stock, type Stock } from '#test/support/stock'

type MailboxId = Parameters<PacemailClient['mailboxes']['get']>[0]['mailboxId']

const DOMAIN = {
  'corp.example': ['v=spf1 include:_spf.google.com ~all'],
  'google._domainkey.corp.example': ['v=DKIM1; k=rsa; p=MIIB'],
  '_dmarc.corp.example': ['v=DMARC1; p=none'],
}

interface Shop extends AsyncDisposable {
  readonly app: TestEngine
  readonly goods: Stock
  readonly dns: FakeDns
  readonly mailboxId: MailboxId
}

/** A Gmail mailbox of a company, which says who writes. */
async function openShop(address = 'rita@corp.example', sender = SENDER): Promise<Shop> {
  const dns = createFakeDns({ records: DOMAIN })
  const app = await startTestEngine({ dns })
  const { leadIds, templateId } = await stock(app, 3)
  const account = { kind: 'gmail' as const, address, name: '', mayRead: true, secret: 'a token', senderName: 'Rita' }
  const { id } = await app.engine.rooms.accounts.addSignedIn(account)
  const mailboxId: MailboxId = id
  await app.api.mailboxes.saveSender({ mailboxId, ...sender })
  return {
    app,
    goods: { mailboxId, templateId, leadIds },
    dns,
    mailboxId,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

async function checkOf({ app, mailboxId }: Shop, code: string) {
  const { checks } = await app.api.readiness.get({ mailboxId })
  const { state, reason } = checks.find((check) => check.code === code) ?? {}
  return [state, reason]
}

/** A campaign of one mail to the first lead, not started. */
async function draftCampaign({ app, goods }: Shop) {
  const { mailboxId, templateId, leadIds } = goods
  const plan = { name: 'Spring', steps: stepsAfter(templateId, [0]), mailboxIds: [mailboxId], at: null }
  const { id: campaignId } = await app.api.campaigns.create(plan)
  await app.api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [leadIds[0] as never] } })
  return campaignId
}

async function queuedMails({ app }: Shop) {
  const { total } = await app.api.sends.list({})
  return total
}

function queue({ app, goods }: Shop, acceptsFailedChecks: boolean, requestKey = 'pressed once') {
  const { mailboxId, templateId, leadIds } = goods
  const selection = { by: 'ids' as const, ids: [leadIds[0] as never] }
  return app.api.dispatch.queue({ selection, templateId, mailboxId, at: null, requestKey, acceptsFailedChecks })
}

describe('the domain', () => {
  test('is not asked about until the rep looks', async () => {
    await using shop = await openShop()
    expect(await checkOf(shop, 'spf')).toEqual(['unknown', 'not_checked'])
    expect(shop.dns.asked).toEqual([])
  })

  test('is in order where all three records are, and the answer is kept with its time', async () => {
    await using shop = await openShop()
    await shop.app.api.readiness.checkDomain({ mailboxId: shop.mailboxId })
    for (const code of ['spf', 'dkim', 'dmarc']) expect(await checkOf(shop, code)).toEqual(['ok', 'found'])
    const { domainCheckedAt } = await shop.app.api.readiness.get({ mailboxId: shop.mailboxId })
    expect(domainCheckedAt).toBe(shop.app.clock.now())
    expect(shop.app.pushed).toContainEqual({ type: 'mailboxes.changed' })
  })

  test('a question that nobody could answer is never told as missing', async () => {
    await using shop = await openShop()
    shop.dns.broken.add('*')
    await shop.app.api.readiness.checkDomain({ mailboxId: shop.mailboxId })
    for (const code of ['spf', 'dkim', 'dmarc']) expect(await checkOf(shop, code)).toEqual(['unknown', 'unreachable'])
  })

  test.each([
    ['no SPF record', { 'corp.example': [] }, 'spf', ['failed', 'missing']],
    ['two SPF records', { 'corp.example': ['v=spf1 -all', 'v=spf1 ~all'] }, 'spf', ['failed', 'several']],
    ['everybody may send', { 'corp.example': ['v=spf1 +all'] }, 'spf', ['failed', 'open_to_all']],
    ['another provider', { 'corp.example': ['v=spf1 include:other.example -all'] }, 'spf', ['failed', 'not_named']],
    [
      'Google behind another record',
      { 'corp.example': ['v=spf1 include:all.example -all'], 'all.example': ['v=spf1 redirect=_spf.google.com'] },
      'spf',
      ['ok', 'found'],
    ],
    ['a key under another name', { 'google._domainkey.corp.example': [] }, 'dkim', ['unknown', 'not_found']],
    ['a key taken back', { 'google._domainkey.corp.example': ['v=DKIM1; p='] }, 'dkim', ['failed', 'revoked']],
    ['no DMARC', { '_dmarc.corp.example': [] }, 'dmarc', ['failed', 'missing']],
    ['a DMARC record without a policy', { '_dmarc.corp.example': ['v=DMARC1; x=1'] }, 'dmarc', ['failed', 'broken']],
  ] as const)('%s', async (_what, records, code, expected) => {
    await using shop = await openShop()
    for (const [name, txt] of Object.entries(records)) shop.dns.records.set(name, txt)
    await shop.app.api.readiness.checkDomain({ mailboxId: shop.mailboxId })
    expect(await checkOf(shop, code)).toEqual(expected)
  })

  test('a DMARC record of the domain above counts for a subdomain', async () => {
    await using shop = await openShop('rita@mail.corp.example')
    await shop.app.api.readiness.checkDomain({ mailboxId: shop.mailboxId })
    expect(await checkOf(shop, 'dmarc')).toEqual(['ok', 'found'])
  })

  test('of a free mail provider is the provider’s matter, and nobody is asked', async () => {
    await using shop = await openShop('rita@gmail.com')
    await shop.app.api.readiness.checkDomain({ mailboxId: shop.mailboxId })
    for (const code of ['spf', 'dkim', 'dmarc']) expect(await checkOf(shop, code)).toEqual(['ok', 'free_mail'])
    expect(shop.dns.asked).toEqual([])
  })
})

describe('a pause', () => {
  test('is not called working before it was tried', async () => {
    await using shop = await openShop()
    expect(await checkOf(shop, 'pause')).toEqual(['unknown', 'not_tried'])
  })

  test('is tried with mail waiting: nothing leaves, and the mailbox is at work again', async () => {
    await using shop = await openShop()
    const { app, mailboxId } = shop
    await app.api.app.pause({})
    await dispatchAll(app, shop.goods)
    await app.api.readiness.tryPause({ mailboxId })

    expect(await checkOf(shop, 'pause')).toEqual(['ok', 'fine'])
    expect(app.mailbox.sendCalls).toBe(0)
    expect(await app.api.mailboxes.get({ mailboxId })).toMatchObject({ status: 'ready', budget: { waiting: 3 } })
  })

  test('counts when the rep really paused, and everything sent in between counts against it', async () => {
    await using shop = await openShop()
    const { app, mailboxId } = shop
    await dispatchAll(app, shop.goods)
    await app.run(1)
    await app.api.mailboxes.pause({ mailboxId })
    await app.run(3_600_000)
    await app.api.mailboxes.resume({ mailboxId })
    expect(app.mailbox.sendCalls).toBe(1)
    expect(await checkOf(shop, 'pause')).toEqual(['ok', 'fine'])
  })

  test('is not tried on a mailbox that the rep has paused', async () => {
    await using shop = await openShop()
    await shop.app.api.mailboxes.pause({ mailboxId: shop.mailboxId })
    await expect(shop.app.api.readiness.tryPause({ mailboxId: shop.mailboxId })).rejects.toMatchObject({
      code: 'readiness.not_ready',
    })
  })
})

test('a try does not forgive a mailbox that has stopped itself', async () => {
  await using shop = await openShop()
  const { app, mailboxId } = shop
  const db = openDb({ file: join(app.dataFolder, 'pacemail.db'), backupFolder: app.dataFolder, now: app.clock.now() })
  write(db, (tx) => updateMailbox(tx, mailboxId, { health: 20 }))
  db.close()
  app.engine.rooms.mailboxes.reload()
  await expect(app.api.readiness.tryPause({ mailboxId })).rejects.toMatchObject({ code: 'readiness.not_ready' })
  expect(await app.api.mailboxes.get({ mailboxId })).toMatchObject({ health: 20 })
})

describe('the first mail of a mailbox', () => {
  test('is not queued without a postal address, whatever the rep clicks', async () => {
    await using shop = await openShop('rita@corp.example', { ...SENDER, postalAddress: '' })
    const refused = { code: 'dispatch.not_ready', details: { isBlocked: true } }
    await expect(queue(shop, false)).rejects.toMatchObject(refused)
    await expect(queue(shop, true)).rejects.toMatchObject(refused)
    expect((await shop.app.api.readiness.get({ mailboxId: shop.mailboxId })).isBlocked).toBe(true)
  })

  test('asks for a deliberate click while a check has failed, and that click is written down', async () => {
    await using shop = await openShop()
    await expect(queue(shop, false)).rejects.toMatchObject({
      code: 'dispatch.not_ready',
      details: { isBlocked: false },
    })
    await queue(shop, true)
    const { rows } = await shop.app.api.activity.list({ kinds: ['failed_checks_accepted'] })
    expect(rows.map(({ data }) => data)).toEqual([{ checks: ['test_mail'] }])
  })

  test('was the first only once', async () => {
    await using shop = await openShop()
    await queue(shop, true)
    await shop.app.run(1)
    expect((await shop.app.api.readiness.get({ mailboxId: shop.mailboxId })).isFirst).toBe(false)
    const { leadIds, templateId } = shop.goods
    const next = { selection: { by: 'ids' as const, ids: [leadIds[1] as never] }, templateId, at: null }
    const press = { ...next, mailboxId: shop.mailboxId, requestKey: 'pressed again' }
    expect((await shop.app.api.dispatch.queue(press)).queued).toBe(1)
  })

  test('a practice mailbox may be tried with anything open', async () => {
    await using app = await startTestEngine()
    const goods = await stock(app, 1)
    const selection = { by: 'ids' as const, ids: goods.leadIds as never }
    const { templateId, mailboxId } = goods
    const press = { selection, templateId, mailboxId, at: null, requestKey: 'pressed once' }
    expect((await app.api.dispatch.queue(press)).queued).toBe(1)
  })
})

describe('a campaign', () => {
  test('does not start without a postal address, whatever the rep clicks', async () => {
    await using shop = await openShop('rita@corp.example', { ...SENDER, postalAddress: '' })
    const { campaigns } = shop.app.api
    const campaignId = await draftCampaign(shop)
    const refused = { code: 'dispatch.not_ready', details: { isBlocked: true } }
    await expect(campaigns.start({ campaignId })).rejects.toMatchObject(refused)
    await expect(campaigns.start({ campaignId, acceptsFailedChecks: true })).rejects.toMatchObject(refused)
    expect(await campaigns.get({ campaignId })).toMatchObject({ status: 'draft' })
    expect(await queuedMails(shop)).toBe(0)
  })

  test('asks for a deliberate click before it starts with a failed check, and that click is written down', async () => {
    await using shop = await openShop()
    const { campaigns, activity } = shop.app.api
    const campaignId = await draftCampaign(shop)
    const refused = { code: 'dispatch.not_ready', details: { isBlocked: false } }
    await expect(campaigns.start({ campaignId })).rejects.toMatchObject(refused)
    expect(await campaigns.get({ campaignId })).toMatchObject({ status: 'draft' })
    expect(await queuedMails(shop)).toBe(0)

    expect(await campaigns.start({ campaignId, acceptsFailedChecks: true })).toMatchObject({ queued: 1 })
    const { rows } = await activity.list({ kinds: ['failed_checks_accepted'] })
    expect(rows.map(({ data }) => data)).toEqual([{ checks: ['test_mail'] }])
  })

  test('that runs takes in nobody after the postal address was taken out', async () => {
    await using shop = await openShop()
    const { campaigns, mailboxes } = shop.app.api
    const campaignId = await draftCampaign(shop)
    await campaigns.start({ campaignId, acceptsFailedChecks: true })
    await mailboxes.saveSender({ mailboxId: shop.mailboxId, ...SENDER, postalAddress: '' })
    const selection = { by: 'ids' as const, ids: [shop.goods.leadIds[1] as never] }
    await expect(campaigns.addLeads({ campaignId, selection })).rejects.toMatchObject({
      code: 'dispatch.not_ready',
      details: { isBlocked: true },
    })
    expect(await queuedMails(shop)).toBe(1)
  })

  test('that runs asks for the same click before a mailbox that it got since writes its first mail', async () => {
    await using shop = await openShop()
    const { campaigns, activity, mailboxes } = shop.app.api
    const { templateId, leadIds } = shop.goods
    const practice = (await mailboxes.list({})).find(({ kind }) => kind === 'practice')
    const plan = { name: 'Spring', steps: stepsAfter(templateId, [0]), mailboxIds: [practice!.id], at: null }
    const { id: campaignId } = await campaigns.create(plan)
    await campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [leadIds[0] as never] } })
    await campaigns.start({ campaignId })
    await campaigns.change({ ...plan, campaignId, mailboxIds: [shop.mailboxId] })

    const selection = { by: 'ids' as const, ids: [leadIds[1] as never] }
    await expect(campaigns.addLeads({ campaignId, selection })).rejects.toMatchObject({
      code: 'dispatch.not_ready',
      details: { isBlocked: false, mailboxId: shop.mailboxId },
    })
    expect(await queuedMails(shop)).toBe(1)
    expect(await campaigns.addLeads({ campaignId, selection, acceptsFailedChecks: true })).toMatchObject({ added: 1 })
    const { rows } = await activity.list({ kinds: ['failed_checks_accepted'] })
    expect(rows.map(({ data }) => data)).toEqual([{ checks: ['test_mail'] }])
    // It has written now: nobody is asked again.
    const later = { by: 'ids' as const, ids: [leadIds[2] as never] }
    expect(await campaigns.addLeads({ campaignId, selection: later })).toMatchObject({ added: 1 })
  })
})
