import { describe, expect, test } from 'vitest'
import { createSession, takeLaunchCode } from '../../renderer/api/ws-session.ts'

/** The browser's storage of one tab. */
function tabStorage(entries: Record<string, string> = {}): Storage {
  const map = new Map(Object.entries(entries))
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    clear: () => map.clear(),
    key: () => null,
    length: map.size,
  }
}

function host(answers: (string | null)[]) {
  const asked: unknown[] = []
  const ask = (url: unknown, options?: RequestInit) => {
    asked.push([url, options?.method, options?.body])
    const token = answers.shift() ?? null
    return Promise.resolve(token === null ? new Response('', { status: 401 }) : Response.json({ token }))
  }
  return { asked, ask: ask as typeof fetch }
}

describe('the session of a page in the browser', () => {
  test('the launch code is exchanged once and the token kept for a reload', async () => {
    const storage = tabStorage()
    const { ask, asked } = host(['t1'])
    const session = createSession('code-1', storage, ask)
    expect([await session.token(), await session.token()]).toEqual(['t1', 't1'])
    expect(asked).toEqual([['/session', 'POST', '{"code":"code-1"}']])

    const reloaded = createSession(null, storage, host([]).ask)
    expect(await reloaded.token()).toBe('t1')
  })

  test('a used code falls back to the token this tab already has', async () => {
    const storage = tabStorage({ 'pacemail.token': 'old' })
    const session = createSession('used', storage, host([null]).ask)
    expect(await session.token()).toBe('old')
  })

  test('a new tab without a code has no right', async () => {
    expect(await createSession(null, tabStorage(), host([]).ask).token()).toBeNull()
  })

  test('a host that does not answer keeps the code for the next try', async () => {
    const { ask } = host(['t1'])
    let isDown = true
    const flaky = ((...args: Parameters<typeof fetch>) =>
      isDown ? Promise.reject(new TypeError('down')) : ask(...args)) as typeof fetch
    const session = createSession('code', tabStorage(), flaky)
    await expect(session.token()).rejects.toThrow('down')
    isDown = false
    expect(await session.token()).toBe('t1')
  })

  test('a refused token is forgotten, also by the tab', async () => {
    const storage = tabStorage({ 'pacemail.token': 'old' })
    const session = createSession(null, storage, host([]).ask)
    session.forget()
    expect([await session.token(), storage.getItem('pacemail.token')]).toEqual([null, null])
  })

  test('the code leaves the address at once', () => {
    const seen: string[] = []
    const page = {
      location: { hash: '#launch=a-B_9', pathname: '/', search: '' },
      history: { replaceState: (_state: unknown, _title: string, url: string) => void seen.push(url) },
    } as unknown as Window
    expect(takeLaunchCode(page)).toBe('a-B_9')
    expect(seen).toEqual(['/'])
  })

  test('an ordinary address is left alone', () => {
    const page = { location: { hash: '#/leads' } } as unknown as Window
    expect(takeLaunchCode(page)).toBeNull()
  })
})
