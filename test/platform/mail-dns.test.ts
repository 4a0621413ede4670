import { expect, test } from 'vitest'
import { createNodeMailDns } from '#electron/platform/node-mail-dns'

type Lookup = NonNullable<Parameters<typeof createNodeMailDns>[0]>

function failure(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(code), { code }))
}

const mx =
  (...exchanges: string[]) =>
  () =>
    Promise.resolve(exchanges.map((exchange) => ({ exchange, priority: 10 })))

/** Name servers that answer what they are told; a code stands for a failure. */
function servers(answers: {
  mx?: () => Promise<{ exchange: string; priority: number }[]>
  v4?: string
  v6?: string
}): Lookup {
  const host = (answer = 'ENODATA') => (answer.startsWith('E') ? failure(answer) : Promise.resolve([answer]))
  return {
    resolveMx: answers.mx ?? (() => failure('ENODATA')),
    resolve4: (() => host(answers.v4)) as unknown as Lookup['resolve4'],
    resolve6: (() => host(answers.v6)) as unknown as Lookup['resolve6'],
  }
}

test.each([
  ['a mail server is named', servers({ mx: mx('mx.acme.example') }), 'takes_mail'],
  ['the name is empty (RFC 7505)', servers({ mx: mx('') }), 'null_mx'],
  ['the name is a dot (RFC 7505)', servers({ mx: mx('.') }), 'null_mx'],
  ['no server is named, but the host is there (RFC 5321 §5.1)', servers({ v4: '192.0.2.1' }), 'takes_mail'],
  ['the host has a newer kind of address only', servers({ v6: '2001:db8::1' }), 'takes_mail'],
  ['there is neither server nor host', servers({}), 'no_server'],
  ['there is no such domain', servers({ mx: () => failure('ENOTFOUND') }), 'no_domain'],
  ['the name server fails', servers({ mx: () => failure('ESERVFAIL') }), 'unknown'],
  ['nobody answers in time', servers({ mx: () => failure('ETIMEOUT') }), 'unknown'],
  ['nobody answers about the host', servers({ v4: 'ETIMEOUT' }), 'unknown'],
])('%s', async (_title, resolver, answer) => {
  expect(await createNodeMailDns(resolver).ask('acme.example', new AbortController().signal)).toBe(answer)
})

test('who gives up asking does not wait for a slow name server', async () => {
  const stop = new AbortController()
  const silent = servers({ mx: () => new Promise(() => {}) })
  const asking = createNodeMailDns(silent).ask('acme.example', stop.signal)
  stop.abort()
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
})
