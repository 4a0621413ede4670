import { useState, type KeyboardEvent } from 'react'
import type { DayMark, MailboxDay } from '#shared/contract/sends'
import { formatClock, formatCount, formatNumber } from '../../ui/format.ts'
import { WAIT_LABELS } from '../../ui/wait-text.ts'
import { hourLoads, markText, placeOf, type Span } from './day-line.ts'
import styles from './day-line.module.css'
import { type Said, useMoveMark } from './use-move-mark.ts'

interface Props {
  readonly lane: MailboxDay
  readonly span: Span
  readonly now: number
  readonly onOpen: (sendId: DayMark['sendId']) => void
  /** For the line below; null: nothing. */
  readonly onSay: (said: Said | null) => void
}

/** One mailbox: when it is open, how full each hour is, and every mail in its place. One stop of Tab; the arrows walk. */
export function DayLane({ lane, span, now, onOpen, onSay }: Props) {
  const [current, setCurrent] = useState(0)
  const move = useMoveMark({ lane, span, now, onSay })
  const { marks } = lane
  const at = Math.min(current, Math.max(0, marks.length - 1))

  function say(mark: DayMark): void {
    if (move.moving === null) onSay({ text: markText(mark, now), isMove: false })
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, mark: DayMark, index: number): void {
    if (move.onKey(event, mark)) return event.preventDefault()
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: marks.length - 1 }[event.key]
    if (to === undefined || event.shiftKey) return
    event.preventDefault()
    move.stop()
    const next =
      event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('button')[
        Math.min(marks.length - 1, Math.max(0, to))
      ]
    next?.focus()
  }

  return (
    <>
      <LaneHead lane={lane} />
      <div className={styles['track']} role="group" aria-label={laneText(lane)}>
        <Background lane={lane} span={span} />
        {marks.map((mark, index) => {
          const moving = move.moving?.sendId === mark.sendId ? move.moving : null
          return (
            <button
              key={mark.sendId}
              type="button"
              className={styles['mark']}
              style={{ left: `${placeOf(moving?.at ?? mark.at, span)}%` }}
              data-kind={mark.kind}
              data-moving={moving === null ? undefined : moving.refusal === null ? 'fits' : 'refused'}
              tabIndex={index === at ? 0 : -1}
              aria-label={markText(mark, now)}
              onFocus={() => {
                setCurrent(index)
                say(mark)
              }}
              onBlur={move.stop}
              onPointerEnter={() => say(mark)}
              onPointerLeave={() => {
                if (move.moving === null) onSay(null)
              }}
              onKeyDown={(event) => onKeyDown(event, mark, index)}
              onClick={() => {
                if (!move.wasPulled()) onOpen(mark.sendId)
              }}
              {...move.pointer(mark)}
            />
          )
        })}
        {now < span.from || now >= span.to ? null : (
          <span className={styles['now']} style={{ left: `${placeOf(now, span)}%` }} aria-hidden />
        )}
      </div>
    </>
  )
}

function LaneHead({ lane }: { readonly lane: MailboxDay }) {
  const held = lane.held.reduce((sum, { count }) => sum + count, 0)
  const [most] = lane.held
  return (
    <div className={styles['head']} aria-hidden>
      <span className={styles['address']} title={lane.address}>
        {lane.address}
      </span>
      <span className={styles['figures']}>
        {figures(lane)}
        {most === undefined ? null : (
          <b>
            {' '}
            · {formatNumber(held)} held: {WAIT_LABELS[most.code]}
          </b>
        )}
      </span>
    </div>
  )
}

function figures({ marks, dailyCap }: MailboxDay): string {
  const sent = marks.filter(({ kind }) => kind === 'sent').length
  return `${formatNumber(sent)} sent, ${formatNumber(marks.length - sent)} to go, limit ${formatNumber(dailyCap)}`
}

/** All of the line in a sentence or two, for those who do not see it. */
function laneText(lane: MailboxDay): string {
  const hours = lane.open.map(({ from, to }) => `${formatClock(from)} to ${formatClock(to)}`).join(' and ')
  const held = lane.held.map(({ code, count }) => `${formatNumber(count)} held: ${WAIT_LABELS[code]}`).join(', ')
  return [
    `${lane.address}: ${figures(lane)} a day and ${formatNumber(lane.hourlyCap)} an hour`,
    hours === '' ? 'closed on this day' : `open ${hours}`,
    ...(held === '' ? [] : [held]),
  ].join('. ')
}

function Background({ lane, span }: { readonly lane: MailboxDay; readonly span: Span }) {
  const box = ({ from, to }: Span) => ({
    left: `${placeOf(from, span)}%`,
    width: `${placeOf(to, span) - placeOf(from, span)}%`,
  })
  return (
    <>
      {lane.open.map((open) => (
        <span key={open.from} className={styles['open']} style={box(open)} aria-hidden />
      ))}
      {hourLoads(lane, span).map((hour) => (
        <span
          key={hour.from}
          className={styles['load']}
          style={{ ...box(hour), height: `${100 * hour.load}%` }}
          title={`${formatCount(hour.count, 'mail')} in this hour, limit ${formatNumber(lane.hourlyCap)}`}
          data-full={hour.load === 1 ? true : undefined}
          aria-hidden
        />
      ))}
    </>
  )
}
