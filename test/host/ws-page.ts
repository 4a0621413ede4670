import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'
import type { FromHost } from '#shared/contract/wire'
import { startWsHost, type WsHost } from '#electron/host/ws-host'
import type { TestPage } from './host-contract.ts'
import type { ScriptedApp } from './scripted-app.ts'

export interface WebSession {
  readonly cookie: string
  readonly token: string
}

export interface OpenWebHost extends AsyncDisposable {
  readonly host: WsHost
  readonly origin: string
  readonly launchCode: string
  readonly pageFolder: string
}

/** The real host on a real port, with a small built page. */
export async function openWebHost(app: ScriptedApp): Promise<OpenWebHost> {
  const pageFolder = mkdtempSync(join(tmpdir(), 'pacemail-page-'))
  mkdirSync(join(pageFolder, 'assets'))
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(pageFolder, 'assets', 'index-abc.js'), 'export {}')
  const host = await startWsHost({ ...app, pageFolder, port: 0 })
  return {
    host,
    pageFolder,
    origin: `http://127.0.0.1:${host.port}`,
    launchCode: new URL(host.url).hash.slice('#launch='.length),
    async [Symbol.asyncDispose]() {
      await host.close()
      rmSync(pageFolder, { recursive: true })
    },
  }
}

/** What the page does first: the launch code for a cookie and a token. */
export async function openSession(web: OpenWebHost, code: string = web.launchCode): Promise<Response> {
  return fetch(`${web.origin}/session`, {
    method: 'POST',
    headers: { Origin: web.origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  })
}

export async function sessionOf(web: OpenWebHost): Promise<WebSession> {
  const response = await openSession(web)
  const { token } = (await response.json()) as { token: string }
  return { token, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

/** A socket that is open as far as HTTP goes, before its first frame. */
export async function connect(web: OpenWebHost, cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${web.host.port}/socket`, {
    origin: web.origin,
    headers: { Cookie: cookie },
  })
  await once(socket, 'open')
  return socket
}

/** A page over a socket; its first frame, the token, is sent. */
export function pageOver(socket: WebSocket, token: string): TestPage {
  const arrived: FromHost[] = []
  const waiting: ((frame: FromHost) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as FromHost
    const next = waiting.shift()
    if (next === undefined) arrived.push(frame)
    else next(frame)
  })
  socket.send(JSON.stringify({ type: 'auth', token }))
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    next() {
      const frame = arrived.shift()
      return frame === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(frame)
    },
  }
}

/** The code a socket is closed with. */
export async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}
