import { describe, expect, test } from 'vitest'
import { SENDER } from '#test/support/stock'
import { sequenceDesk, startSequence, stepsAfter, storyOf, type SequenceDesk } from '#test/support/sequence'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const firstLead = (desk: SequenceDesk) => [desk.stocked.leadIds[0]] as never
const sent = ({ mailbox }: SequenceDesk) => mailbox.sent.map((mail) => `${mail.to.name.split(' ')[0]} ${mail.subject}`)

/** `Person1` answers the newest mail to them. */
async function answerFrom(desk: SequenceDesk, body: string, headers?: readonly string[]): Promise<void> {
  const last = desk.mailbox.sent.findLast((mail) => mail.to.address === 'p1@company1.example')
  desk.inbox.receive({
    from: 'p1@company1.example',
    at: desk.app.clock.now(),
    inReplyTo: `<${last?.key}@pacemail.example>`,
    body,
    ...(headers && { headers }),
  })
  await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })
}

describe('a sequence', () => {
  test('plans every mail of everybody from the start, three and seven working days apart', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    expect(await storyOf(desk, id)).toEqual({
      'Person1 active': ['sent 2026-03-02 09:00', 'planned 2026-03-05 09:00', 'planned 2026-03-16 09:00'],
    })
  })

  test('sends what it planned, when it planned it, and then it is complete', async () => {
    await using desk = await sequenceDesk(3)
    const { id } = await startSequence(desk)
    const planned = await storyOf(desk, id)
    await desk.app.runOut()
    const done = await storyOf(desk, id)
    expect(Object.values(done)).toEqual(
      Object.values(planned).map((steps) => steps.map((step) => step.replace('planned', 'sent'))),
    )
    expect(Object.keys(done)).toEqual(['Person1 finished', 'Person2 finished', 'Person3 finished'])
    expect(await desk.app.api.campaigns.get({ campaignId: id })).toMatchObject({
      status: 'completed',
      endedAt: desk.mailbox.sent.at(-1)?.date,
      progress: { total: 9, sent: 9, pending: 0 },
    })
  })

  test('goes on in the thread that its first mail began', async () => {
    await using desk = await sequenceDesk(1)
    await startSequence(desk)
    await desk.app.runOut()
    const [first, second, third] = desk.mailbox.sent
    expect(first).toMatchObject({ subject: 'Hello Person1', follows: null })
    expect(second).toMatchObject({ subject: 'Re: Hello Person1', follows: { providerMessageId: first?.key } })
    expect(third?.follows?.messageIds).toEqual([first, second].map((mail) => `<${mail?.key}@pacemail.example>`))
  })

  test('keeps the subject of its thread, also where the rep wrote the first mail over', async () => {
    await using desk = await sequenceDesk(1)
    const { api } = desk.app
    await api.app.pause({})
    await startSequence(desk)
    const { rows } = await api.sends.list({ status: ['pending'] })
    const sendId = rows.find(({ step }) => step === 0)!.id
    const { revision, source } = await api.sends.source({ sendId })
    await api.sends.edit({ sendId, revision, subject: 'A word about your roof', body: source.body })
    await api.app.resume({})
    await desk.app.runOut()
    expect(desk.mailbox.sent.map(({ subject }) => subject)).toEqual([
      'A word about your roof',
      'Re: A word about your roof',
      'Re: A word about your roof',
    ])
  })

  test('or with a mail of its own where the rep wants that', async () => {
    await using desk = await sequenceDesk(1)
    const [first, second] = stepsAfter(desk.stocked.templateId, [0, 1])
    await startSequence(desk, { steps: [first!, { ...second!, threading: 'new' }] })
    await desk.app.runOut()
    expect(desk.mailbox.sent.map(({ subject, follows }) => [subject, follows])).toEqual([
      ['Hello Person1', null],
      ['Hello Person1', null],
    ])
  })

  test('its follow-ups are not held by the cool-down, but another campaign is', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.runOut()
    expect(desk.mailbox.sent).toHaveLength(3)
    const again = await desk.app.api.campaigns.duplicate({ campaignId: id })
    await desk.app.api.campaigns.addLeads({ campaignId: again.id, selection: { by: 'ids', ids: firstLead(desk) } })
    const { ready, obstacles } = await desk.app.api.campaigns.check({ campaignId: again.id })
    expect([ready, obstacles.map(({ reason }) => reason)]).toEqual([0, ['cool_down']])
  })

  test('follow-ups go before first mails that are due as well', async () => {
    await using desk = await sequenceDesk(2)
    await startSequence(desk, { steps: stepsAfter(desk.stocked.templateId, [0, 0]) })
    await desk.app.runOut()
    expect(sent(desk)).toEqual([
      'Person1 Hello Person1',
      'Person1 Re: Hello Person1',
      'Person2 Hello Person2',
      'Person2 Re: Hello Person2',
    ])
  })

  test('splits several texts of a step evenly', async () => {
    await using desk = await sequenceDesk(6)
    const { api } = desk.app
    const content = { subject: 'Other', body: 'Another text', format: 'plain' } as const
    const other = await api.templates.save({ templateId: null, name: 'Other', content })
    const [step] = desk.plan.steps
    const { id } = await startSequence(desk, {
      steps: [{ ...step!, templateIds: [desk.stocked.templateId, other.id] }],
    })
    await desk.app.runOut()
    expect(desk.mailbox.sent.map(({ subject }) => subject === 'Other')).toEqual([false, true, false, true, false, true])
    const { steps } = await api.campaigns.get({ campaignId: id })
    expect(steps[0]?.variants.map((variant) => variant.sent)).toEqual([3, 3])
  })
})

