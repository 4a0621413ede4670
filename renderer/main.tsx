import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/notifications/styles.css'
import './app/app.css'
import { createRoot } from 'react-dom/client'
import { connectCache } from './api/cache.ts'
import { chooseTransport } from './api/choose-transport.ts'
import { createClient } from './api/client.ts'
import { createQueryClient } from './api/query-client.ts'
import { browserTimers } from './api/timers.ts'
import { App } from './app/App.tsx'
import { createAppRouter } from './app/routes.tsx'
import { watchErrors } from './app/watch-errors.ts'

function start(): void {
  const root = document.querySelector('#root')
  if (root === null) throw new Error('index.html has no element #root.')
  const client = createClient(chooseTransport(window))
  const cache = createQueryClient()
  connectCache(client, cache, browserTimers)
  watchErrors(client, window)
  // React keeps what a part of the page has caught to itself; it is no less an error.
  const onCaughtError = (error: unknown): void => window.reportError(error)
  createRoot(root, { onCaughtError }).render(<App client={client} cache={cache} router={createAppRouter()} />)
}

start()
