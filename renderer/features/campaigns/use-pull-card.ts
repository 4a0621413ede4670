import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { SequenceDays } from './use-campaigns.ts'
import { dayAt, delayTo, indexOf, leftOf } from './sequence-line.ts'
import { LONGEST_DELAY, type StepDelay } from '#shared/domain/step-delay'

/** Less than this was a press, not a pull. */
const PULL_PX = 4

interface Line {
  readonly example: SequenceDays
  /** Px. */
  readonly width: number
  readonly delays: readonly StepDelay[]
  readonly onMove: (step: number, days: number) => void
}

interface Pull {
  readonly step: number
  /** Where the card would stand, px. */
  readonly left: number
  readonly days: number
}

/** Moves a mail along the line of time, by pointer or with Shift and the arrows. The first one always goes at once. */
export function usePullCard({ example, width, delays, onMove }: Line) {
  const [pull, setPull] = useState<Pull | null>(null)
  const grip = useRef<{ readonly x: number; readonly left: number } | null>(null)
  const isPulled = useRef(false)

  function pullTo(step: number, left: number): void {
    const { days, dates } = example
    const delay = delays[step]
    const before = dates[step - 1] ?? null
    if (delay === undefined || before === null) return
    const from = indexOf(before, days)
    const to = Math.max(from, dayAt(left, days.length, width))
    setPull({ step, left: leftOf(to, days.length, width), days: delayTo(days, { from, to }, delay.unit) })
  }

  function stop(): void {
    grip.current = null
    setPull(null)
  }

  const pointer = (step: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const date = example.dates[step] ?? null
      isPulled.current = false
      if (step === 0 || event.button !== 0 || date === null) return
      event.currentTarget.setPointerCapture(event.pointerId)
      // The middle of its day, so that half a day to either side is the next one.
      const { days } = example
      grip.current = { x: event.clientX, left: leftOf(indexOf(date, days) + 0.5, days.length, width) }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (grip.current === null) return
      const by = event.clientX - grip.current.x
      isPulled.current ||= Math.abs(by) >= PULL_PX
      if (isPulled.current) pullTo(step, grip.current.left + by)
    },
    onPointerUp: () => {
      if (pull !== null) onMove(pull.step, pull.days)
      stop()
    },
    onPointerCancel: stop,
  })

  /** True: the key was for the move. */
  function onKey({ key, shiftKey }: KeyboardEvent, step: number): boolean {
    if (key === 'Escape' && pull !== null) {
      stop()
      return true
    }
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0
    const delay = delays[step]
    if (by === 0 || !shiftKey || step === 0 || delay === undefined) return false
    onMove(step, Math.min(LONGEST_DELAY, Math.max(0, delay.days + by)))
    return true
  }

  return {
    pull,
    pointer,
    onKey,
    /** The press that ends a pull opens nothing. */
    wasPulled: () => isPulled.current,
  }
}