describe('somebody who', () => {
  test('answers gets nothing more, at once and visibly, until the verdict is taken back', async () => {
    await using desk = await sequenceDesk(2)
    const { id } = await startSequence(desk)
    await desk.app.run(2 * HOUR)
    await answerFrom(desk, 'Thank you, let us speak.')
    expect(await storyOf(desk, id)).toMatchObject({
      'Person1 replied': ['sent 2026-03-02 09:00', 'skipped', 'skipped'],
      'Person2 active': [
        expect.stringContaining('sent'),
        expect.stringContaining('planned'),
        expect.stringContaining('planned'),
      ],
    })
    const { rows } = await desk.app.api.incoming.list({})
    await desk.app.api.incoming.undo({ incomingId: rows[0]!.id })
    expect((await storyOf(desk, id))['Person1 active']).toEqual([
      'sent 2026-03-02 09:00',
      'planned 2026-03-05 09:00',
      'planned 2026-03-16 09:00',
    ])
    await desk.app.runOut()
    expect(desk.mailbox.sent).toHaveLength(6)
  })

  test('is away is left alone until they are back, and the steps after it move along', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    await answerFrom(desk, 'I am out of the office until 20 March 2026.', [
      'Content-Type: text/plain; charset=utf-8',
      'Auto-Submitted: auto-replied',
    ])
    const [, second, third] = (await storyOf(desk, id))['Person1 on_hold'] ?? []
    expect((second ?? '') >= 'planned 2026-03-20').toBe(true)
    expect((third ?? '') > 'planned 2026-03-30').toBe(true)
    await desk.app.runOut()
    expect(Object.keys(await storyOf(desk, id))).toEqual(['Person1 finished'])
  })

  test('is paused waits, and their days begin to count again where they stopped', async () => {
    await using desk = await sequenceDesk(2)
    const { id } = await startSequence(desk)
    await desk.app.run(DAY)
    await desk.app.api.campaigns.pausePeople({ campaignId: id, leadIds: firstLead(desk) })
    expect(await storyOf(desk, id)).toMatchObject({
      'Person1 paused': ['sent 2026-03-02 09:00', 'person_paused', 'step_before'],
    })
    await desk.app.run(7 * DAY)
    expect(sent(desk).filter((mail) => mail.startsWith('Person1'))).toHaveLength(1)
    expect(sent(desk).filter((mail) => mail.startsWith('Person2'))).toHaveLength(2)
    await desk.app.api.campaigns.resumePeople({ campaignId: id, leadIds: firstLead(desk) })
    expect((await storyOf(desk, id))['Person1 active']?.[1]).toBe('planned 2026-03-12 09:00')
  })

  test('is taken out gets nothing more', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    await desk.app.api.campaigns.removePeople({ campaignId: id, leadIds: firstLead(desk) })
    await desk.app.run(30 * DAY)
    expect(await storyOf(desk, id)).toEqual({ 'Person1 removed': ['sent 2026-03-02 09:00', 'cancelled', 'cancelled'] })
    expect(await desk.app.api.campaigns.get({ campaignId: id })).toMatchObject({ status: 'completed' })
  })

  test('cannot be written to gets no follow-up either, until the rep tries again', async () => {
    await using desk = await sequenceDesk(1)
    desk.mailbox.next.push('refuses for good')
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    expect(await storyOf(desk, id)).toEqual({ 'Person1 finished': ['failed', 'skipped', 'skipped'] })
    expect(await desk.app.api.campaigns.retryFailed({ campaignId: id })).toMatchObject({ retried: 1 })
    expect(Object.keys(await storyOf(desk, id))).toEqual(['Person1 active'])
    await desk.app.runOut()
    expect(await storyOf(desk, id)).toMatchObject({ 'Person1 finished': expect.not.arrayContaining(['skipped']) })
    expect(desk.mailbox.sent).toHaveLength(3)
  })
})

