import { connect } from 'node:net'

/** One HTTP request exactly as written: `fetch` would mend Host, Origin and Sec-Fetch on its own. */
export interface RawRequest {
  readonly method: string
  readonly target: string
  /** In this order, also twice. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}

/** The status of the answer; 0 when the host just hung up. The body follows the head. */
export function sendRaw(port: number, request: RawRequest): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', (piece: string) => {
      text += piece
      // An upgraded socket stays open: its head is all there is to see.
      if (text.startsWith('HTTP/1.1 101') && text.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve({ status: Number(text.slice(9, 12)), text }))
    socket.write(rawText(request))
  })
}

function rawText({ method, target, headers, body = '' }: RawRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

export const upgradeHeaders = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
] as const
