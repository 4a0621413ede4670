/**
 * Lanes: sends that wait for the same things stand in one line, and only the head of each line need be asked.
 */
import type { LaneHead } from './decide.ts'

export interface Lane<H extends LaneHead> {
  readonly key: string
  /** By `notBefore`, then `sendId`; those before `next` have left. */
  readonly sends: H[]
  next: number
}

/** `heads[i]` is the first of `lanes[i]`. A lane that is empty is gone. */
export interface Lanes<H extends LaneHead> {
  readonly byKey: Map<string, Lane<H>>
  readonly lanes: Lane<H>[]
  readonly heads: H[]
}

/** The most urgent lane first: once one may go, those behind it need not be asked. */
export function lanesOf<H extends LaneHead>(sends: readonly H[]): Lanes<H> {
  const lanes = [...Map.groupBy(sends, keyOf)]
    .map(([key, of]) => ({ key, sends: of.toSorted(compare), next: 0 }))
    .sort((a, b) => (a.sends[0]?.priority ?? 0) - (b.sends[0]?.priority ?? 0))
  return {
    byKey: new Map(lanes.map((lane) => [lane.key, lane])),
    lanes,
    heads: lanes.flatMap((lane) => lane.sends[0] ?? []),
  }
}

/** The send must be the head of its lane. */
export function leaveLane<H extends LaneHead>({ byKey, lanes, heads }: Lanes<H>, head: H): void {
  const index = heads.indexOf(head)
  const lane = lanes[index]
  if (!lane) throw new Error(`send ${head.sendId} is at the head of no lane`)
  lane.next += 1
  const next = lane.sends[lane.next]
  if (next) {
    heads[index] = next
    return
  }
  byKey.delete(lane.key)
  lanes.splice(index, 1)
  heads.splice(index, 1)
}

/** Puts a send in its place; a lane is made where there is none. */
export function addToLanes<H extends LaneHead>({ byKey, lanes, heads }: Lanes<H>, send: H): void {
  const key = keyOf(send)
  const lane = byKey.get(key)
  if (!lane) {
    const made = { key, sends: [send], next: 0 }
    byKey.set(key, made)
    lanes.push(made)
    heads.push(send)
    return
  }
  const place = placeIn(lane, send)
  lane.sends.splice(place, 0, send)
  if (place === lane.next) heads[lanes.indexOf(lane)] = send
}

function placeIn<H extends LaneHead>({ sends, next }: Lane<H>, send: H): number {
  let from = next
  let to = sends.length
  while (from < to) {
    const middle = (from + to) >>> 1
    const other = sends[middle]
    if (other && compare(other, send) < 0) from = middle + 1
    else to = middle
  }
  return from
}

function keyOf({ campaignId, isFollowUp, zone, priority }: LaneHead): string {
  return `${campaignId}|${isFollowUp ? 1 : 0}|${priority}|${zone}`
}

function compare(a: LaneHead, b: LaneHead): number {
  return a.notBefore - b.notBefore || a.sendId - b.sendId
}
