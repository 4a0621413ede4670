import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { CLOSE_CODES } from '#shared/contract/wire'
import { createScriptedApp, status } from './scripted-app.ts'
import { closeCode, connect, openSession, openWebHost, pageOver, sessionOf } from './ws-page.ts'

describe('the launch code', () => {
  test('stands in the fragment of the address only', async () => {
    await using web = await openWebHost(createScriptedApp())
    const { pathname, search, hash } = new URL(web.host.url)
    expect({ pathname, search }).toEqual({ pathname: '/', search: '' })
    expect(hash).toMatch(/^#launch=[\w-]{43}$/)
  })

  test('gives a cookie that scripts cannot read and a token, once', async () => {
    await using web = await openWebHost(createScriptedApp())
    const first = await openSession(web)
    expect(first.status).toBe(200)
    expect(first.headers.get('set-cookie')).toMatch(/^pacemail-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(await first.json()).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) })
    expect((await openSession(web)).status).toBe(401)
  })

  test('works for ten minutes and no longer', async () => {
    const app = createScriptedApp()
    await using web = await openWebHost(app)
    app.clock.advance(600_001)
    expect((await openSession(web)).status).toBe(401)
  })

  test('is locked after ten wrong ones, also for the right one', async () => {
    await using web = await openWebHost(createScriptedApp())
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await openSession(web, 'wrong')).status).toBe(401)
    expect((await openSession(web)).status).toBe(429)
  })

  test.each([
    ['another type', 'text/plain', '{}', 415],
    ['no JSON', 'application/json', 'code', 401],
    ['a list', 'application/json', '[]', 401],
    ['no text', 'application/json', '{"code":{"length":1}}', 401],
    ['too much', 'application/json', JSON.stringify({ code: 'x'.repeat(5_000) }), 413],
  ])('a body that is %s opens nothing', async (_words, type, body, expected) => {
    await using web = await openWebHost(createScriptedApp())
    const headers = { Origin: web.origin, 'Content-Type': type }
    expect((await fetch(`${web.origin}/session`, { method: 'POST', headers, body })).status).toBe(expected)
    expect((await openSession(web)).status).toBe(200)
  })
})

