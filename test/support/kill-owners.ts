import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A process on a shared data folder, as its parent sees it. */
export interface OwnerProcess extends AsyncDisposable {
  /** The next word that it says. */
  said(): Promise<string>
  tell(command: 'take over' | 'send' | 'end'): void
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
  ended(): Promise<void>
}

/** Starts `program` (kill-owner) on a data folder. */
export function startOwner(program: string, order: { dataFolder: string; startAt: number }): OwnerProcess {
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    env: { ...process.env, NODE_COMPILE_CACHE: `${program}.cache` },
  })
  const words = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const end = endOf(child)
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  return {
    async said() {
      const word = await words.next()
      if (word.done) throw new Error(`the process has ended: ${complaint}`)
      return word.value
    },
    tell: (command) => void child.stdin.write(`${command}\n`),
    signal: (name) => void child.kill(name),
    ended: () => end,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await end
    },
  }
}

function endOf(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  })
}
