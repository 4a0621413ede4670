import { readFileSync, writeFileSync } from 'node:fs'
import { screen, type BrowserWindow, type Rectangle } from 'electron'

/** Where the window stood when it was last seen. */
export interface WindowPlace {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

/** So much of the window must be in reach for a hand to move it. */
const GRIP = { width: 160, height: 48 }
/** Larger than any screen: somebody wrote into the file. */
const FARTHEST = 100_000

/** Null: none was kept, or it lies on a screen that is gone. */
export function readPlace(file: string): WindowPlace | null {
  const place = parsePlace(textOf(file))
  return place !== null && isInReach(place.bounds) ? place : null
}

/** Kept whenever the window is closed or hidden. A folder that takes nothing costs the place, not the sending. */
export function keepPlace(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const place: WindowPlace = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(file, JSON.stringify(place))
    } catch {
      // The next start opens where every first start does.
    }
  })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function parsePlace(text: string): WindowPlace | null {
  try {
    const { bounds, isMaximized } = JSON.parse(text) as {
      bounds: Record<keyof Rectangle, unknown>
      isMaximized: unknown
    }
    const { x, y, width, height } = bounds
    return isSize(x) && isSize(y) && isSize(width) && isSize(height)
      ? { bounds: { x, y, width, height }, isMaximized: isMaximized === true }
      : null
  } catch {
    return null
  }
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < FARTHEST
}

/** The upper edge, by which a window is moved, must lie on a screen. */
function isInReach({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
    return seen >= GRIP.width && y >= area.y && y + GRIP.height <= area.y + area.height
  })
}
