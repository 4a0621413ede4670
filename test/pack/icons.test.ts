import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const icon = (path: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../electron/pack/icons/${path}`, import.meta.url)))
const inShell = (path: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../electron/shell/icons/${path}`, import.meta.url)))

/** The width a PNG says it has; 0 for what is no square PNG. */
function widthOf(png: Buffer): number {
  const isPng = png.subarray(1, 4).toString('latin1') === 'PNG'
  return isPng && png.readUInt32BE(16) === png.readUInt32BE(20) ? png.readUInt32BE(16) : 0
}

test('Windows finds a picture of every size it asks for', () => {
  const ico = icon('icon.ico')
  const pictures = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = ico.subarray(6 + 16 * index, 22 + 16 * index)
    const from = entry.readUInt32LE(12)
    return { told: entry.readUInt8(0) || 256, real: widthOf(ico.subarray(from, from + entry.readUInt32LE(8))) }
  })
  expect(pictures.map(({ told }) => told)).toEqual([16, 24, 32, 48, 64, 128, 256])
  expect(pictures.filter(({ told, real }) => told !== real)).toEqual([])
})

test('macOS finds a picture of every size, also for sharp screens', () => {
  const icns = icon('icon.icns')
  const found: [string, number][] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    found.push([icns.subarray(at, at + 4).toString('latin1'), widthOf(icns.subarray(at + 8))])
  }
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  expect(Object.fromEntries(found)).toEqual({
    ic11: 32,
    ic12: 64,
    ic07: 128,
    ic08: 256,
    ic13: 256,
    ic09: 512,
    ic14: 512,
    ic10: 1024,
  })
})

test('Linux finds a picture under the name of its size, and the window has the large one', () => {
  const sizes = readdirSync(fileURLToPath(new URL('../../electron/pack/icons/linux', import.meta.url)))
  expect(
    sizes.filter((name) => name !== `${widthOf(icon(`linux/${name}`))}x${widthOf(icon(`linux/${name}`))}.png`),
  ).toEqual([])
  expect(inShell('icon.png').equals(icon('linux/512x512.png'))).toBe(true)
})
