import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { lintTree, type Tree } from './lint-tree.ts'
import { sourceFiles } from './source-files.ts'

// The linter is another program and shares the machine with other tests.
vi.setConfig({ testTimeout: 60_000 })

/**
 * Who may import whom, by example: one made-up file in each layer. A checker that has gone blind reports nothing and
 * looks as if all were well; these examples tell the difference.
 */
const LAYERS: Record<string, { readonly may: readonly string[]; readonly mayNot: readonly string[] }> = {
  'shared/domain/x.ts': {
    may: ['zod', 'temporal-polyfill', './y.ts', '../contract/leads.ts'],
    mayNot: [
      'react',
      'node:fs',
      '#db/open',
      '#electron/engine/queue',
      '../../db/open.ts',
      'electron',
      '#test/x',
      'luxon',
    ],
  },
  'db/queries/x.ts': {
    may: ['drizzle-orm', 'drizzle-orm/better-sqlite3', 'better-sqlite3', '#shared/domain/ids', 'node:fs', '../open.ts'],
    mayNot: [
      '#electron/platform/clock',
      'electron',
      '../../shared/errors.ts',
      'node:timers/promises',
      'react',
      '#test/x',
    ],
  },
  'electron/platform/x.ts': {
    may: ['node:crypto', 'node:timers/promises', 'pino', '#shared/errors', './clock.ts'],
    mayNot: ['../engine/queue.ts', '../mailbox/mime.ts', '#db/open', 'electron', '#electron/engine/queue', 'ws'],
  },
  'electron/mailbox/x.ts': {
    may: ['nodemailer', '../platform/clock.ts', '#shared/errors', 'node:net', './mime.ts'],
    mayNot: [
      '../engine/queue.ts',
      '../host/route.ts',
      '#db/open',
      '#db/queries/sends',
      'electron',
      'better-sqlite3',
      'node:timers',
    ],
  },
  'electron/engine/x.ts': {
    may: [
      '#db/open',
      '#db/queries/sends',
      '#shared/domain/plan',
      '../mailbox/mail-provider.ts',
      '../mailbox/mail-room.ts',
      '../mailbox/sign-in.ts',
      '../platform/clock.ts',
      'papaparse',
    ],
    mayNot: [
      '#db/schema/sends',
      'drizzle-orm',
      'better-sqlite3',
      '../mailbox/smtp/smtp.ts',
      '../mailbox/gmail/gmail.ts',
      '../mailbox/open-provider.ts',
      '../host/route.ts',
      '../api/leads.ts',
      '../shell/tray.ts',
      '../main.ts',
      '#electron/api/leads',
      '../../db/open.ts',
      'electron',
      'node:perf_hooks',
      '#test/support/test-clock',
    ],
  },
  'electron/api/x.ts': {
    may: ['../engine/queue.ts', '#shared/contract/leads', './y.ts'],
    mayNot: [
      '#db/open',
      '#db/queries/leads',
      '../host/route.ts',
      '../mailbox/smtp.ts',
      '../platform/clock.ts',
      'node:fs',
      'electron',
      'zod',
    ],
  },
  'electron/host/x.ts': {
    may: ['../api/handlers.ts', '../platform/log.ts', '#shared/contract/wire', 'ws', 'node:http'],
    mayNot: ['../engine/queue.ts', '../shell/tray.ts', '../mailbox/smtp.ts', '#db/open', 'electron', 'react'],
  },
  'electron/shell/x.ts': {
    may: ['electron', 'electron-updater', '../host/route.ts', '../platform/native.ts', '#shared/contract/wire'],
    mayNot: ['../engine/queue.ts', '../api/leads.ts', '../mailbox/smtp.ts', '#db/open', 'ws'],
  },
  'electron/serve.ts': {
    may: ['#db/open', './engine/queue.ts', './host/ws-host.ts', './mailbox/smtp.ts', 'node:fs', 'open'],
    mayNot: ['electron', '#db/queries/sends', '#db/schema/index', 'better-sqlite3', '#test/x', '../shared/errors.ts'],
  },
  'electron/demo/x.ts': {
    may: ['#db/open', '#db/queries/sends', '../engine/engine.ts', '../platform/system-clock.ts', 'node:path'],
    mayNot: ['electron', '#db/schema/index', 'better-sqlite3', '#test/x', '../../shared/errors.ts'],
  },
  'electron/pack/x.ts': {
    may: ['../desktop-runtime.ts', 'node:path', 'playwright-core'],
    mayNot: ['electron', '#db/queries/sends', 'better-sqlite3', '#test/x', '../../shared/errors.ts'],
  },
  'electron/main.ts': {
    may: ['electron', '#db/open', './shell/tray.ts', './engine/queue.ts'],
    mayNot: ['#db/queries/sends', '#db/schema/index', 'better-sqlite3', '#test/x'],
  },
  'electron/preload.ts': {
    may: ['electron', '#shared/contract/wire'],
    mayNot: ['#shared/contract/index', 'node:fs', './shell/tray.ts', 'zod'],
  },
  'renderer/ui/x.ts': {
    may: ['react', '@mantine/core', 'lucide-react', '#shared/domain/ids', './format.ts'],
    mayNot: [
      '../app/routes.ts',
      '../features/leads/x.ts',
      '../api/client.ts',
      '#shared/contract/leads',
      '@tanstack/react-query',
    ],
  },
  'renderer/api/x.ts': {
    may: ['react', '@tanstack/react-query', '#shared/contract/wire', '#shared/errors'],
    mayNot: [
      '../features/leads/x.ts',
      '../ui/format.ts',
      '../app/routes.ts',
      '#shared/contract/index',
      'zod',
      '@mantine/core',
      'ws',
    ],
  },
  'renderer/features/leads/x.ts': {
    may: ['react', '../../api/hooks.ts', '../../ui/format.ts', './y.ts', '#shared/domain/merge', '@mantine/core'],
    mayNot: [
      '../sends/y.ts',
      '../../features/sends/y.ts',
      '../../app/routes.ts',
      '#shared/contract/leads',
      '#electron/engine/queue',
      'node:fs',
      'zod',
    ],
  },
  'renderer/app/x.ts': {
    may: ['../features/leads/x.ts', '../ui/format.ts', '../api/client.ts', '@tanstack/react-router'],
    mayNot: ['#db/open', '#electron/host/route', 'electron', 'node:path', 'zod', '../../shared/errors.ts'],
  },
  'test/engine/x.ts': {
    may: [
      '#electron/engine/queue',
      '#db/open',
      '#test/support/y',
      'vitest',
      'better-sqlite3',
      '../../renderer/app/x.ts',
    ],
    mayNot: ['electron', '../../electron/engine/queue.ts', '../../shared/errors.ts'],
  },
}

