/** Plans in figures, as several areas show them. */
import type { Comparison, PlanFigures } from '#shared/contract/plans'
import type { WhatIf } from '../engine/planning/what-if.ts'

export function whatIfView({ before, after }: WhatIf): Comparison {
  return { before: figuresView(before), after: figuresView(after) }
}

function figuresView({ perDay, ...figures }: WhatIf['before']): PlanFigures {
  return { ...figures, perDay: [...perDay] }
}
