import { expect, test } from 'vitest'
import { addSecondMailbox, type SequenceDesk, sequenceDesk, stepsAfter } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

type Ids = readonly [never, never, never]

/** A draft for everybody on the desk, of three mails on one day. */
async function draft(desk: SequenceDesk, change: Partial<SequenceDesk['plan']> = {}) {
  const { api } = desk.app
  const plan = { ...desk.plan, steps: stepsAfter(desk.stocked.templateId, [0, 0, 0]), ...change }
  const { id: campaignId } = await api.campaigns.create(plan)
  const leadIds = desk.stocked.leadIds as unknown as Ids
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [...leadIds] } })

  const mailsOf = (leadId: never) => api.campaigns.draftMails({ campaignId, leadId })
  /** Writes one mail over; what is left out stays as it is shown. */
  async function write(leadId: never, step: number, words: { subject?: string; body?: string }): Promise<void> {
    const mail = (await mailsOf(leadId))[step]
    if (!mail) throw new Error(`no mail ${step}`)
    const { templateId, source } = mail
    await api.campaigns.writeDraftMail({ campaignId, leadId, step, templateId, words: { ...source, ...words } })
  }
  async function marks(): Promise<string[]> {
    const { rows } = await api.campaigns.people({ campaignId })
    return rows.flatMap(({ leadName, byHand }) =>
      byHand.map(({ step, isOld }) => `${leadName.split(' ')[0]} ${step}${isOld ? ' old' : ''}`),
    )
  }
  const start = () => api.campaigns.start({ campaignId, acceptsFailedChecks: true })
  return { api, campaignId, leadIds, plan, mailsOf, write, marks, start }
}

/** What has left, as `who|subject|first line of the text`. */
function left({ mailbox }: SequenceDesk): string[] {
  return mailbox.sent
    .map(({ to, subject, text }) => `${to.address.split('@')[0]}|${subject}|${text.split('\n')[0]}`)
    .toSorted()
}

test('exactly the mail that was written over in a draft leaves with these words, and counts as written by hand', async () => {
  await using desk = await sequenceDesk(2)
  const { api, campaignId, leadIds, plan, write, marks, start } = await draft(desk)
  const [, second] = leadIds
  await write(second, 1, { body: 'Only for you.' })
  expect(await marks()).toEqual(['Person2 1'])
  const { steps } = await api.campaigns.get({ campaignId })
  expect(steps.map(({ byHand, byHandOld }) => [byHand, byHandOld])).toEqual([
    [0, 0],
    [1, 0],
    [0, 0],
  ])

  expect(await start()).toMatchObject({ queued: 2, left: 0 })
  expect(await marks()).toEqual([])
  const { id: otherId } = await api.templates.save({
    templateId: null,
    name: 'Other',
    content: { subject: 'News', body: 'Another text', format: 'plain' },
  })
  const changed = stepsAfter(otherId, [0, 0, 0])
  await api.app.pause({})
  const after = [plan.steps[0]!, changed[1]!, plan.steps[2]!]
  expect(await api.campaigns.change({ campaignId, ...plan, steps: after })).toMatchObject({ rewritten: 1, kept: 1 })
  await api.app.resume({})
  await desk.app.runOut()
  expect(left(desk)).toEqual([
    'p1|Hello Person1|Hi Person1,',
    'p1|Re: Hello Person1|Another text',
    'p1|Re: Hello Person1|Hi Person1,',
    'p2|Hello Person2|Hi Person2,',
    'p2|Re: Hello Person2|Hi Person2,',
    'p2|Re: Hello Person2|Only for you.',
  ])
})

test('an answer keeps the subject of its thread, also where the first mail was written over; with a thread of its own it has its template’s', async () => {
  await using desk = await sequenceDesk(1)
  const { api, campaignId, leadIds, plan, mailsOf, write, start } = await draft(desk)
  const [leadId] = leadIds
  await write(leadId, 1, { subject: 'Not this one', body: 'Second' })
  await write(leadId, 0, { subject: 'By hand', body: 'First' })
  expect((await mailsOf(leadId)).map(({ subject, isAnswer }) => [subject, isAnswer])).toEqual([
    ['By hand', false],
    ['Re: By hand', true],
    ['Re: By hand', true],
  ])
  const steps = plan.steps.map((step) => ({ ...step, threading: 'new' as const }))
  await api.campaigns.change({ campaignId, ...plan, steps })
  await start()
  await desk.app.runOut()
  expect(left(desk)).toEqual(['p1|By hand|First', 'p1|Hello Person1|Hi Person1,', 'p1|Hello Person1|Second'])
})

