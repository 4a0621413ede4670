/** Films a page: each picture stays as long as one needs to read it, and a pointer shows what the rep does. */
import { decode } from 'fast-png'
import { encode } from 'modern-gif'
import type { Locator, Page } from 'playwright-core'

/** Of the film, px. */
export interface Size {
  readonly width: number
  readonly height: number
}

interface Picture {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly delay: number
}

export interface Camera {
  /** The page as it is now, for so many ms. */
  hold(ms: number): Promise<void>
  /** Moves the pointer there, calmly, and presses. */
  press(what: Locator): Promise<void>
  develop(): Promise<Uint8Array>
}

/** Pictures on the way of the pointer, and how long each stays, ms. */
const STEPS = 5
const STEP_MS = 60
/** Between arriving and pressing, ms. */
const AIM_MS = 350

export function createCamera(page: Page, size: Size): Camera {
  const film: Picture[] = []
  const pointer = { x: size.width * 0.6, y: size.height * 0.5 }
  const scale = size.width / (page.viewportSize()?.width ?? size.width)

  async function take(delay: number): Promise<void> {
    const data = rgbaOf(await page.screenshot({ animations: 'disabled', caret: 'hide' }), size)
    drawPointer(data, size, pointer)
    film.push({ data, delay })
  }

  return {
    hold: take,
    async press(what) {
      const box = await what.boundingBox()
      if (box === null) throw new Error(`${String(what)} is not on the screen`)
      const from = { ...pointer }
      const to = { x: (box.x + box.width / 2) * scale, y: (box.y + box.height / 2) * scale }
      await what.hover()
      for (let step = 1; step <= STEPS; step += 1) {
        const part = (1 - Math.cos((Math.PI * step) / STEPS)) / 2
        pointer.x = from.x + (to.x - from.x) * part
        pointer.y = from.y + (to.y - from.y) * part
        await take(step === STEPS ? AIM_MS : STEP_MS)
      }
      await what.click()
    },
    develop: async () => new Uint8Array(await encode({ ...size, frames: film, looped: true, loopCount: 0 })),
  }
}

function rgbaOf(png: Buffer, { width, height }: Size): Uint8ClampedArray<ArrayBuffer> {
  const picture = decode(png)
  if (picture.width !== width || picture.height !== height) throw new Error('the picture has another size')
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let part = 0; part < 3; part += 1) rgba[pixel * 4 + part] = picture.data[pixel * picture.channels + part] ?? 0
    rgba[pixel * 4 + 3] = 255
  }
  return rgba
}

/** `#` is its edge, `.` its inside. */
const POINTER = [
  '#            ',
  '##           ',
  '#.#          ',
  '#..#         ',
  '#...#        ',
  '#....#       ',
  '#.....#      ',
  '#......#     ',
  '#.......#    ',
  '#........#   ',
  '#.........#  ',
  '#......##### ',
  '#...#..#     ',
  '#..# #..#    ',
  '#.#  #..#    ',
  '##    #..#   ',
  '      #..#   ',
  '       ##    ',
]

function drawPointer(
  rgba: Uint8ClampedArray,
  { width, height }: Size,
  at: { readonly x: number; readonly y: number },
): void {
  for (const [row, line] of POINTER.entries()) {
    for (const [column, mark] of Array.from(line).entries()) {
      const x = Math.round(at.x) + column
      const y = Math.round(at.y) + row
      if (mark === ' ' || x >= width || y >= height) continue
      rgba.fill(mark === '#' ? 20 : 255, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
}
