import type { ApiClient } from '../api/client.ts'
import type { InputAt } from '../api/paths.ts'

/** Reports in one life of the page: an error in a loop says the same again and again. */
const MOST = 10
const LONGEST_MESSAGE = 4_000
const LONGEST_STACK = 20_000

/** Where errors that nobody caught are heard; a window. */
type Stage = Pick<Window, 'addEventListener' | 'location'>

/** What nothing in the page has caught is written down on this machine. Where that fails as well there is nobody to tell. */
export function watchErrors(client: Pick<ApiClient, 'call'>, stage: Stage): void {
  let count = 0

  function report(error: unknown, message: string): void {
    // The answer to a call says itself what is wrong, and the log has the rest.
    if (isQuiet(error, message) || count >= MOST) return
    count += 1
    const stack = error instanceof Error ? (error.stack ?? '') : ''
    const [page = ''] = stage.location.hash.split('?')
    const input = {
      message: message.slice(0, LONGEST_MESSAGE).toWellFormed(),
      stack: stack.slice(0, LONGEST_STACK).toWellFormed(),
      page: page.slice(0, 200).toWellFormed(),
    }
    void tell(input)
  }

  /** The line to the host may be what is gone. */
  async function tell(input: InputAt<'reports.add'>): Promise<void> {
    try {
      await client.call('reports.add', input)
    } catch {
      // Nobody is left to tell.
    }
  }

  stage.addEventListener('error', ({ error, message }) => report(error, message))
  stage.addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    report(reason, reason instanceof Error ? String(reason) : `A promise failed: ${String(reason)}`)
  })
}

/** An element that grew while it was measured is no error, though browsers say so. */
function isQuiet(error: unknown, message: string): boolean {
  return message.startsWith('ResizeObserver loop') || (error instanceof Error && error.name === 'ApiError')
}
