import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The client ids at Google and Microsoft are fixed when the desktop app is built (docs/providers.md); '' is none. */
function clientIds(): Record<string, string> {
  const names = ['PACEMAIL_GOOGLE_CLIENT_ID', 'PACEMAIL_GOOGLE_CLIENT_SECRET', 'PACEMAIL_MICROSOFT_CLIENT_ID']
  return Object.fromEntries(names.map((name) => [`process.env.${name}`, JSON.stringify(process.env[name] ?? '')]))
}

/** Electron itself comes with the runtime; better-sqlite3 is native and ships beside the bundle. */
const EXTERNAL = ['electron', 'better-sqlite3']

/** Journeys of the web host alone: its address and its doors, and sign-in pages that open beside its own. */
const ON_THE_WEB_HOST = [
  'security',
  'first-page',
  'answers',
  'real-mailboxes',
  'emulated-google',
  'secrets',
  'campaign-weeks',
]

/** The licences of all that is bundled travel with it. */
const LICENCES = { fileName: 'licences.md' }

/**
 * Three programs from one config: `vite build` makes the page (`client`), `vite build --app` the page, the desktop's
 * main process and its preload. The web host needs only the page: Node runs `electron/serve.ts` as it is.
 */
export default defineConfig({
  root: at('renderer'),
  // The same files are served from `/` by the web host and from `app://pacemail/` by the desktop.
  base: './',
  plugins: [react(), threePrograms(), samplesBesideMain()],
  build: { emptyOutDir: true, chunkSizeWarningLimit: 1_000 },
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        target: 'chrome120',
        sourcemap: false,
        assetsInlineLimit: 0,
        license: LICENCES,
      },
    },
    main: {
      consumer: 'server',
      define: clientIds(),
      resolve: { noExternal: true, external: EXTERNAL },
      build: {
        outDir: at('dist/main'),
        target: 'node24',
        minify: false,
        license: LICENCES,
        rolldownOptions: {
          input: {
            main: at('electron/main.ts'),
            'import-worker': at('electron/engine/imports/import-worker.ts'),
            'backup-worker': at('electron/engine/records/backup-worker.ts'),
          },
          external: EXTERNAL,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: at('dist/preload'),
        target: 'chrome146',
        minify: false,
        rolldownOptions: {
          input: { preload: at('electron/preload.ts') },
          external: ['electron'],
          // A sandboxed preload is one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  test: {
    root: at('.'),
    // Vitest leaves one core to its watcher; on the two of a small machine that is half of them.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // A busy machine must not fail a test: nothing asserts on time.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          root: at('.'),
          environment: 'node',
          setupFiles: [at('test/support/seed-setup.ts')],
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/pack/**', 'test/fixtures/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          root: at('.'),
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: [at('test/support/build-page.ts')],
          // One after the other: each has a Chromium, which fills two cores by itself.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          // A wait within a test ends after half a minute; a busy machine must not end the test as a whole.
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        resolve: { alias: { electron: at('test/shell/fake-electron.ts') } },
        test: {
          // The same journeys over the desktop's preload, IPC and page handler, with Electron played.
          name: 'e2e-desktop',
          root: at('.'),
          environment: 'node',
          env: { PACEMAIL_E2E_HOST: 'desktop' },
          include: ['test/e2e/**/*.test.ts'],
          exclude: ON_THE_WEB_HOST.map((name) => `test/e2e/${name}.test.ts`),
          globalSetup: [at('test/support/build-desktop.ts')],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pack',
          root: at('.'),
          environment: 'node',
          // What is built and packed, after the journeys and one after the other: they share dist/.
          include: ['test/pack/**/*.test.ts'],
          sequence: { groupOrder: 3 },
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})

/** `--app` builds every environment, and Vite has one of its own (`ssr`) that we do not use. */
function threePrograms(): Plugin {
  return {
    name: 'pacemail:three-programs',
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  }
}

/** The engine finds its sample leads beside its own code, bundled or not. */
function samplesBesideMain(): Plugin {
  const fileName = 'samples/sample-leads.csv'
  return {
    name: 'pacemail:samples',
    applyToEnvironment: (environment) => environment.name === 'main',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(at(`electron/engine/${fileName}`)) })
    },
  }
}
