import { parseArgs } from 'node:util'

export interface Flags {
  /** Print the address and open nothing. */
  readonly noOpen: boolean
  /** The browser host, also where the desktop app could run. */
  readonly web: boolean
  /** 0: any free port. */
  readonly port: number
  /** Undefined: the platform's place. */
  readonly data: string | undefined
}

export const USAGE = `Flags:
  --web        open in the browser instead of a window of its own
  --no-open    print the address and open nothing
  --port N     a fixed port for the address (any free one otherwise)
  --data DIR   the folder for everything Pacemail keeps`

/** The flags, or a sentence on what is wrong with them. */
export function readFlags(args: readonly string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        web: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        data: { type: 'string' },
      },
    })
    const port = Number(values.port)
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
      return `--port needs a number up to 65535, not "${values.port}".`
    if (values.data === '') return '--data needs a folder.'
    return { noOpen: values['no-open'], web: values.web, port, data: values.data }
  } catch (error) {
    return error instanceof Error ? error.message : 'These flags are not understood.'
  }
}
