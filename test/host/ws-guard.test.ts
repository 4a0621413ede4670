import { expect, test } from 'vitest'
import { sendRaw, upgradeHeaders, type RawRequest } from './raw-http.ts'
import { createScriptedApp } from './scripted-app.ts'
import { openWebHost, sessionOf, type OpenWebHost } from './ws-page.ts'

type Headers = readonly (readonly [string, string])[]

/** A way to fill one header. */
interface Form {
  readonly name: string
  readonly headers: Headers
}

function hostForms(port: number): Form[] {
  const legal = [`127.0.0.1:${port}`, `localhost:${port}`]
  const illegal = [
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.evil.test:${port}`,
    `evil.test:${port}`,
    `localhost.:${port}`,
    `LOCALHOST:${port}`,
    `0.0.0.0:${port}`,
    `[::1]:${port}`,
    `127.1:${port}`,
    '',
  ]
  return [
    ...[...legal, ...illegal].map((host) => ({ name: host, headers: [['Host', host]] as const })),
    {
      name: 'twice',
      headers: [
        ['Host', `127.0.0.1:${port}`],
        ['Host', 'evil.test'],
      ],
    },
  ]
}

function originForms(port: number): Form[] {
  const origins = [
    `http://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    `http://127.0.0.1:${port + 1}`,
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}.evil.test`,
    'http://evil.test',
    'null',
    '',
  ]
  return [
    { name: 'absent', headers: [] },
    ...origins.map((origin) => ({ name: origin, headers: [['Origin', origin]] as const })),
    {
      name: 'twice',
      headers: [
        ['Origin', `http://127.0.0.1:${port}`],
        ['Origin', 'http://evil.test'],
      ],
    },
  ]
}

const siteForms: Form[] = [
  { name: 'absent', headers: [] },
  ...['same-origin', 'none', 'same-site', 'cross-site', 'Same-Origin'].map((site) => ({
    name: site,
    headers: [['Sec-Fetch-Site', site]] as const,
  })),
]

interface Route {
  readonly name: string
  readonly request: Omit<RawRequest, 'headers'>
  readonly headers: Headers
  /** What a request gets that is let through; `never`: no combination is. */
  readonly passed: readonly number[] | 'never'
}

const code = JSON.stringify({ code: 'wrong' })
const jsonHeaders: Headers = [
  ['Content-Type', 'application/json'],
  ['Content-Length', String(code.length)],
]

/** One of each kind; the guard stands before all routing. */
const routes: Route[] = [
  { name: 'page', request: { method: 'GET', target: '/' }, headers: [], passed: [200] },
  {
    name: 'session',
    request: { method: 'POST', target: '/session', body: code },
    headers: jsonHeaders,
    passed: [401, 429],
  },
  { name: 'socket', request: { method: 'GET', target: '/socket' }, headers: upgradeHeaders, passed: [101] },
  { name: 'options', request: { method: 'OPTIONS', target: '/session' }, headers: [], passed: 'never' },
]

/** The legal combinations, one by one. */
function isLegal(port: number, route: Route, forms: { host: string; origin: string; site: string }): boolean {
  if (route.passed === 'never') return false
  const isReading = route.request.method === 'GET' && route.name !== 'socket'
  const legal = [`127.0.0.1:${port}`, `localhost:${port}`].flatMap((host) => [
    { host, origin: `http://${host}`, site: 'absent' },
    { host, origin: `http://${host}`, site: 'same-origin' },
    ...(isReading ? [{ host, origin: `http://${host}`, site: 'none' }] : []),
    ...(isReading ? ['absent', 'same-origin', 'none'].map((site) => ({ host, origin: 'absent', site })) : []),
  ])
  return legal.some((one) => one.host === forms.host && one.origin === forms.origin && one.site === forms.site)
}

