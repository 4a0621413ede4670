import { app, type Session, type WebContents } from 'electron'
import { isAppUrl } from './app-protocol.ts'

/** What a page could load from elsewhere; all of it is refused, whatever the page asks for. */
const REMOTE = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*'] }

/** Electron grants every permission unless told otherwise; the page needs none and no network either. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.webRequest.onBeforeRequest(REMOTE, (_details, answer) => answer({ cancel: true }))
  // The spell checker fetches its dictionaries from a server.
  session.setSpellCheckerEnabled(false)
}

/** Every page of the app, also one that somebody adds later: it stays where it is and opens nothing. */
export function lockAllContents(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
}

export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // The one way to a network that neither the policy of the page nor the session's filter sees.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    // The mail preview is an inline frame of the page itself.
    const isPreview = !event.isMainFrame && event.url === 'about:srcdoc'
    if (!isAppUrl(event.url) && !isPreview) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
}
