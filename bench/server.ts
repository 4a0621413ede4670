import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Pacemail in a process of its own, ready for the browser. */
export interface Server extends AsyncDisposable {
  /** From the start of the process to its line "Pacemail is ready at …", ms. */
  readonly readyMs: number
  /** Its address, with the token that lets one page in. */
  readonly url: string
  /** Null where the system does not tell. */
  memoryMb(): number | null
  /** CPU time of all its threads so far, ms. Null where the system does not tell. */
  cpuMs(): number | null
}

export async function startServer(dataFolder: string): Promise<Server> {
  const from = performance.now()
  const child = spawn(process.execPath, ['electron/serve.ts', '--no-open', '--data', dataFolder], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await ready(child)
  const readyMs = performance.now() - from
  const { pid } = child
  return {
    readyMs,
    url,
    memoryMb: () =>
      readOf(() => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024),
    cpuMs: () =>
      readOf(() => {
        const tasks = `/proc/${pid}/task`
        const times = readdirSync(tasks).map((task) =>
          Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
        )
        return times.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6
      }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await ended
    },
  }
}

/** Answers the address. */
async function ready(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^Pacemail is ready at (\S+)/.exec(line) ?? []
    if (url !== undefined) return url
  }
  throw new Error('the server ended before it was ready')
}

/** /proc is Linux only. */
function readOf(read: () => number): number | null {
  try {
    const value = read()
    return Number.isFinite(value) ? value : null
  } catch {
    return null
  }
}
