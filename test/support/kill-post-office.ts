import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SmtpServer } from '#shared/contract/mailboxes'
import { KEY_HEADER } from '#electron/mailbox/mime'
import type { ServerMoment } from './kill-order.ts'
import { type Arrival, dateOfMail } from './kill-mail.ts'

export interface PostOffice extends AsyncDisposable {
  readonly settings: SmtpServer
  /** What the server took, in order: from then on a mail is on its way, whatever the sender heard. */
  readonly taken: readonly Arrival[]
  /** Called at each moment of each mail. */
  onMoment: (moment: ServerMoment) => void
  /** Resolves when no connection is open: what was under way has been taken or dropped. */
  quiet(): Promise<void>
}

/** A real SMTP server on the loopback that outlives the process which sends to it, and keeps its own record. */
export async function openPostOffice(): Promise<PostOffice> {
  const taken: Arrival[] = []
  const open = new Set<unknown>()
  let wasQuiet = (): void => {}
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 200,
    logger: false,
    onRcptTo(_address, _session, done) {
      office.onMoment('at the recipient')
      done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (chunks.length === 0) office.onMoment('in the mail')
        chunks.push(chunk)
      })
      stream.once('end', () => {
        taken.push(read(Buffer.concat(chunks), session.envelope.rcptTo[0]?.address ?? ''))
        office.onMoment('mail taken')
        done()
        office.onMoment('mail answered')
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      if (open.size === 0) wasQuiet()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  const office: PostOffice = {
    settings: { host: 'localhost', port, security: 'none', user: '' },
    taken,
    onMoment: () => {},
    async quiet() {
      if (open.size === 0) return
      await new Promise<void>((resolve) => {
        wasQuiet = resolve
      })
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return office
}

function read(bytes: Buffer, to: string): Arrival {
  const text = bytes.toString('latin1')
  const key = new RegExp(`^${KEY_HEADER}: (\\S+)\\r$`, 'm').exec(text)?.[1] ?? ''
  return { key, to, date: dateOfMail(text) }
}
