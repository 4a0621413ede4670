import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { upgradeHeaders } from './raw-http.ts'
import { createScriptedApp, status } from './scripted-app.ts'
import { connect as connectPage, openSession, openWebHost, pageOver, sessionOf, type OpenWebHost } from './ws-page.ts'

/** Writes bytes as they are and hears everything until the host hangs up. */
async function knock(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.setEncoding('latin1')
  socket.on('data', (piece: string) => (heard += piece))
  socket.on('error', () => {})
  socket.write(bytes)
  await new Promise((resolve) => socket.on('close', resolve))
  return heard
}

const head = (web: OpenWebHost, line: string, ...headers: readonly string[]): string =>
  [line, `Host: 127.0.0.1:${web.host.port}`, `Origin: ${web.origin}`, ...headers, '', ''].join('\r\n')

describe('a program that speaks HTTP badly', () => {
  test('is hung up on when its request does not end, in the head or in the body', { timeout: 60_000 }, async () => {
    await using web = await openWebHost(createScriptedApp())
    const post = head(web, 'POST /session HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 40')
    const heard = await Promise.all([
      knock(web.host.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${web.host.port}\r\nX-Slow: `),
      knock(web.host.port, `${post}{"code"`),
    ])
    expect(heard.map((answer) => answer.slice(0, 12))).toEqual(['HTTP/1.1 408', 'HTTP/1.1 408'])
    expect((await openSession(web)).status).toBe(200)
  })

  test.each([
    ['a head larger than 16 kB', 'GET / HTTP/1.1', `X-Large: ${'x'.repeat(20_000)}`, '431'],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002', '', '400'],
    ['two lengths', 'POST /session HTTP/1.1', 'Content-Length: 1\r\nContent-Length: 2', '400'],
    ['a length and pieces', 'POST /session HTTP/1.1', 'Content-Length: 1\r\nTransfer-Encoding: chunked', '400'],
    ['a head whose lines end in half', 'GET / HTTP/1.1\nX: y', 'Connection: close', '400'],
  ])('with %s is answered and hung up on', async (_words, line, header, expected) => {
    await using web = await openWebHost(createScriptedApp())
    expect((await knock(web.host.port, head(web, line, header))).slice(9, 12)).toBe(expected)
  })

  test('cannot send a body without saying how long it is', async () => {
    await using web = await openWebHost(createScriptedApp())
    const post = head(web, 'POST /session HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')
    expect((await knock(web.host.port, `${post}fffffff\r\n{"code":`)).slice(9, 12)).toBe('413')
  })

  test('finds no place when 256 others are connected, and the host goes on when they leave', async () => {
    await using web = await openWebHost(createScriptedApp())
    const others = await Promise.all(Array.from({ length: 256 }, () => open(web.host.port)))
    expect(await knock(web.host.port, head(web, 'GET / HTTP/1.1'))).toBe('')
    await Promise.all(others.map((socket) => once(socket.end(), 'close')))
    expect((await openSession(web)).status).toBe(200)
  })
})

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

describe('a program that speaks WebSocket badly', () => {
  const MASK = Buffer.from([0, 0, 0, 0])
  const longFrame = Buffer.concat([Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x2d, 0xc6, 0xc0]), MASK])

  test.each([
    ['announces a frame of 3 MB', longFrame, 1009],
    ['does not mask its frame', Buffer.from([0x81, 0x02, 0x7b, 0x7d]), 1002],
    ['sets a bit that means nothing', Buffer.concat([Buffer.from([0xc1, 0x80]), MASK]), 1002],
    ['uses a kind of frame that there is not', Buffer.concat([Buffer.from([0x83, 0x80]), MASK]), 1002],
    ['sends text that is no UTF-8', Buffer.concat([Buffer.from([0x81, 0x81]), MASK, Buffer.from([0xff])]), 1007],
  ])('and %s is hung up on, and the next page is served', async (_words, frame, code) => {
    await using web = await openWebHost(createScriptedApp({ 'app.status': () => status }))
    const { cookie, token } = await sessionOf(web)
    const upgrade = upgradeHeaders.map(([name, value]) => `${name}: ${value}`)
    const request = head(web, 'GET /socket HTTP/1.1', `Cookie: ${cookie}`, ...upgrade)
    const heard = Buffer.from(await knock(web.host.port, Buffer.concat([Buffer.from(request), frame])), 'latin1')
    const answer = heard.subarray(heard.indexOf('\r\n\r\n') + 4)
    expect(heard.subarray(0, 12).toString()).toBe('HTTP/1.1 101')
    expect({ opcode: answer[0], code: answer.readUInt16BE(2) }).toEqual({ opcode: 0x88, code })
    expect(await pageOver(await connectPage(web, cookie), token).next()).toMatchObject({ type: 'hello' })
  })
})

const elsewhere = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .filter(({ internal, family }) => !internal && family === 'IPv4')

test.skipIf(elsewhere.length === 0)('nobody reaches the host by another address of this machine', async () => {
  await using web = await openWebHost(createScriptedApp())
  for (const { address } of elsewhere) {
    const socket = connect(web.host.port, address)
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  }
})
