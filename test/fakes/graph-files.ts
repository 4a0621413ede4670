import { GraphError, type GraphStore, type StoredFile, type StoredMessage } from '#test/fakes/graph-store'

/** Attachments as Graph takes them (outlook-large-attachments.md). Strict: a size that belongs to the other way is refused. */

const MB = 1_000_000
/** PidTagAttachSize counts what Exchange keeps beside the bytes (MS-OXCMSG §2.2.2.5). */
const BESIDE_BYTES = 218

export function fileToWire({ id, name, contentType, bytes, isInline }: StoredFile): object {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    '@odata.mediaContentType': contentType,
    id,
    name,
    contentType,
    size: bytes.length + BESIDE_BYTES,
    isInline,
  }
}

/** message-post-attachments: below 3 MB. */
export function attach(store: GraphStore, message: StoredMessage, body: unknown): StoredFile {
  const { '@odata.type': type, name, contentType, contentBytes } = body as Record<string, string>
  if (type !== '#microsoft.graph.fileAttachment' || !name || !contentBytes) throw new GraphError(400, 'BadRequest')
  const bytes = Buffer.from(contentBytes, 'base64')
  if (bytes.toString('base64') !== contentBytes) throw new GraphError(400, 'BadRequest')
  if (bytes.length >= 3 * MB) throw new GraphError(413, 'ErrorRequestStreamTooBig')
  return store.attach(message, { name, contentType: contentType ?? '', bytes })
}

interface Session {
  readonly message: StoredMessage
  readonly name: string
  readonly contentType: string
  readonly size: number
  received: Buffer
}

/** attachment-createuploadsession: 3 to 150 MB. Sessions are named by number, and their address holds the permission. */
export function createUploadSessions(root: string) {
  const sessions: Session[] = []

  function open(message: StoredMessage, body: unknown): object {
    const { AttachmentItem: item } = body as { AttachmentItem?: Record<string, unknown> }
    const { attachmentType, name, size, contentType } = item ?? {}
    if (attachmentType !== 'file' || typeof name !== 'string' || typeof size !== 'number')
      throw new GraphError(400, 'BadRequest')
    if (size < 3 * MB) throw new GraphError(400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize')
    if (size > 150 * MB) throw new GraphError(413, 'ErrorMessageSizeExceeded')
    sessions.push({ message, name, contentType: String(contentType), size, received: Buffer.alloc(0) })
    const address = `${root}/api/v2.0/Users('me')/Messages('${message.id}')/AttachmentSessions('${sessions.length}')`
    return { uploadUrl: `${address}?authtoken=of-session`, nextExpectedRanges: ['0-'] }
  }

  /** "Do not specify an Authorization request header"; "you must upload bytes in a file in order". */
  function put(store: GraphStore, piece: UploadedPiece): { status: number; body: object } {
    const session = sessions[Number(/AttachmentSessions\('(\d+)'\)/.exec(piece.path)?.[1] ?? 0) - 1]
    if (piece.hasToken || session === undefined) throw new GraphError(401, 'InvalidAuthenticationToken')
    const [, from, to, of] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(piece.range) ?? []
    const { bytes } = piece
    const isNext = Number(from) === session.received.length && Number(to) === Number(from) + bytes.length - 1
    if (!isNext || Number(of) !== session.size) throw new GraphError(416, 'ErrorInvalidRange')
    if (bytes.length > 4 * 1024 * 1024) throw new GraphError(413, 'ErrorRequestStreamTooBig')
    session.received = Buffer.concat([session.received, bytes])
    const next = session.received.length
    if (next < session.size) return { status: 200, body: { nextExpectedRanges: [String(next)] } }
    store.attach(session.message, { name: session.name, contentType: session.contentType, bytes: session.received })
    return { status: 201, body: {} }
  }

  return { open, put }
}

export type UploadSessions = ReturnType<typeof createUploadSessions>

export interface UploadedPiece {
  readonly path: string
  readonly hasToken: boolean
  readonly range: string
  readonly bytes: Buffer
}
