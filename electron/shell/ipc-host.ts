import { ipcMain, type IpcMainEvent, type WebContents } from 'electron'
import { FROM_HOST, TO_HOST, type Call, type FromHost } from '#shared/contract/wire'
import type { EventStream } from '../host/event-stream.ts'
import { parseCall, parseConnect } from '../host/frames.ts'
import { hello } from '../host/hello.ts'
import type { Router } from '../host/route.ts'
import type { Log } from '../platform/log.ts'
import { APP_ORIGIN } from './app-protocol.ts'

export interface IpcHostDeps {
  readonly router: Router
  readonly stream: EventStream
  readonly log: Log
  /** The page of the one window. */
  readonly contents: WebContents
}

/** The frames of the WebSocket over IPC, without a token: who sends is checked instead. Returns how to end it. */
export function startIpcHost(deps: IpcHostDeps): () => void {
  const { router, stream, log, contents } = deps
  // Counts the page's starts: a reply to a page that has been reloaded since must not meet the new page's numbers.
  let start = 0

  function onFrame(event: IpcMainEvent, frame: unknown): void {
    if (!isOurPage(event, contents)) return log.warn('a message from elsewhere was refused')
    const call = parseCall(frame)
    if (call !== null) void answer(call)
    else if (parseConnect(frame) !== null) connect()
    else log.warn('a message without meaning was refused')
  }

  function connect(): void {
    start += 1
    send(hello(stream))
  }

  async function answer(call: Call): Promise<void> {
    const startOfCall = start
    const reply = await router.handle(call)
    if (start === startOfCall) send(reply)
  }

  function send(frame: FromHost): void {
    if (!contents.isDestroyed()) contents.send(FROM_HOST, frame)
  }

  ipcMain.on(TO_HOST, onFrame)
  const unsubscribe = stream.subscribe((push) => {
    if (start > 0) send(push)
  })
  return () => {
    unsubscribe()
    ipcMain.removeListener(TO_HOST, onFrame)
  }
}

/** Three checks: our window, its top frame, our origin. A frame inside the page, or a page that got away, is refused. */
function isOurPage(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame
  if (event.sender !== contents || frame === null) return false
  return frame.parent === null && frame.origin === APP_ORIGIN
}
