import { describe, expect, test } from 'vitest'
import { PROTOCOL_VERSION, type FromHost, type Reply } from '#shared/contract/wire'
import { AppError } from '#shared/errors'
import { createScriptedApp, status, type Script, type ScriptedApp } from './scripted-app.ts'

/** A page at the other end of a host, after its hello. */
export interface TestPage {
  send(frame: unknown): void
  /** The next frame from the host, in order. */
  next(): Promise<FromHost>
}

export interface TestHost {
  readonly name: string
  /** Starts the host for `app` and connects a page up to, but not including, its first frame. */
  open(app: ScriptedApp): Promise<{ page(): Promise<TestPage>; close(): Promise<void> }>
}

interface Opened {
  readonly app: ScriptedApp
  readonly page: TestPage
  /** Another page, or the same one after a reload. */
  another(): Promise<TestPage>
}

/** What every host promises to a page, whatever carries the frames. */
export function describeHost(host: TestHost): void {
  async function withPage(script: Script, run: (opened: Opened) => Promise<void>): Promise<void> {
    const app = createScriptedApp(script)
    const opened = await host.open(app)
    try {
      const page = await opened.page()
      expect(await page.next()).toEqual({ type: 'hello', protocol: PROTOCOL_VERSION, seq: 0 })
      await run({ app, page, another: opened.page })
    } finally {
      await opened.close()
    }
    expect(app.clock.pending()).toBe(0)
  }

  async function ask(page: TestPage, path: string, input: unknown = {}): Promise<Reply> {
    page.send({ type: 'call', id: 7, path, input })
    const frame = await page.next()
    if (frame.type !== 'reply') throw new Error(`expected a reply, got ${frame.type}`)
    return frame
  }

  async function errorOf(page: TestPage, path: string, input: unknown = {}) {
    const reply = await ask(page, path, input)
    return reply.ok ? null : reply.error
  }

  describe(host.name, () => {
    test('a call is answered under its own number, with input defaults filled in', async () => {
      const seen: unknown[] = []
      const list = (input: unknown) => {
        seen.push(input)
        return []
      }
      await withPage({ 'templates.list': list }, async ({ page }) => {
        expect(await ask(page, 'templates.list')).toEqual({ type: 'reply', id: 7, ok: true, value: [] })
        expect(seen).toEqual([{ archived: false }])
      })
    })

    test.each([
      'constructor.name',
      '__proto__.toString',
      'app.constructor',
      'app.__proto__',
      'app.hasOwnProperty',
      'app',
    ])('the path %s is no part of the API', async (path) => {
      await withPage({}, async ({ page, app }) => {
        expect(await errorOf(page, path)).toEqual({ code: 'request.unknown', details: {}, ref: null })
        expect(app.errors).toEqual([])
      })
    })

    test.each(['', '.', 'app.', '.status', 'app.status.x', 'app..status', 'APP.status', 'app.status '])(
      'the path "%s" is no part of the API',
      async (path) => {
        await withPage({ 'app.status': () => status }, async ({ page }) => {
          expect((await errorOf(page, path))?.code).toBe('request.unknown')
        })
      },
    )

    test('bad input is refused with its place and without its value', async () => {
      await withPage({}, async ({ page, app }) => {
        const input = { selection: { by: 'ids', ids: [1, 'secret-value'] } }
        const error = await errorOf(page, 'sends.cancel', input)
        expect(error).toEqual({
          code: 'request.invalid',
          details: { at: 'selection.ids.1', problem: 'invalid_type' },
          ref: null,
        })
        expect(app.errors).toEqual([])
      })
    })

    test('input that names a prototype changes no prototype and is dropped', async () => {
      const seen: unknown[] = []
      const script: Script = { 'templates.list': (input: unknown) => (seen.push(input), []) }
      await withPage(script, async ({ page }) => {
        await ask(page, 'templates.list', JSON.parse('{"__proto__":{"archived":true},"constructor":{"x":1}}'))
        expect(seen).toEqual([{ archived: false }])
        expect(Object.hasOwn(Object.prototype, 'archived')).toBe(false)
      })
    })

    test('a declared failure travels with its details', async () => {
      const details = { line: 3 }
      const get = () => {
        throw new AppError('send.not_found', 'send 12 of ann@corp.example is gone', { details })
      }
      await withPage({ 'sends.get': get }, async ({ page, app }) => {
        expect(await errorOf(page, 'sends.get', { sendId: 12 })).toEqual({ code: 'send.not_found', details, ref: null })
        expect(app.errors).toEqual([])
      })
    })

    test.each([
      ['an error that the entry does not declare', () => new AppError('send.too_late', 'undeclared')],
      ['a bug', () => new TypeError('x is undefined in /home/ann')],
      ['something that is no error', () => 'text'],
    ])('%s arrives as internal, and its text only in the log', async (_name, makeError) => {
      const thrown = makeError()
      await withPage({ 'app.status': () => Promise.reject(thrown) }, async ({ page, app }) => {
        const error = await errorOf(page, 'app.status')
        expect(error).toEqual({ code: 'internal', details: {}, ref: expect.stringMatching(/^[0-9a-f]{12}$/) })
        expect(app.errors).toEqual([{ error: thrown, facts: { path: 'app.status', ref: error?.ref } }])
      })
    })

    test('an answer that breaks the contract is our bug and does not reach the page', async () => {
      const { zone: _zone, ...incomplete } = status
      await withPage({ 'app.status': () => incomplete }, async ({ page, app }) => {
        expect((await errorOf(page, 'app.status'))?.code).toBe('internal')
        expect(app.errors).toHaveLength(1)
      })
    })

    test('what the contract does not name does not leave the host', async () => {
      await withPage({ 'app.status': () => ({ ...status, password: 'x' }) }, async ({ page }) => {
        expect(await ask(page, 'app.status')).toMatchObject({ ok: true, value: status })
        expect(JSON.stringify(await ask(page, 'app.status'))).not.toContain('password')
      })
    })

    test('a full disk is told, whichever call met it', async () => {
      const pause = () => {
        throw new AppError('disk.full', 'no space')
      }
      await withPage({ 'app.pause': pause }, async ({ page }) => {
        expect((await errorOf(page, 'app.pause'))?.code).toBe('disk.full')
      })
    })

    test('a cancelled call says so and is not logged', async () => {
      const script: Script = { 'app.status': () => AbortSignal.abort().throwIfAborted() }
      await withPage(script, async ({ page, app }) => {
        expect((await errorOf(page, 'app.status'))?.code).toBe('request.cancelled')
        expect(app.errors).toEqual([])
      })
    })

    test('a viewer may look and may try to take over, and may change nothing else', async () => {
      const script: Script = { 'app.status': () => status, 'app.takeOver': () => status, 'app.pause': () => status }
      await withPage(script, async ({ page, app }) => {
        app.role = 'viewer'
        expect((await ask(page, 'app.status')).ok).toBe(true)
        expect((await ask(page, 'app.takeOver')).ok).toBe(true)
        expect((await errorOf(page, 'app.pause'))?.code).toBe('app.viewer')
        app.role = 'owner'
        expect((await ask(page, 'app.pause')).ok).toBe(true)
      })
    })

    test('facts arrive in order, numbered without a gap, and a later page learns the last number', async () => {
      await withPage({}, async ({ app, page, another }) => {
        app.stream.publish({ type: 'leads.changed' })
        app.stream.publish({ type: 'sends.changed' })
        expect(await page.next()).toEqual({ type: 'event', seq: 1, event: { type: 'leads.changed' } })
        expect(await page.next()).toEqual({ type: 'event', seq: 2, event: { type: 'sends.changed' } })
        const later = await another()
        expect(await later.next()).toMatchObject({ type: 'hello', seq: 2 })
        app.stream.publish({ type: 'app.changed' })
        expect(await later.next()).toMatchObject({ type: 'event', seq: 3 })
      })
    })

    test('calls that run at the same time are answered as they end', async () => {
      const slow = Promise.withResolvers<unknown>()
      await withPage({ 'app.status': () => slow.promise, 'templates.list': () => [] }, async ({ page }) => {
        page.send({ type: 'call', id: 1, path: 'app.status', input: {} })
        page.send({ type: 'call', id: 2, path: 'templates.list', input: {} })
        expect(await page.next()).toMatchObject({ id: 2, ok: true })
        slow.resolve(status)
        expect(await page.next()).toMatchObject({ id: 1, ok: true })
      })
    })

    test('closing waits for the call that runs and refuses the next one', async () => {
      const slow = Promise.withResolvers<unknown>()
      await withPage({ 'app.status': () => slow.promise }, async ({ app, page }) => {
        page.send({ type: 'call', id: 1, path: 'app.status', input: {} })
        page.send({ type: 'call', id: 2, path: 'nothing', input: {} })
        await page.next()
        const closed = app.router.close(5_000)
        expect((await errorOf(page, 'app.status'))?.code).toBe('app.closing')
        slow.resolve(status)
        await closed
        expect(await page.next()).toMatchObject({ id: 1, ok: true })
      })
    })

    test('closing waits no longer than it was told', async () => {
      await withPage({ 'app.status': () => new Promise(() => {}) }, async ({ app, page }) => {
        page.send({ type: 'call', id: 1, path: 'app.status', input: {} })
        page.send({ type: 'call', id: 2, path: 'nothing', input: {} })
        await page.next()
        const closed = app.router.close(5_000)
        app.clock.advance(5_000)
        await expect(closed).resolves.toBeUndefined()
      })
    })
  })
}
