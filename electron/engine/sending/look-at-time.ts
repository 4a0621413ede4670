/** What is looked at each time the sender wakes, because nobody tells of it: the clock, sleep, and what that does to the plan. */
import type { EngineContext } from '../context.ts'
import type { Forecasts } from '../planning/forecast.ts'
import { createForecastLog } from '../planning/forecast-log.ts'
import { createMissed } from './missed.ts'
import type { Queue } from './queue.ts'
import { createTimeWatch } from './time-watch.ts'

export interface LookAtTimeDeps extends EngineContext {
  readonly forecasts: Forecasts
  readonly queue: Queue
  /** The clock was set back: moments that seemed near are far again. */
  readonly wentBack: () => void
}

export function createLookAtTime(deps: LookAtTimeDeps): () => void {
  const timeWatch = createTimeWatch({ ...deps, changed: () => deps.forecasts.forget() })
  const missed = createMissed(deps)
  const forecastLog = createForecastLog(deps)
  return () => {
    timeWatch.look()
    missed.look()
    forecastLog.look()
  }
}
