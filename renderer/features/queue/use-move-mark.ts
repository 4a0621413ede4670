import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { DayMark, MailboxDay } from '#shared/contract/sends'
import { useCall, useCallOnce } from '../../api/hooks.ts'
import { showNote } from '../../ui/note.ts'
import { momentAt, type Move, movedWords, moveTo, type Span, targetText, wallTimeOf } from './day-line.ts'

interface Moving extends Move {
  readonly sendId: DayMark['sendId']
}

/** What the line below a day says. */
export interface Said {
  readonly text: string
  /** Where a mail would be moved to; it is also read out. */
  readonly isMove: boolean
}

export interface Place {
  readonly lane: MailboxDay
  readonly span: Span
  readonly now: number
  readonly onSay: (said: Said | null) => void
}

/** A step of the arrow keys. */
const KEY_STEP_MS = 15 * 60_000
/** Less than this was a press, not a pull. */
const PULL_PX = 4

/** Pulls a planned mail along its line, by pointer or with Shift and the arrows; nothing is changed before it is let go. */
export function useMoveMark({ lane, span, now, onSay }: Place) {
  const [moving, setMoving] = useState<Moving | null>(null)
  const pull = useRef<{ readonly x: number; readonly width: number; readonly left: number } | null>(null)
  const isPulled = useRef(false)
  const save = useSaveMove(now)

  function begin(mark: DayMark, at: number): void {
    const move = moveTo(at, lane, now)
    setMoving({ sendId: mark.sendId, ...move })
    onSay({ text: move.refusal ?? targetText(move.at), isMove: true })
  }

  function stop(): void {
    setMoving(null)
    onSay(null)
  }

  /** A refused place leaves the mail where it is. */
  function drop(): void {
    if (moving === null) return
    if (moving.refusal === null) save(moving)
    else showNote(moving.refusal)
    stop()
  }

  const pointer = (mark: DayMark) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const line = event.currentTarget.parentElement?.getBoundingClientRect()
      if (mark.kind !== 'planned' || event.button !== 0 || line === undefined) return
      event.currentTarget.setPointerCapture(event.pointerId)
      isPulled.current = false
      pull.current = { x: event.clientX, width: line.width, left: line.left }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (pull.current === null) return
      isPulled.current ||= Math.abs(event.clientX - pull.current.x) >= PULL_PX
      if (isPulled.current) begin(mark, momentAt((event.clientX - pull.current.left) / pull.current.width, span))
    },
    onPointerUp: () => {
      pull.current = null
      if (isPulled.current) drop()
    },
    onPointerCancel: () => {
      pull.current = null
      stop()
    },
  })

  /** True: the key was for the move. */
  function onKey(event: KeyboardEvent, mark: DayMark): boolean {
    const step = event.key === 'ArrowLeft' ? -KEY_STEP_MS : event.key === 'ArrowRight' ? KEY_STEP_MS : 0
    if (step !== 0 && event.shiftKey && mark.kind === 'planned') {
      begin(mark, (moving?.sendId === mark.sendId ? moving.at : mark.at) + step)
      return true
    }
    if (moving === null) return false
    if (event.key === 'Enter' || event.key === ' ') drop()
    if (event.key === 'Escape') stop()
    return event.key === 'Enter' || event.key === ' ' || event.key === 'Escape'
  }

  return {
    moving,
    pointer,
    onKey,
    stop,
    /** The press that ends a pull opens nothing. */
    wasPulled: () => {
      const was = isPulled.current
      isPulled.current = false
      return was
    },
  }
}

/** The rep's own date; afterwards it is told when the mail really goes, for the other rules have a say in it. */
function useSaveMove(now: number): (moving: Moving) => void {
  const reschedule = useCall('sends.reschedule')
  const ask = useCallOnce()
  return ({ sendId, at }) => {
    reschedule.mutate(
      { selection: { by: 'ids', ids: [sendId] }, at: wallTimeOf(at) },
      {
        onSuccess: ({ changed }) => {
          if (changed === 0) return showNote('It was too late: this mail is on its way already.')
          ask('sends.get', { sendId }).then(
            ({ send: { wait } }) => showNote(wait === null ? 'Moved.' : movedWords(at, wait, now)),
            () => showNote('Moved.'),
          )
        },
      },
    )
  }
}
