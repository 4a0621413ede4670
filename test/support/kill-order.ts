/**
 * What the parent of a crash test tells the process that it kills, and the moments at which that process may die.
 */

/** Moments inside the process: it kills itself there, before anything else runs. */
export const CHILD_MOMENTS = [
  'claim committed',
  'before the draft',
  'draft half written',
  'after the draft',
  'draft committed',
  'sending committed',
  'before the send',
  'before the first byte',
  'first byte allowed',
  'mail renamed',
  'after the answer',
  'outcome committed',
  'doubt committed',
  'putting back committed',
  'before the look',
  'after the look',
  'proof committed',
] as const
export type ChildMoment = (typeof CHILD_MOMENTS)[number]

/** Moments at the SMTP server, which lives in the parent and goes on when the sender is dead. */
export const SERVER_MOMENTS = ['at the recipient', 'in the mail', 'mail taken', 'mail answered'] as const
export type ServerMoment = (typeof SERVER_MOMENTS)[number]

export type Moment = ChildMoment | ServerMoment

/** Die when a moment is reached for the `hit`-th time in this process. */
export interface MomentKill {
  readonly at: Moment
  readonly hit: number
}

/** Die `afterMs` real milliseconds after the process has begun, wherever it is then. */
export interface TimedKill {
  readonly afterMs: number
}

/** No file may grow beyond this; whoever cannot go on then dies. In blocks of 512 bytes. */
export interface FullDisk {
  readonly fileBlocks: number
}

export type Kill = MomentKill | TimedKill | FullDisk

export interface KillOrder {
  readonly dataFolder: string
  /** Where the simulated clock starts, epoch ms. */
  readonly startAt: number
  /** What the process does to itself; null: nothing. */
  readonly kill: MomentKill | null
  /** It also dies when it cannot go on: its disk is full, and nobody makes room. */
  readonly diesWhenStuck?: boolean
}

export function isChildMoment(moment: Moment): moment is ChildMoment {
  return CHILD_MOMENTS.some((candidate) => candidate === moment)
}
