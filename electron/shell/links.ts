import { app } from 'electron'
import { looksLikeLink } from '#shared/domain/link'
import { APP_ORIGIN } from './app-protocol.ts'

/**
 * Links that somebody opened elsewhere: macOS reports them as an event, the other systems start the app once more with the link
 * as its last argument. They come from anywhere. Here they are only told from other text; the page reads them
 * (`shared/domain/link.ts`) and opens what they name.
 */
export function watchLinks(onLink: (link: string) => void): void {
  // Must be heard before the app is ready, or the link that started it is lost.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    if (looksLikeLink(url)) onLink(url)
  })
}

/** The link among the arguments of a start; null: none. */
export function linkIn(args: readonly string[]): string | null {
  return args.findLast(looksLikeLink) ?? null
}

/** The address of our page that takes a link; without one, where the page begins. */
export function pageAddress(link: string | null): string {
  return link === null ? `${APP_ORIGIN}/` : `${APP_ORIGIN}/#/open?link=${encodeURIComponent(link.toWellFormed())}`
}

/** The address of a page of the app, such as `/queue`; from us, never from outside. */
export function pageAt(page: string): string {
  return `${APP_ORIGIN}/#${page}`
}

/**
 * The installer for Windows announces no links, so the app says for this user that `pacemail:` is its own. Who opens `mailto:`
 * is the rep's choice in the settings of the system.
 */
export function claimOwnLinks(platform: NodeJS.Platform, isInstalled: boolean): void {
  if (platform === 'win32' && isInstalled) app.setAsDefaultProtocolClient('pacemail')
}
