import { describe, expect, test } from 'vitest'
import { CLOSE_CODES, PROTOCOL_VERSION } from '#shared/contract/wire'
import type { Session } from '../../renderer/api/ws-session.ts'
import { createWsTransport, type Socket } from '../../renderer/api/ws-transport.ts'
import { manualTimers } from './manual-timers.ts'

type Listener = (event: { data?: unknown; code?: number }) => void

/** A socket that the test plays the other end of. */
function scriptedSocket() {
  const listeners: Record<string, Listener[]> = {}
  const sent: unknown[] = []
  const emit = (type: string, event: { data?: unknown; code?: number } = {}) =>
    listeners[type]?.forEach((run) => run(event))
  const socket: Socket = {
    send: (text) => void sent.push(JSON.parse(text)),
    close: () => emit('close', { code: 1000 }),
    addEventListener: (type, listener) => void (listeners[type] ??= []).push(listener),
  }
  return {
    socket,
    sent,
    opens: () => emit('open'),
    says: (frame: unknown) => emit('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    closes: (code: number) => emit('close', { code }),
  }
}

const HELLO = { type: 'hello', protocol: PROTOCOL_VERSION, seq: 3 }

function startPage(options: { token?: string | null; isHostUp?: boolean } = {}) {
  const sockets: ReturnType<typeof scriptedSocket>[] = []
  const timers = manualTimers()
  const forgotten: string[] = []
  const session: Session = {
    token: () => Promise.resolve(options.token === undefined ? 'secret' : options.token),
    isHostUp: () => Promise.resolve(options.isHostUp ?? false),
    forget: () => void forgotten.push('token'),
  }
  const open = () => {
    const socket = scriptedSocket()
    sockets.push(socket)
    return socket.socket
  }
  const transport = createWsTransport({ open, session, timers })
  const states: string[] = []
  transport.onConnection((state) => states.push(state))
  const newest = () => {
    const socket = sockets.at(-1)
    if (socket === undefined) throw new Error('The page opened no socket.')
    return socket
  }
  return { transport, timers, sockets, states, forgotten, newest }
}

describe('the WebSocket transport', () => {
  test('the token is the first frame, and calls wait for the greeting', async () => {
    const page = startPage()
    await settled()
    page.newest().opens()
    page.transport.send({ type: 'call', id: 1, path: 'app.status', input: {} })
    expect(page.newest().sent).toEqual([{ type: 'auth', token: 'secret' }])

    page.newest().says(HELLO)
    page.transport.send({ type: 'call', id: 2, path: 'app.status', input: {} })
    expect(page.newest().sent.slice(1)).toEqual([{ type: 'call', id: 2, path: 'app.status', input: {} }])
    expect(page.states).toEqual(['open'])
  })

  test('a page without a token opens no socket', async () => {
    const page = startPage({ token: null })
    await settled()
    expect(page.sockets).toEqual([])
    expect(page.states).toEqual(['refused'])
  })

  test('a lost line is tried again, later and later, at most five seconds apart', async () => {
    const page = startPage()
    await settled()
    page.newest().opens()
    page.newest().says(HELLO)
    const waits: number[] = []
    for (let loss = 0; loss < 7; loss += 1) {
      page.newest().closes(1006)
      await settled()
      waits.push(...page.timers.pending)
      page.timers.runNext()
      await settled()
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000])
    expect(page.states).toEqual(['open', 'lost'])

    page.newest().opens()
    page.newest().says(HELLO)
    expect(page.states).toEqual(['open', 'lost', 'open'])
  })

  test('after a greeting the waiting begins anew', async () => {
    const page = startPage()
    await settled()
    for (const _ of [1, 2]) {
      page.newest().opens()
      page.newest().says(HELLO)
      page.newest().closes(1006)
      await settled()
      expect(page.timers.pending).toEqual([250])
      page.timers.runNext()
      await settled()
    }
  })

  test('a refused token ends it: the page forgets the token and does not try again', async () => {
    const page = startPage()
    await settled()
    page.newest().opens()
    page.newest().closes(CLOSE_CODES.unauthorised)
    await settled()
    expect(page.states).toEqual(['refused'])
    expect(page.forgotten).toEqual(['token'])
    expect(page.timers.pending).toEqual([])
  })

  test('a host of a later start, which answers but opens no socket, is a refusal', async () => {
    const page = startPage({ isHostUp: true })
    await settled()
    page.newest().closes(1006)
    await settled()
    expect(page.states).toEqual(['refused'])
  })

  test('a host that speaks another protocol ends it with its own name', async () => {
    const page = startPage()
    await settled()
    page.newest().opens()
    page.newest().says({ ...HELLO, protocol: PROTOCOL_VERSION + 1 })
    page.newest().closes(1000)
    await settled()
    expect(page.states).toEqual(['incompatible'])
    expect(page.timers.pending).toEqual([])
  })

  test('what is not a frame is passed over', async () => {
    const page = startPage()
    await settled()
    const heard: unknown[] = []
    page.transport.onMessage((frame) => heard.push(frame))
    page.newest().opens()
    page.newest().says('not json')
    page.newest().says({ type: 'shout' })
    page.newest().says(HELLO)
    expect(heard).toEqual([HELLO])
  })

  test('a page that was closed stays closed', async () => {
    const page = startPage()
    await settled()
    page.newest().opens()
    page.newest().says(HELLO)
    page.transport.close()
    await settled()
    expect(page.timers.pending).toEqual([])
  })
})

/** Lets every promise that is ready run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
