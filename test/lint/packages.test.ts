import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ROOT } from './lint-tree.ts'

const Package = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Package) })
const Manifest = z.object({
  allowScripts: z.record(z.string(), z.boolean()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})

/** By their place, `node_modules/x/node_modules/y`. */
const locked = Object.entries(Lock.parse(readJson('package-lock.json')).packages).filter(([place]) => place !== '')
const manifest = Manifest.parse(readJson('package.json'))

/** May be used and passed on freely; MPL-2.0 binds only changes to the package itself, and we make none. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-3.0',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
])

describe('the lock file', () => {
  test('holds every optional package that a locked package names, so that npm ci works on every system', () => {
    const places = new Set(locked.map(([place]) => place))
    const absent = locked.flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isFound(places, place, name))
        .map((name) => `${name}, which ${place} names`),
    )
    expect(absent).toEqual([])
  })

  test('names no address, so that it works with every registry', () => {
    expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([place]) => place)).toEqual([])
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"[^"]*:\/\/[^"]*\.tgz"/)
  })

  test('has a checksum for every package', () => {
    expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([place]) => place)).toEqual([])
  })
})

test('only packages we have decided about bring an install script', () => {
  const withScript = locked.filter(([, entry]) => entry.hasInstallScript === true).map(([place]) => nameOf(place))
  expect(withScript.filter((name) => !Object.hasOwn(manifest.allowScripts, name))).toEqual([])
})

test('packages are pinned to one version each', () => {
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(ranges.filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([])
})

test('every licence lets us use and pass on the package', () => {
  const others = locked.filter(([, entry]) => !isAllowed(entry.license ?? ''))
  expect(others.map(([place, entry]) => `${place}: ${entry.license ?? 'none'}`)).toEqual([])
})

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['GPL-3.0', false],
  ['(ISC AND CC-BY-3.0)', true],
  ['(MIT AND AGPL-3.0)', false],
  ['', false],
  ['SEE LICENSE IN LICENSE', false],
])('the licence %j is allowed: %j', (licence, expected) => {
  expect(isAllowed(licence)).toBe(expected)
})

/** The few SPDX expressions in use: one kind of AND or OR without nesting. */
function isAllowed(licence: string): boolean {
  const bare = licence.replace(/^\((.*)\)$/, '$1')
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((name) => ALLOWED.has(name)))
}

/** Looks where Node looks: beside the package, then in each folder above it. */
function isFound(places: ReadonlySet<string>, from: string, name: string): boolean {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (places.has(`${at}/node_modules/${name}`)) return true
  }
  return places.has(`node_modules/${name}`)
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
}
