import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

/** What runs in the app; the tools that pack it are not among it. */
const files = sourceFiles().filter(({ relative }) => !relative.startsWith('electron/pack/'))
const holding = (words: RegExp): string[] =>
  files.filter(({ absolute }) => words.test(readFileSync(absolute, 'utf8'))).map(({ relative }) => relative)

test.each([
  ['another page than its own', /\.loadFile\(|data:text\/html/],
  ['content of mixed security', /allowRunningInsecureContent|allowDisplayingInsecureContent/],
  ['experimental features of Chromium', /experimentalFeatures|enableBlinkFeatures|disableBlinkFeatures/],
  [
    'less of the sandbox',
    /sandbox: false|contextIsolation: false|nodeIntegration\w*: true|webSecurity: false|webviewTag: true|no-sandbox/,
  ],
  [
    'switches of Chromium’s command line',
    /commandLine\.append|disable-web-security|ignore-certificate-errors|remote-debugging/,
  ],
  [
    'another judgement on certificates',
    /setCertificateVerifyProc|'certificate-error'|rejectUnauthorized: false|NODE_TLS_REJECT/,
  ],
  ['silence about its security', /ELECTRON_DISABLE_SECURITY_WARNINGS/],
  [
    'code put into a page, or made from text',
    /executeJavaScript|insertCSS|insertText\(|\beval\(|new Function\(|dangerouslySetInnerHTML/,
  ],
  ['the module that handed Electron to pages', /@electron\/remote|enableRemoteModule|nodeIntegrationAttach/],
])('no file asks for %s', (_words, forbidden) => {
  expect(holding(forbidden)).toEqual([])
})

test.each([
  ['listens to a page', /ipcMain\.(?:on|handle)/, ['electron/shell/ipc-host.ts']],
  ['speaks for a page', /ipcRenderer\.(?:on|send|invoke)/, ['electron/preload.ts']],
  ['hands an address to the system', /shell\.openExternal\(/, ['electron/shell/native.ts']],
  ['opens a window', /new BrowserWindow\(/, ['electron/shell/window.ts']],
  ['serves the page', /protocol\.handle\(/, ['electron/shell/app-protocol.ts']],
  ['hears on a port', /\bcreateServer\(/, ['electron/host/ws-host.ts', 'electron/mailbox/loopback-listener.ts']],
])('one place %s', (_words, words, places) => {
  expect(holding(words).toSorted()).toEqual(places)
})
