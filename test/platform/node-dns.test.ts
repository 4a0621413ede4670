import { expect, test } from 'vitest'
import { createNodeDns, type Lookups } from '#electron/platform/node-dns'

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
}): Lookups['mail'] {
  const host = (answer = 'ENODATA') => (answer.startsWith('E') ? failure(answer) : Promise.resolve([answer]))
  return {
    resolveMx: answers.mx ?? (() => failure('ENODATA')),
    resolve4: (() => host(answers.v4)) as unknown as Lookups['mail']['resolve4'],
    resolve6: (() => host(answers.v6)) as unknown as Lookups['mail']['resolve6'],
  }
}

/** The same for TXT records, each in its pieces. */
function texts(answer: string | string[][]): Lookups['txt'] {
  return { resolveTxt: () => (typeof answer === 'string' ? failure(answer) : Promise.resolve(answer)) }
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
])('%s', async (_title, mail, answer) => {
  expect(await createNodeDns({ txt: texts([]), mail }).mail('acme.example', new AbortController().signal)).toBe(answer)
})

test('who gives up asking does not wait for a slow name server', async () => {
  const stop = new AbortController()
  const silent = servers({ mx: () => new Promise(() => {}) })
  const asking = createNodeDns({ txt: texts([]), mail: silent }).mail('acme.example', stop.signal)
  stop.abort()
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
})

test('the pieces of a TXT record are one text', async () => {
  const dns = createNodeDns({
    txt: texts([['v=spf1 include:', '_spf.acme.example ~all'], ['other']]),
    mail: servers({}),
  })
  expect(await dns.txt('acme.example')).toEqual(['v=spf1 include:_spf.acme.example ~all', 'other'])
})

test('a name that does not exist or cannot has no TXT records', async () => {
  for (const absent of [texts('ENOTFOUND'), texts('ENODATA')]) {
    expect(await createNodeDns({ txt: absent, mail: servers({}) }).txt('acme.example')).toEqual([])
  }
  expect(await createNodeDns({ txt: texts('EBADNAME'), mail: servers({}) }).txt('a.'.repeat(127))).toEqual([])
})

test('no answer about TXT records is not told as none', async () => {
  const dns = createNodeDns({ txt: texts('ETIMEOUT'), mail: servers({}) })
  await expect(dns.txt('acme.example')).rejects.toMatchObject({ code: 'ETIMEOUT' })
})
