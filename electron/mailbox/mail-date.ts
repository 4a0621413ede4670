/** Writing and reading of a given moment; neither asks what time it is. */

/** A moment (epoch ms) as RFC 5322 wants it in the Date header: UTC, whole seconds. */
export function mailDate(at: number): string {
  // oxlint-disable-next-line no-restricted-globals -- formats the moment it is given, reads no clock
  return new Date(at).toUTCString().replace('GMT', '+0000')
}

/** The moment of a Date header, epoch ms; null when it is not a date. */
export function parseMailDate(text: string): number | null {
  // oxlint-disable-next-line no-restricted-globals -- reads the moment it is given, reads no clock
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}
