import type { Note } from '#shared/contract/notices'

/** Does the app start with the computer? The system keeps the answer, and its own settings can change it too. */
export interface LoginItem {
  isOn(): boolean
  set(isOn: boolean): void
}

/** What a host can do that a web page cannot. The page asks `app.status` for the capabilities and hides the rest. */
export interface Native {
  readonly host: 'desktop' | 'web'
  readonly capabilities: {
    readonly tray: boolean
    readonly loginItem: boolean
    readonly openFolder: boolean
    readonly notifications: boolean
    readonly updates: boolean
  }
  /** Null where the host cannot start with the computer. */
  readonly loginItem: LoginItem | null
  /** Shows a few lines beside whatever the rep is doing; does nothing where the host cannot. */
  notify(note: Note): void
  /** Shows a folder in the system's file manager; does nothing where there is none. */
  openFolder(path: string): Promise<void>
  /**
   * Shows a page in the rep's browser; does nothing where there is none, because the address is in the window too, and
   * nothing for an address that is no web page.
   */
  openPage(url: string): Promise<void>
  /** From now on looks for a newer app once a day, or asks nobody any more; does nothing where the host cannot. */
  lookForUpdates(isOn: boolean): void
}