test('each layer imports what it may, and nothing else', () => {
  const tree = mapValues(LAYERS, ({ may, mayNot }) => reExports([...may, ...mayNot]))
  const forbidden = Object.entries(LAYERS).flatMap(([path, { may, mayNot }]) =>
    mayNot.map((_, index) => `${path}:${may.length + index + 1} no-restricted-imports`),
  )
  expect(lintTree(tree)).toEqual(forbidden.sort())
})

test('the page may know the types of the contract', () => {
  const text = "import type { Lead } from '#shared/contract/leads'\nexport type Row = Lead\n"
  expect(lintTree({ 'renderer/features/leads/x.ts': text, 'renderer/api/y.ts': text })).toEqual([])
})

test('randomness from node:crypto is for the port only, hashes are for all', () => {
  const text = "export { createHmac } from 'node:crypto'\nexport { randomBytes, randomUUID } from 'node:crypto'\n"
  expect(lintTree({ 'electron/engine/x.ts': text, 'electron/platform/x.ts': text })).toEqual([
    'electron/engine/x.ts:2 no-restricted-imports',
  ])
})

test('what the product loads late obeys the same rules', () => {
  const tree: Record<string, string> = {}
  for (const path of sourceFiles()) {
    const late = [...readFileSync(path.absolute, 'utf8').matchAll(/\bimport\(\s*['"`]([^'"`]+)['"`]/g)]
    if (late.length > 0) tree[path.relative] = reExports(late.map((match) => match[1] ?? ''))
  }
  expect(lintTree(tree)).toEqual([])
})

function reExports(specifiers: readonly string[]): string {
  return specifiers.map((specifier, index) => `export { x as x${index} } from '${specifier}'\n`).join('')
}

function mapValues<T>(record: Record<string, T>, change: (value: T) => string): Tree {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
