import { AppError } from '#shared/errors'

/** Where Google and Microsoft are. Tests and rehearsals play them on this machine; no other host is ever accepted. */
export interface Endpoints {
  readonly google: {
    /** Where the rep signs in. */
    readonly authorizeUrl: string
    readonly tokenUrl: string
    /** Root of the Gmail API, without `/gmail/v1`. */
    readonly gmailUrl: string
  }
  readonly microsoft: {
    /** Authority without the tenant: `<url>/common/oauth2/v2.0/token`. */
    readonly authorityUrl: string
    /** Root of Graph with its version. */
    readonly graphUrl: string
  }
  /** One server that stands for those of every mailbox behind SMTP and IMAP; null: each has its own. */
  readonly servers: {
    readonly smtp: LocalServer | null
    readonly imap: LocalServer | null
  }
}

/** On this machine, and without encryption, as only there. */
export interface LocalServer {
  readonly host: string
  readonly port: number
  readonly security: 'none'
}

export const PUBLIC_ENDPOINTS: Endpoints = {
  google: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    gmailUrl: 'https://gmail.googleapis.com',
  },
  microsoft: {
    authorityUrl: 'https://login.microsoftonline.com',
    graphUrl: 'https://graph.microsoft.com/v1.0',
  },
  servers: { smtp: null, imap: null },
}

/** The names are documented in docs/providers.md. */
export interface EndpointNames {
  readonly PACEMAIL_GOOGLE_AUTHORIZE_URL?: string | undefined
  readonly PACEMAIL_GOOGLE_TOKEN_URL?: string | undefined
  readonly PACEMAIL_GMAIL_URL?: string | undefined
  readonly PACEMAIL_MICROSOFT_AUTHORITY_URL?: string | undefined
  readonly PACEMAIL_GRAPH_URL?: string | undefined
  readonly PACEMAIL_SMTP_URL?: string | undefined
  readonly PACEMAIL_IMAP_URL?: string | undefined
}

/** The public endpoints, except where the environment names one on this machine. Throws `app.foreign_endpoint` for any other. */
export function endpointsFrom(env: EndpointNames): Endpoints {
  const { google, microsoft } = PUBLIC_ENDPOINTS
  return {
    google: {
      authorizeUrl: onLoopback('PACEMAIL_GOOGLE_AUTHORIZE_URL', env) ?? google.authorizeUrl,
      tokenUrl: onLoopback('PACEMAIL_GOOGLE_TOKEN_URL', env) ?? google.tokenUrl,
      gmailUrl: onLoopback('PACEMAIL_GMAIL_URL', env) ?? google.gmailUrl,
    },
    microsoft: {
      authorityUrl: onLoopback('PACEMAIL_MICROSOFT_AUTHORITY_URL', env) ?? microsoft.authorityUrl,
      graphUrl: onLoopback('PACEMAIL_GRAPH_URL', env) ?? microsoft.graphUrl,
    },
    servers: { smtp: localServer('PACEMAIL_SMTP_URL', env), imap: localServer('PACEMAIL_IMAP_URL', env) },
  }
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Null where the environment does not name it. */
function onLoopback(name: keyof EndpointNames, env: EndpointNames): string | null {
  return parsed(name, env, /^https?:$/) === null ? null : (env[name] ?? '').replace(/\/$/, '')
}

/** `smtp://127.0.0.1:2525`, `imap://localhost:1143`. */
function localServer(name: 'PACEMAIL_SMTP_URL' | 'PACEMAIL_IMAP_URL', env: EndpointNames): LocalServer | null {
  const url = parsed(name, env, name === 'PACEMAIL_SMTP_URL' ? /^smtp:$/ : /^imap:$/)
  if (url === null) return null
  if (url.port === '') throw foreign(name)
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port), security: 'none' }
}

function parsed(name: keyof EndpointNames, env: EndpointNames, protocol: RegExp): URL | null {
  const value = env[name]
  if (value === undefined || value === '') return null
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || !protocol.test(url.protocol) || !LOOPBACK.has(url.hostname)) throw foreign(name)
  return url
}

function foreign(name: keyof EndpointNames): AppError {
  return new AppError('app.foreign_endpoint', `${name} must be an address on this machine`, { details: { name } })
}