test('a hole can be written over, and no field can stand in its place', async () => {
  await using desk = await sequenceDesk(2)
  const { api, campaignId, leadIds, mailsOf, write, start } = await draft(desk)
  const [leadId] = leadIds
  const { revision } = await api.leads.get({ leadId })
  await api.leads.edit({ leadId, revision, edit: { company: '' } })
  const check = () => api.campaigns.check({ campaignId })
  expect(await check()).toMatchObject({ ready: 1, obstacles: [{ reason: 'missing_fields', fields: ['company'] }] })

  const [first] = await mailsOf(leadId)
  expect(first).toMatchObject({ missing: ['company'], source: { body: 'Hi Person1,\n\nhow is {{company}}?' } })
  await expect(write(leadId, 0, { body: 'Dear {{company}}' })).rejects.toMatchObject({
    code: 'template.invalid',
    details: { code: 'unknown_field', text: 'company' },
  })
  await expect(write(leadId, 0, { body: ' ' })).rejects.toMatchObject({ details: { code: 'empty_body' } })
  for (const step of [0, 1, 2]) {
    expect(await check()).toMatchObject({ ready: 1, obstacleCount: 1 })
    await write(leadId, step, { body: 'How is business?' })
  }
  expect((await mailsOf(leadId)).flatMap(({ missing }) => missing)).toEqual([])
  expect(await check()).toMatchObject({ ready: 2, obstacleCount: 0 })
  expect(await start()).toMatchObject({ queued: 2, left: 0 })
})

test('words that will not be true are marked in the draft, and hold the mail back when it goes', async () => {
  await using desk = await sequenceDesk(1)
  const { api, leadIds, mailsOf, write, start } = await draft(desk)
  const [leadId] = leadIds
  await write(leadId, 0, { body: 'Let us speak on Thursday, 6 March 2026, in {{month}}.' })
  const [first, second] = await mailsOf(leadId)
  expect(first).toMatchObject({ text: 'Let us speak on Thursday, 6 March 2026, in March.' })
  expect(first?.aged).toMatchObject([{ part: 'text', code: 'wrong_weekday', text: 'Thursday, 6 March 2026' }])
  expect(second?.aged).toEqual([])
  await start()
  await desk.app.run(DAY)
  expect(desk.mailbox.sent).toEqual([])
  expect((await api.sends.list({ status: ['pending'], limit: 5 })).rows[0]?.wait?.code).toBe('text_aged')
})

test('each mail is dated for the day on which it goes', async () => {
  await using desk = await sequenceDesk(1)
  const { leadIds, mailsOf, write } = await draft(desk, { steps: desk.plan.steps })
  const [leadId] = leadIds
  for (const step of [0, 1, 2]) await write(leadId, step, { body: 'On {{weekday}}' })
  expect((await mailsOf(leadId)).map(({ text }) => text)).toEqual(['On Monday', 'On Thursday', 'On Monday'])
})

test('a first mail says how to opt out, also where that was taken out by hand; a follow-up does not', async () => {
  await using desk = await sequenceDesk(1)
  const { api, leadIds, mailsOf, write } = await draft(desk)
  const [leadId] = leadIds
  const { mailboxId } = desk.stocked
  await api.mailboxes.saveSender({ mailboxId, company: 'Corp', postalAddress: '1 Street', optOut: 'Say stop.' })
  expect((await mailsOf(leadId)).slice(0, 2).map(({ source }) => source.body)).toEqual([
    'Hi Person1,\n\nhow is Company 1?\n\nCorp, 1 Street\nSay stop.',
    'Hi Person1,\n\nhow is Company 1?',
  ])
  for (const step of [0, 1]) await write(leadId, step, { body: 'Hi' })
  expect((await mailsOf(leadId)).slice(0, 2).map(({ text }) => text)).toEqual(['Hi\n\nCorp, 1 Street\nSay stop.', 'Hi'])
  await write(leadId, 0, { body: 'Hi\n\nCorp, 1 Street\nSay stop.' })
  expect((await mailsOf(leadId))[0]?.text).toBe('Hi\n\nCorp, 1 Street\nSay stop.')
})

test('the template’s text comes back, and what was written can be put in its place again', async () => {
  await using desk = await sequenceDesk(1)
  const { api, campaignId, leadIds, mailsOf, write, marks } = await draft(desk)
  const [leadId] = leadIds
  await write(leadId, 0, { subject: 'Mine', body: 'Mine' })
  const [mine] = await mailsOf(leadId)
  expect(mine).toMatchObject({ isByHand: true, isOld: false, subject: 'Mine' })
  const place = { campaignId, leadId, step: 0, templateId: mine!.templateId }
  await api.campaigns.writeDraftMail({ ...place, words: null })
  expect((await mailsOf(leadId))[0]).toMatchObject({ isByHand: false, subject: 'Hello Person1' })
  expect(await marks()).toEqual([])
  await api.campaigns.writeDraftMail({ ...place, words: mine!.source })
  expect((await mailsOf(leadId))[0]).toEqual(mine)
})

