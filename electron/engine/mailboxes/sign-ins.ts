/** Sign-ins at Google and Microsoft, in the rep's browser, from the first click to a mailbox that can be used. */
import type { OAuthProvider, SignInState } from '#shared/contract/sign-in'
import { AppError, type ErrorCode, type ErrorDetails } from '#shared/errors'
import type { OAuthClient, SignedIn } from '../../mailbox/sign-in.ts'
import type { Accounts } from './accounts.ts'
import type { EngineContext } from '../context.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { OAuthClients } from './oauth-clients.ts'

export interface SignIns {
  /** Throws `sign_in.client_missing`, `mailbox.not_found`, `mailbox.kind_mismatch`. The end is published. */
  begin(request: SignInOrder): Promise<SignInState>
  /** Throws `sign_in.not_found` when it is over for long. */
  get(signInId: string): SignInState
  /** Harmless when it is over. */
  cancel(signInId: string): void
  /** Ends all that wait. */
  close(): Promise<void>
}

export interface SignInOrder {
  readonly provider: OAuthProvider
  /** A mailbox to sign in again; null adds one. */
  readonly mailboxId: number | null
  readonly senderName: string
}

export interface SignInsDeps extends Pick<EngineContext, 'clock' | 'random' | 'log' | 'mail' | 'native' | 'publish'> {
  readonly accounts: Accounts
  readonly clients: OAuthClients
  readonly mailboxes: Mailboxes
}

/** Ten minutes: long enough to look for a phone, short enough that no listener is forgotten, ms. */
const LONGEST_MS = 10 * 60_000

interface Running {
  state: SignInState
  readonly stop: AbortController
  isTimedOut: boolean
  done: Promise<void>
}

export function createSignIns(deps: SignInsDeps): SignIns {
  const known = new Map<string, Running>()

  function move(running: Running, patch: Partial<SignInState>): void {
    running.state = { ...running.state, ...patch }
    deps.publish({ type: 'sign_in.moved', state: running.state })
  }

  async function begin(order: SignInOrder): Promise<SignInState> {
    const address = order.mailboxId === null ? null : addressOf(deps.mailboxes, order)
    const client = await deps.clients.of(order.provider)
    if (client === null) throw new AppError('sign_in.client_missing', `no client id for ${order.provider}`)
    // One browser page at a time: an older one would only confuse.
    for (const other of known.values()) other.stop.abort()
    const running = newRunning(deps.random.id(), order.provider)
    known.set(running.state.signInId, running)
    running.done = run(running, order, { client, address })
    return running.state
  }

  async function run(
    running: Running,
    order: SignInOrder,
    { client, address }: { client: OAuthClient; address: string | null },
  ): Promise<void> {
    const disarm = deps.clock.at(deps.clock.now() + LONGEST_MS, () => {
      running.isTimedOut = true
      running.stop.abort()
    })
    const showPage = (url: string): void => {
      move(running, { url })
      void deps.native.openPage(url)
    }
    try {
      const signIn = deps.mail.signIn[order.provider]
      const stored = order.mailboxId === null ? null : await deps.accounts.storedSecret(order.mailboxId)
      const signedIn = await signIn({ client, address, stored, showPage }, running.stop.signal)
      const mailbox = await keep(order, signedIn)
      move(running, { stage: 'done', url: null, mailboxId: mailbox.id as SignInState['mailboxId'] })
    } catch (error) {
      move(running, { stage: 'failed', url: null, error: failureOf(deps, running, error) })
    } finally {
      disarm()
    }
  }

  function keep(order: SignInOrder, signedIn: SignedIn) {
    const { mailboxId, provider } = order
    if (mailboxId !== null) return deps.accounts.signInAgain(mailboxId, signedIn)
    return deps.accounts.addSignedIn({ ...signedIn, kind: provider, senderName: order.senderName || signedIn.name })
  }

  return {
    begin,
    get(signInId) {
      const running = known.get(signInId)
      if (!running) throw new AppError('sign_in.not_found', 'no such sign-in')
      return running.state
    },
    cancel: (signInId) => known.get(signInId)?.stop.abort(),
    async close() {
      for (const running of known.values()) running.stop.abort()
      await Promise.all([...known.values()].map((running) => running.done))
    },
  }
}

function newRunning(signInId: string, provider: OAuthProvider): Running {
  const state: SignInState = { signInId, provider, stage: 'waiting', url: null, mailboxId: null, error: null }
  return { state, stop: new AbortController(), isTimedOut: false, done: Promise.resolve() }
}

function addressOf(mailboxes: Mailboxes, { mailboxId, provider }: SignInOrder): string {
  const mailbox = mailboxes.get(mailboxId ?? 0)
  if (mailbox.kind !== provider) throw new AppError('mailbox.kind_mismatch', `${mailbox.kind} is not ${provider}`)
  return mailbox.address
}

function failureOf(
  deps: SignInsDeps,
  { isTimedOut }: Running,
  error: unknown,
): { code: ErrorCode; details: ErrorDetails } {
  if (isTimedOut) return { code: 'sign_in.timed_out', details: {} }
  if (error instanceof AppError) return { code: error.code, details: { ...error.details } }
  deps.log.error('a sign-in failed', error)
  return { code: 'internal', details: {} }
}
