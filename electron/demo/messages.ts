/** What the demo tells the process that sends. */
export interface SenderOrder {
  readonly dataFolder: string
  /** Epoch ms: where its simulated clock starts. */
  readonly startAt: number
  /** IANA zone of the simulated machine. */
  readonly zone: string
}

/** What it tells back after each step. */
export interface SenderReport {
  /** Sends that are not finished. */
  readonly waiting: number
  /** Its simulated now, epoch ms. */
  readonly now: number
}