describe('the socket', () => {
  test('says nothing and is closed when the token is wrong', async () => {
    const app = createScriptedApp()
    await using web = await openWebHost(app)
    const { cookie } = await sessionOf(web)
    const socket = await connect(web, cookie)
    const frames: unknown[] = []
    socket.on('message', (frame) => frames.push(frame))
    socket.send(JSON.stringify({ type: 'auth', token: 'A'.repeat(43) }))
    app.stream.publish({ type: 'leads.changed' })
    expect(await closeCode(socket)).toBe(CLOSE_CODES.unauthorised)
    expect(frames).toEqual([])
  })

  test.each([
    ['a call', { type: 'call', id: 1, path: 'app.pause', input: {} }],
    ['no object', 'auth'],
    ['a token that is no text', { type: 'auth', token: { length: 43 } }],
  ])('is closed when its first frame is %s, and nothing was run', async (_words, frame) => {
    const ran: string[] = []
    await using web = await openWebHost(createScriptedApp({ 'app.pause': () => ran.push('pause') }))
    const { cookie } = await sessionOf(web)
    const socket = await connect(web, cookie)
    socket.send(JSON.stringify(frame))
    expect(await closeCode(socket)).toBe(CLOSE_CODES.unauthorised)
    expect(ran).toEqual([])
  })

  test('is closed when no token comes within five seconds', async () => {
    const app = createScriptedApp()
    await using web = await openWebHost(app)
    const { cookie } = await sessionOf(web)
    const socket = await connect(web, cookie)
    const closed = closeCode(socket)
    app.clock.advance(5_000)
    expect(await closed).toBe(CLOSE_CODES.unauthorised)
  })

  test('opens again for the same cookie and token, as after a reload', async () => {
    await using web = await openWebHost(createScriptedApp({ 'app.status': () => status }))
    const { cookie, token } = await sessionOf(web)
    for (let reload = 0; reload < 3; reload += 1) {
      const socket = await connect(web, cookie)
      const page = pageOver(socket, token)
      expect(await page.next()).toMatchObject({ type: 'hello' })
      socket.close()
    }
  })

  test.each([
    ['is not JSON', '{', CLOSE_CODES.badFrame],
    ['is no call', '{"type":"auth","token":"x"}', CLOSE_CODES.badFrame],
    ['has a number that is none', '{"type":"call","id":"1","path":"app.status"}', CLOSE_CODES.badFrame],
    ['is binary', Buffer.from('{"type":"call","id":1,"path":"app.status","input":{}}'), CLOSE_CODES.badFrame],
    ['is larger than 2 MB', JSON.stringify('x'.repeat(2_000_000)), 1009],
  ])('is closed when a frame %s, and the next page is served', async (_words, frame, code) => {
    await using web = await openWebHost(createScriptedApp())
    const { cookie, token } = await sessionOf(web)
    const socket = await connect(web, cookie)
    const page = pageOver(socket, token)
    await page.next()
    socket.send(frame)
    expect(await closeCode(socket)).toBe(code)
    expect(await pageOver(await connect(web, cookie), token).next()).toMatchObject({ type: 'hello' })
  })

  test('takes a piece of an upload whole', async () => {
    const append = (input: { data: string }) => ({ receivedBytes: input.data.length })
    await using web = await openWebHost(createScriptedApp({ 'files.append': append }))
    const { cookie, token } = await sessionOf(web)
    const page = pageOver(await connect(web, cookie), token)
    await page.next()
    const input = { uploadId: 'u1', index: 0, data: 'A'.repeat(1_500_000) }
    page.send({ type: 'call', id: 1, path: 'files.append', input })
    expect(await page.next()).toMatchObject({ ok: true, value: { receivedBytes: 1_500_000 } })
  })

  test('stops reading from a page whose calls pile up, and goes on when they are done', async () => {
    const running: (() => void)[] = []
    const list = () => new Promise((resolve) => running.push(() => resolve([])))
    await using web = await openWebHost(createScriptedApp({ 'templates.list': list, 'app.status': () => status }))
    const { cookie, token } = await sessionOf(web)
    const page = pageOver(await connect(web, cookie), token)
    const other = pageOver(await connect(web, cookie), token)
    await page.next()
    await other.next()
    // Each call fills a network packet, so that they cannot all arrive in one.
    const input = { archived: false, filler: 'x'.repeat(300_000) }
    for (let id = 0; id < 200; id += 1) page.send({ type: 'call', id, path: 'templates.list', input })
    for (let round = 0; round < 20; round += 1) {
      other.send({ type: 'call', id: round, path: 'app.status', input: {} })
      await other.next()
    }
    expect(running.length).toBeLessThan(64)
    for (let answered = 0; answered < 200; answered += 1) {
      while (running.length === 0) {
        other.send({ type: 'call', id: 0, path: 'app.status', input: {} })
        await other.next()
      }
      running.shift()?.()
      expect(await page.next()).toMatchObject({ ok: true })
    }
  })

  test('is told when the app ends', async () => {
    const web = await openWebHost(createScriptedApp())
    const { cookie, token } = await sessionOf(web)
    const socket = await connect(web, cookie)
    await pageOver(socket, token).next()
    const closed = once(socket, 'close')
    await web[Symbol.asyncDispose]()
    expect((await closed)[0]).toBe(CLOSE_CODES.closing)
  })
})

describe('the page', () => {
  test('comes with headers that keep it to itself', async () => {
    await using web = await openWebHost(createScriptedApp())
    const { headers } = await fetch(`${web.origin}/`)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(headers.get('content-security-policy')).toContain(`connect-src 'self' ws://127.0.0.1:${web.host.port};`)
  })

  test('its hashed files may be kept, and nothing else', async () => {
    await using web = await openWebHost(createScriptedApp())
    const { headers } = await fetch(`${web.origin}/assets/index-abc.js`)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  test('answers HEAD without a body', async () => {
    await using web = await openWebHost(createScriptedApp())
    const response = await fetch(`${web.origin}/`, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})

test('a port that is taken is an error with a name', async () => {
  const app = createScriptedApp()
  await using web = await openWebHost(app)
  const { startWsHost } = await import('#electron/host/ws-host')
  const second = startWsHost({ ...app, pageFolder: web.pageFolder, port: web.host.port })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
