import { expect, test } from 'vitest'
import { sequenceDesk, startSequence } from '#test/support/sequence'

const HOUR = 3_600_000

test('a campaign knows when its mail of the last 24 hours was sent, and no other mail', async () => {
  await using desk = await sequenceDesk(6)
  const { app, stocked } = desk
  const half = (leadIds: readonly number[]) => ({ ...desk, stocked: { ...stocked, leadIds } })
  const { id: campaignId } = await startSequence(half(stocked.leadIds.slice(0, 3)))
  await startSequence(half(stocked.leadIds.slice(3)))
  await app.run(3 * HOUR)
  const { rows } = await app.api.sends.list({ campaignId, status: ['sent'] })
  const sentAt = rows.map(({ finishedAt }) => finishedAt ?? 0).toSorted((a, b) => a - b)
  expect(sentAt).toHaveLength(3)
  expect((await app.api.campaigns.get({ campaignId })).sentLatelyAt).toEqual(sentAt)
  await app.run(24 * HOUR)
  expect((await app.api.campaigns.list({})).map(({ sentLatelyAt }) => sentLatelyAt)).toEqual([[], []])
})