test('what was written by hand stays when its template changes, and the rep hears of it', async () => {
  await using desk = await sequenceDesk(2)
  const { api, campaignId, leadIds, plan, mailsOf, write, marks, start } = await draft(desk)
  const [first, second] = leadIds
  for (const leadId of [first, second]) await write(leadId, 0, { body: 'By hand' })
  await write(first, 1, { body: 'Also by hand' })
  const { templateId } = desk.stocked
  const content = { subject: 'Formatted', body: 'A *newer* text', format: 'formatted' as const }
  await api.templates.save({ templateId, name: 'Hello', content })
  expect(await marks()).toEqual(['Person1 0 old', 'Person1 1 old', 'Person2 0 old'])
  const { steps } = await api.campaigns.get({ campaignId })
  expect(steps.map(({ byHand, byHandOld }) => [byHand, byHandOld])).toEqual([
    [2, 2],
    [1, 1],
    [0, 0],
  ])
  // Written anew, it is known to fit the text of now.
  await write(first, 1, { body: '*By hand* once more' })
  expect((await mailsOf(first))[1]).toMatchObject({ isOld: false, text: '*By hand* once more', html: null })

  const { id: otherId } = await api.templates.save({ templateId: null, name: 'Other', content })
  const others = plan.steps.map((step, index) => (index === 2 ? step : { ...step, templateIds: [otherId] }))
  expect(await api.campaigns.change({ campaignId, ...plan, steps: others })).toMatchObject({ kept: 3, dropped: 0 })
  expect(await marks()).toEqual(['Person1 0 old', 'Person1 1 old', 'Person2 0 old'])
  expect(await api.campaigns.change({ campaignId, ...plan, steps: others })).toMatchObject({ kept: 0, dropped: 0 })
  await start()
  await desk.app.run(0)
  expect(left(desk)).toContain('p1|Hello Person1|By hand')
})

test('what was written by hand goes with its step: to its new place, or with the step that is gone', async () => {
  await using desk = await sequenceDesk(2)
  const { templateId } = desk.stocked
  const content = { subject: 'Last', body: 'Last', format: 'plain' } as const
  const { id: lastId } = await desk.app.api.templates.save({ templateId: null, name: 'Last', content })
  const written = [templateId, templateId, lastId].map((id, step) => ({ ...desk.plan.steps[step]!, templateIds: [id] }))
  const { api, campaignId, leadIds, plan, mailsOf, write, marks } = await draft(desk, { steps: written })
  const [first, second] = leadIds
  await write(first, 1, { body: 'The second' })
  await write(first, 2, { body: 'The third' })
  await write(second, 2, { body: 'The third' })
  const [one, two, three] = plan.steps
  const change = (steps: typeof plan.steps, cameFrom: (number | null)[] | null) =>
    api.campaigns.change({ campaignId, ...plan, steps, cameFrom })
  expect(await change([one!, three!, two!], [0, 2, null])).toMatchObject({ dropped: 1, kept: 0 })
  expect(await marks()).toEqual(['Person1 1', 'Person2 1'])
  expect((await mailsOf(first)).map(({ text }) => text.split('\n')[0])).toEqual([
    'Hi Person1,',
    'The third',
    'Hi Person1,',
  ])
  // Nobody said where they stood: what is cut off at the end is gone.
  expect(await change([one!], null)).toMatchObject({ dropped: 2 })
  expect(await marks()).toEqual([])
})

test('what was written by hand goes with its person, and a copy of the campaign has none of it', async () => {
  await using desk = await sequenceDesk(2)
  const steps = stepsAfter(desk.stocked.templateId, [0])
  const { api, campaignId, leadIds, write, marks, start } = await draft(desk, { steps })
  const [first, second] = leadIds
  for (const leadId of [first, second]) await write(leadId, 0, { subject: 'Mine', body: 'Mine' })
  await api.campaigns.removePeople({ campaignId, leadIds: [first] })
  await api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: [first] } })
  expect(await marks()).toEqual(['Person2 0'])
  const copy = await api.campaigns.duplicate({ campaignId })
  await api.campaigns.addLeads({ campaignId: copy.id, selection: { by: 'ids', ids: [first, second] } })
  expect((await api.campaigns.get({ campaignId: copy.id })).steps.map(({ byHand }) => byHand)).toEqual([0])
  await start()
  await desk.app.run(HOUR)
  expect(left(desk)).toEqual(['p1|Hello Person1|Hi Person1,', 'p2|Mine|Mine'])
})