function everyRequest(web: OpenWebHost, cookie: string) {
  const { port } = web.host
  const close: Headers = [['Connection', 'close']]
  return routes.flatMap((route) =>
    hostForms(port).flatMap((host) =>
      originForms(port).flatMap((origin) =>
        siteForms.map((site) => ({
          name: [route.name, host.name, origin.name, site.name].join(' | '),
          isLegal: isLegal(port, route, { host: host.name, origin: origin.name, site: site.name }),
          passed: route.passed === 'never' ? [] : route.passed,
          request: {
            ...route.request,
            headers: [
              ...host.headers,
              ...origin.headers,
              ...site.headers,
              ['Cookie', cookie] as const,
              ...(route.name === 'socket' ? [] : close),
              ...route.headers,
            ],
          },
        })),
      ),
    ),
  )
}

test(
  'of all ways to name host, origin and site on every route, only the exact legal ones pass',
  { timeout: 60_000 },
  async () => {
    await using web = await openWebHost(createScriptedApp())
    const { cookie } = await sessionOf(web)
    const requests = everyRequest(web, cookie)
    const wrong: string[] = []
    for (let from = 0; from < requests.length; from += 15) {
      const batch = requests.slice(from, from + 15)
      const answers = await Promise.all(batch.map(({ request }) => sendRaw(web.host.port, request)))
      for (const [index, expected] of batch.entries()) {
        const status = answers[index]?.status ?? 0
        const isRight = expected.isLegal ? expected.passed.includes(status) : status === 403 || status === 400
        if (!isRight) wrong.push(`${expected.name} → ${status}`)
      }
    }
    expect(wrong).toEqual([])
    expect(requests.filter((request) => request.isLegal).length).toBe(12 + 2 * 4)
  },
)

test('no answer, refused or not, carries a CORS header', async () => {
  await using web = await openWebHost(createScriptedApp())
  const host = ['Host', `127.0.0.1:${web.host.port}`] as const
  const origins = [web.origin, 'http://evil.test'].map((origin) => ['Origin', origin] as const)
  for (const origin of origins) {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const request = { method, target: '/', headers: [host, origin, ['Connection', 'close'] as const] }
      expect((await sendRaw(web.host.port, request)).text).not.toMatch(/access-control-/i)
    }
  }
})

test.each(['http://127.0.0.1/', '*', 'evil.test:80', '//evil.test/'])('the target %s is not served', async (target) => {
  await using web = await openWebHost(createScriptedApp())
  const headers = [
    ['Host', `127.0.0.1:${web.host.port}`],
    ['Connection', 'close'],
  ] as const
  const { status } = await sendRaw(web.host.port, { method: 'GET', target, headers })
  expect([400, 403, 404]).toContain(status)
})

test.each([
  ['no cookie', () => []],
  ['an empty cookie', (name: string) => [['Cookie', `${name}=`] as const]],
  ['a wrong cookie', (name: string) => [['Cookie', `${name}=${'A'.repeat(43)}`] as const]],
  ['the cookie of another port', (_name: string, value: string) => [['Cookie', `pacemail-1=${value}`] as const]],
])('a socket with %s is refused before it opens', async (_words, cookies) => {
  await using web = await openWebHost(createScriptedApp())
  const [name = '', value = ''] = (await sessionOf(web)).cookie.split('=')
  const headers = [
    ['Host', `127.0.0.1:${web.host.port}`],
    ['Origin', web.origin],
    ...cookies(name, value),
    ...upgradeHeaders,
  ] as const
  expect((await sendRaw(web.host.port, { method: 'GET', target: '/socket', headers })).status).toBe(401)
})

test('a planted cookie of the same name does not lock the page out', async () => {
  await using web = await openWebHost(createScriptedApp())
  const { cookie } = await sessionOf(web)
  const planted = `${cookie.split('=')[0]}=planted; ${cookie}`
  const headers = [
    ['Host', `127.0.0.1:${web.host.port}`],
    ['Origin', web.origin],
    ['Cookie', planted],
    ...upgradeHeaders,
  ] as const
  expect((await sendRaw(web.host.port, { method: 'GET', target: '/socket', headers })).status).toBe(101)
})
