import type { Native } from '#electron/platform/native'
import { createKeyFileSecrets } from '#electron/platform/key-file-secrets'
import { startWsHost } from '#electron/host/ws-host'
import type { TestHost } from './host-for-test.ts'

const NATIVE: Native = {
  host: 'web',
  capabilities: { tray: false, loginItem: false, openFolder: false, notifications: false, updates: false },
  loginItem: null,
  notify: () => {},
  openFolder: async () => {},
  openPage: async () => {},
  lookForUpdates: () => {},
}

/** The web host: the page comes over HTTP and speaks over a WebSocket. */
export const webHost: TestHost = {
  createSecrets: async (dataFolder) => createKeyFileSecrets(dataFolder),
  createNative: () => NATIVE,
  async start({ router, stream, clock, random, pageFolder, port }) {
    const host = await startWsHost({ router, stream, clock, random, pageFolder, port })
    return { url: host.url, prepare: async () => {}, close: () => host.close() }
  },
}
