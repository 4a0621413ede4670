import { expect, test } from 'vitest'
import { DEFAULT_POLICY, Policy } from '#shared/domain/policy'
import { zoneOf } from '#shared/domain/zone-name'

test.for([
  ['Europe/Berlin', 'Europe/Berlin'],
  [' europe/berlin ', 'Europe/Berlin'],
  ['UTC', 'UTC'],
  ['Mars/Olympus', null],
  ['+02:00', null],
  ['', null],
] as const)('%j is the zone %j', ([typed, zone]) => {
  expect(zoneOf(typed)).toBe(zone)
})

test('a policy in a zone that does not exist is refused before it is saved', () => {
  expect(Policy.safeParse({ ...DEFAULT_POLICY, zone: 'Mars/Olympus' }).success).toBe(false)
  expect(Policy.safeParse({ ...DEFAULT_POLICY, zone: 'Asia/Tokyo' }).success).toBe(true)
})