describe('the rep', () => {
  test('pauses the campaign, and no day counts meanwhile', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.run(DAY)
    await desk.app.api.campaigns.pause({ campaignId: id })
    await desk.app.run(7 * DAY)
    expect(desk.mailbox.sent).toHaveLength(1)
    await desk.app.api.campaigns.resume({ campaignId: id })
    expect((await storyOf(desk, id))['Person1 active']?.[1]).toBe('planned 2026-03-12 09:00')
  })

  test('leaves one mail out, and the next counts its days from then', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
    const second = rows.find(({ step }) => step === 1)
    await desk.app.api.sends.leaveOut({ selection: { by: 'ids', ids: [second!.id] } })
    expect((await storyOf(desk, id))['Person1 active']).toEqual([
      'sent 2026-03-02 09:00',
      'skipped',
      'planned 2026-03-11 10:00',
    ])
  })

  test('who leaves out the first mail lets the second be a mail of its own', async () => {
    await using desk = await sequenceDesk(1)
    await desk.app.api.app.pause({})
    await startSequence(desk)
    const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
    await desk.app.api.sends.leaveOut({ selection: { by: 'ids', ids: [rows.find(({ step }) => step === 0)!.id] } })
    await desk.app.api.app.resume({})
    await desk.app.runOut()
    expect(desk.mailbox.sent.map(({ subject, follows }) => [subject, follows === null])).toEqual([
      ['Hello Person1', true],
      ['Re: Hello Person1', false],
    ])
  })

  test.each([false, true])(
    'who leaves out the first mail has the second say who writes (its text changed: %s)',
    async (isChanged) => {
      await using desk = await sequenceDesk(1)
      const { api } = desk.app
      await api.mailboxes.saveSender({ mailboxId: desk.stocked.mailboxId, ...SENDER })
      await api.app.pause({})
      const { id: campaignId } = await startSequence(desk)
      const { rows } = await api.sends.list({ status: ['pending'] })
      await api.sends.leaveOut({ selection: { by: 'ids', ids: [rows.find(({ step }) => step === 0)!.id] } })
      const { mail: shown } = await api.sends.get({ sendId: rows.find(({ step }) => step === 1)!.id })
      expect(shown.text).toContain(SENDER.postalAddress)
      if (isChanged) {
        const other = await api.templates.save({
          templateId: null,
          name: 'Other',
          content: { subject: 'Other', body: 'Another text.', format: 'formatted' },
        })
        const steps = desk.plan.steps.map((step, index) => (index === 1 ? { ...step, templateIds: [other.id] } : step))
        await api.campaigns.change({ ...desk.plan, campaignId, steps })
      }
      await api.app.resume({})
      await desk.app.runOut()
      const says = desk.mailbox.sent.map(({ text }) =>
        [SENDER.postalAddress, SENDER.optOut].map((part) => text.includes(part)),
      )
      expect(says).toEqual([
        [true, true],
        [false, false],
      ])
    },
  )

  test('moves a mail to a time of their own', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
    const at = { local: '2026-03-25T11:30', zone: 'UTC' }
    await desk.app.api.sends.reschedule({ selection: { by: 'ids', ids: [rows[0]!.id] }, at })
    expect((await storyOf(desk, id))['Person1 active']?.[1]).toBe('planned 2026-03-25 11:30')
  })

  test('cancels and hears how many were stopped', async () => {
    await using desk = await sequenceDesk(2)
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    expect(await desk.app.api.campaigns.cancel({ campaignId: id })).toMatchObject({
      stopped: 4,
      campaign: { status: 'cancelled' },
    })
    await desk.app.run(30 * DAY)
    expect(desk.mailbox.sent).toHaveLength(2)
  })

  test('is away, and no day of it counts', async () => {
    await using desk = await sequenceDesk(1)
    const { id } = await startSequence(desk)
    await desk.app.run(HOUR)
    desk.app.engine.rooms.away.save([{ from: '2026-03-04', to: '2026-03-10', stopBeforeDays: 2 }])
    expect((await storyOf(desk, id))['Person1 active']?.[1]).toBe('planned 2026-03-12 09:00')
  })

  test('leaves soon, so no first mail goes any more', async () => {
    await using desk = await sequenceDesk(1)
    desk.app.engine.rooms.away.save([{ from: '2026-03-04', to: '2026-03-10', stopBeforeDays: 2 }])
    const { id } = await startSequence(desk)
    const { rows } = await desk.app.api.sends.list({ status: ['pending'] })
    expect(rows[0]?.wait).toMatchObject({ code: 'away_soon', at: Date.UTC(2026, 2, 11, 9) })
    expect(Object.keys(await storyOf(desk, id))).toEqual(['Person1 active'])
  })
})