test('the plan is the same with it and without it', async () => {
  await using desk = await sequenceDesk(6)
  const { api } = desk.app
  const secondId = await addSecondMailbox(desk, { dailyCap: 1 })
  const { id: otherId } = await api.templates.save({
    templateId: null,
    name: 'Other',
    content: { subject: 'Other {{firstName}}', body: 'Other', format: 'plain' },
  })
  const { mailboxId, templateId } = desk.stocked
  const steps = stepsAfter(templateId, [0, 3]).map((step) => ({ ...step, templateIds: [templateId, otherId] }))
  const { campaignId, leadIds, plan, mailsOf, write } = await draft(desk, { steps, mailboxIds: [mailboxId, secondId] })
  const look = async () => [
    await api.campaigns.check({ campaignId }),
    await api.campaigns.whatIf({ campaignId, ...plan }),
    await Promise.all(leadIds.map(async (id) => (await mailsOf(id)).map(({ variant }) => variant))),
  ]
  const before = await look()
  for (const leadId of leadIds.slice(1, 5)) await write(leadId, 1, { body: 'By hand' })
  expect(await look()).toEqual(before)
})

test('whoever a mail was written over for stays with its mailbox and its text, whoever else is taken out', async () => {
  await using desk = await sequenceDesk(3)
  const { api } = desk.app
  const secondId = await addSecondMailbox(desk)
  await api.mailboxes.saveIdentity({ mailboxId: secondId, senderName: 'Robin', signature: 'Robin, second' })
  const { id: otherId } = await api.templates.save({
    templateId: null,
    name: 'Other',
    content: { subject: 'Other {{firstName}}', body: 'Other', format: 'plain' },
  })
  const { mailboxId, templateId } = desk.stocked
  const steps = stepsAfter(templateId, [0]).map((step) => ({ ...step, templateIds: [templateId, otherId] }))
  const mailboxIds = [mailboxId, secondId]
  const { campaignId, leadIds, plan, mailsOf, write, marks, start } = await draft(desk, { steps, mailboxIds })
  const [first, second, third] = leadIds
  expect((await mailsOf(second))[0]).toMatchObject({
    variant: 1,
    source: { body: 'Other\n\nRobin, second\n\nCorp, 1 Main Street, Springfield\nReply “stop” to stop.' },
  })
  await write(second, 0, { subject: 'Mine' })
  await api.campaigns.removePeople({ campaignId, leadIds: [first] })
  expect((await mailsOf(second))[0]).toMatchObject({ variant: 1, subject: 'Mine' })
  expect((await mailsOf(third))[0]).toMatchObject({ variant: 1, subject: 'Other Person3' })
  await api.campaigns.change({ campaignId, ...plan, mailboxIds: [mailboxId] })
  expect(await marks()).toEqual(['Person2 0 old'])
  await api.campaigns.change({ campaignId, ...plan })
  await start()
  const { rows } = await api.sends.list({ campaignId, limit: 5 })
  expect(rows.toSorted((a, b) => a.leadId - b.leadId).map((send) => send.mailboxId)).toEqual([secondId, mailboxId])
})

test('only a mail of somebody in a draft can be written over', async () => {
  await using desk = await sequenceDesk(2)
  const { api, campaignId, leadIds, mailsOf, write, start } = await draft(desk)
  const [first, second] = leadIds
  const [mail] = await mailsOf(first)
  const { source, templateId } = mail!
  const save = (part: object) =>
    api.campaigns.writeDraftMail({ campaignId, leadId: first, step: 0, templateId, words: source, ...part })
  const noSuchMail = { code: 'campaign.no_such_mail' }
  await expect(save({ step: 3 })).rejects.toMatchObject(noSuchMail)
  await expect(save({ templateId: 99 })).rejects.toMatchObject(noSuchMail)
  await api.campaigns.removePeople({ campaignId, leadIds: [second] })
  await expect(mailsOf(second)).rejects.toMatchObject(noSuchMail)
  await expect(save({ leadId: second })).rejects.toMatchObject(noSuchMail)
  await start()
  await expect(mailsOf(first)).rejects.toMatchObject({ code: 'campaign.not_draft' })
  await expect(write(first, 0, {})).rejects.toMatchObject({ code: 'campaign.not_draft' })
})
