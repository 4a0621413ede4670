/** One measured number, and what it should be. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** 'x' is a ratio of two figures of this run. */
  readonly unit: 'ms' | 'µs' | 's' | 'a second' | 'x' | 'MB' | 'a minute' | 'ms a minute' | '%'
  readonly aim?: Aim
}

export interface Aim {
  readonly is: 'below' | 'at most' | 'at least'
  readonly value: number
}

export interface Result {
  readonly figures: readonly Figure[]
  /** What a reader must know about these figures; also why something was not measured. */
  readonly notes?: readonly string[]
}

/** What every case is given. */
export interface Bench {
  /** Smaller amounts: for a look, not for quoting. */
  readonly isQuick: boolean
  /** Removed at the end. Everything lies on this one file system. */
  readonly folder: string
}

export interface Case {
  readonly title: string
  run(bench: Bench): Promise<Result>
}

export function isMet({ value, aim }: Figure): boolean | null {
  if (!aim) return null
  if (aim.is === 'below') return value < aim.value
  return aim.is === 'at most' ? value <= aim.value : value >= aim.value
}

/** One line a figure, the aim and its verdict at the end. */
export function figureText(figure: Figure): string {
  const { name, unit, aim } = figure
  const value = `${numberText(figure.value)} ${unit}`
  const line = `  ${name.padEnd(58)}${value.padStart(18)}`
  if (!aim) return line
  return `${line}   aim ${aim.is} ${numberText(aim.value)} ${unit}: ${isMet(figure) ? 'met' : 'NOT MET'}`
}

function numberText(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}