describe('a running campaign that is changed', () => {
  test('writes anew what is not sent, and leaves what is', async () => {
    await using desk = await sequenceDesk(1)
    const { api } = desk.app
    const { id: campaignId } = await startSequence(desk)
    await desk.app.run(HOUR)
    const content = { subject: 'News for {{firstName}}', body: 'Another text', format: 'plain' } as const
    await api.templates.save({ templateId: desk.stocked.templateId, name: 'Hello', content })
    const changed = await api.campaigns.change({
      campaignId,
      ...desk.plan,
      steps: stepsAfter(desk.stocked.templateId, [0, 1]),
    })
    expect(changed).toMatchObject({ rewritten: 1, kept: 0, cancelled: 1, added: 0 })
    expect(await storyOf(desk, campaignId)).toEqual({
      'Person1 active': ['sent 2026-03-02 09:00', 'planned 2026-03-03 09:00', 'cancelled'],
    })
    await desk.app.runOut()
    expect(desk.mailbox.sent.map(({ subject, text }) => [subject, text])).toEqual([
      ['Hello Person1', 'Hi Person1,\n\nhow is Company 1?'],
      ['Re: Hello Person1', 'Another text'],
    ])
  })

  test('adds a mail for everybody who is still in it', async () => {
    await using desk = await sequenceDesk(2)
    const { id: campaignId } = await startSequence(desk)
    await desk.app.run(HOUR)
    await desk.app.api.campaigns.removePeople({ campaignId, leadIds: firstLead(desk) })
    const steps = stepsAfter(desk.stocked.templateId, [0, 3, 7, 7])
    expect(await desk.app.api.campaigns.change({ campaignId, ...desk.plan, steps })).toMatchObject({ added: 1 })
    const { rows } = await desk.app.api.sends.list({ status: ['pending'], campaignId })
    const stories = await Promise.all(rows.map(({ id }) => desk.app.api.sends.get({ sendId: id })))
    expect(stories.map(({ events }) => events[0]?.kind)).toEqual(['send_queued', 'send_queued', 'send_queued'])
    await desk.app.runOut()
    expect(desk.mailbox.sent).toHaveLength(5)
  })

  test('takes in more people while it runs, each once', async () => {
    await using desk = await sequenceDesk(2)
    const { api } = desk.app
    const { id: campaignId } = await api.campaigns.create(desk.plan)
    const add = (ids: readonly number[]) =>
      api.campaigns.addLeads({ campaignId, selection: { by: 'ids', ids: ids as never } })
    await add(desk.stocked.leadIds.slice(0, 1))
    await api.campaigns.start({ campaignId })
    expect(await add(desk.stocked.leadIds)).toEqual({ added: 1, left: 1 })
    expect(await add(desk.stocked.leadIds)).toEqual({ added: 0, left: 2 })
    await desk.app.runOut()
    expect(desk.mailbox.sent).toHaveLength(6)
  })
})
