import { formatCount, formatDuration } from './format.ts'

/** What this computer’s clock did. */
export function clockText({ data }: { readonly data: Readonly<Record<string, unknown>> }): string {
  if (typeof data.sendsSetBack === 'number') {
    return `This computer’s clock was wrong while mail went out; ${formatCount(data.sendsSetBack, 'time')} in the history were set right.`
  }
  const byMs = typeof data.byMs === 'number' ? data.byMs : 0
  const size = byMs === 0 ? '' : ` ${byMs > 0 ? 'for' : 'by'} ${formatDuration(Math.abs(byMs))}`
  // Nobody can tell the two apart: the wall clock went on without the other one.
  const what = byMs > 0 ? `slept${size}, or its clock was put forward` : `had its clock set back${size}`
  return `This computer ${what}; the plan was made anew, without hurrying.`
}
