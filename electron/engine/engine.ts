/**
 * The product. `createEngine` puts its rooms together; `start` becomes the owner of the data folder or, where another
 * process is, a viewer of it.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, openDb, write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import type { AppStatus } from '#shared/contract/app'
import type { PushedEvent } from '#shared/contract/events'
import { AppError } from '#shared/errors'
import type { LoginItem } from '../platform/native.ts'
import type { EngineContext } from './context.ts'
import { practiceFolders } from './folders.ts'
import type { BuiltInClients } from './mailboxes/oauth-clients.ts'
import { createOwnership } from './owner.ts'
import { furnish, type Rooms } from './rooms.ts'
import { recover } from './sending/recovery.ts'
import { createViewerWatch, type ViewerWatch } from './viewer-watch.ts'

export interface EngineDeps extends Omit<EngineContext, 'db'> {
  /** The thread that reads imported files. */
  readonly importWorker: URL
  /** The thread that copies the database. */
  readonly backupWorker: URL
  readonly version: string
  /** The client ids at Google and Microsoft that came with the build. */
  readonly builtIn: BuiltInClients
}

export interface Engine {
  /** Throws what `openDb` throws, and `secrets.unavailable`. */
  start(): Promise<void>
  /** Claims nothing more, lets what is leaving finish, closes the database last. Harmless twice. */
  close(): Promise<void>
  /** The rooms of a started engine. */
  readonly rooms: Rooms
  role(): 'owner' | 'viewer'
  /** A viewer becomes the owner where the other process has ended; throws `db.locked` while it has not. */
  takeOver(): Promise<void>
  /** Shows a folder where the host has a file manager. */
  openFolder(which: 'data' | 'practice'): Promise<void>
  /** Starting with the computer; null where the host cannot. */
  readonly loginItem: LoginItem | null
  /** The machine slept, woke or had its clock set: look again. */
  clockMayHaveJumped(): void
  /**
   * The machine is about to sleep: what the rep wants handed over is, as far as the seconds that are left reach. Whatever is not
   * done by then is as after a crash.
   */
  goingToSleep(): void
  /** Called after every published fact; returns the way to stop it. */
  onChange(listener: () => void): () => void
  traySummary(): TrayFigures
}

/** What an icon can tell at a glance. */
export interface TrayFigures extends Pick<
  AppStatus,
  'isPaused' | 'pausedUntil' | 'today' | 'waiting' | 'nextSendAt' | 'zone'
> {
  /** What only the rep can put right. */
  readonly needs: { readonly uncertain: number; readonly signedOut: number; readonly isDiskFull: boolean }
}

export function createEngine(deps: EngineDeps): Engine {
  const ownership = createOwnership(deps.dataFolder)
  const listeners = new Set<() => void>()
  let db: Db | null = null
  let rooms: Rooms | null = null
  let installSecret = ''
  let watch: Pick<ViewerWatch, 'close'> = { close: () => {} }

  function publish(event: PushedEvent): void {
    deps.publish(event)
    rooms?.notices.changed(event)
    for (const listener of listeners) listener()
  }

  function opened(): Rooms {
    if (!rooms) throw new Error('the engine has not started')
    return rooms
  }

  async function start(): Promise<void> {
    mkdirSync(deps.dataFolder, { recursive: true, mode: 0o700 })
    const isOwner = ownership.tryLock()
    db = openDb({
      file: join(deps.dataFolder, 'pacemail.db'),
      backupFolder: join(deps.dataFolder, 'backups'),
      now: deps.clock.now(),
      mayMigrate: isOwner,
    })
    installSecret = await secretOfInstall(deps, isOwner)
    rooms = furnish({
      ...deps,
      db,
      publish,
      ownership,
      installSecret: () => installSecret,
    })
    if (isOwner) own()
    else lookOn(db)
  }

  function lookOn(file: Db): void {
    const reload = (): void => {
      rooms?.app.reload()
      rooms?.away.reload()
      rooms?.forecasts.forget()
    }
    const started = createViewerWatch({ ...deps, db: file, publish, reload })
    started.start()
    watch = started
  }

  function own(): void {
    const { sender, queue, backups, app, mailboxes, pipeline, ...started } = opened()
    const { testMails, digests, notices, touchImports, updates, sentMark } = started
    const known = given(db)
    ownership.begin(known)
    app.reload()
    const { putBack, inDoubt } = recover({ db: known, clock: deps.clock, queue, sentMark })
    mailboxes.endLongRests()
    finishOld(opened())
    write(known, (tx) => insertEvent(tx, { at: deps.clock.now(), kind: 'app_started', data: { putBack, inDoubt } }))
    testMails.recover()
    backups.start()
    touchImports.start()
    pipeline.goOn()
    digests.start()
    notices.start()
    updates.start()
    sender.wake()
  }

  return {
    start,
    get rooms() {
      return opened()
    },
    role: () => (ownership.isOwner() ? 'owner' : 'viewer'),
    async takeOver() {
      if (ownership.isOwner()) return
      if (!ownership.tryLock()) throw new AppError('db.locked', 'the other process is still there')
      watch.close()
      installSecret = await secretOfInstall(deps, true)
      own()
      publish({ type: 'app.changed' })
    },
    async close() {
      watch.close()
      const ending = rooms
      rooms = null
      if (ending) {
        ending.app.close()
        ending.testMails.close()
        ending.digests.close()
        ending.notices.close()
        await ending.backups.close()
        await ending.signIns.close()
        await ending.sender.close()
        await ending.touchImports.close()
        await ending.pipeline.close()
        await ending.imports.close()
        await ending.leads.close()
      }
      db?.close()
      db = null
      ownership.release()
    },
    loginItem: deps.native.loginItem,
    openFolder: (which) =>
      deps.native.openFolder(which === 'data' ? deps.dataFolder : practiceFolders(deps.dataFolder)),
    clockMayHaveJumped() {
      rooms?.forecasts.forget()
      if (ownership.isOwner()) rooms?.sender.wake()
      publish({ type: 'sends.changed' })
    },
    goingToSleep() {
      if (!rooms || !ownership.isOwner()) return
      const { mailboxes, sender } = rooms
      for (const mailbox of mailboxes.list()) {
        if (mailbox.handOver === 0) continue
        const failed = (error: unknown): void => deps.log.error('nothing could be handed over', error)
        void sender.handOver(mailbox, mailbox.handOver).catch(failed)
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    traySummary() {
      const { uncertain, isDiskFull, ...figures } = opened().app.status()
      const signedOut = opened()
        .mailboxes.list()
        .filter(({ status }) => status === 'needs_sign_in').length
      return { ...figures, needs: { uncertain, signedOut, isDiskFull } }
    },
  }
}

/** What an earlier process left behind: files that nobody reads any more, and work that it could not end. */
function finishOld({ uploads, imports, templates, exports: exported, people, leads }: Rooms): void {
  uploads.cleanUp()
  imports.cleanUp()
  templates.cleanUp()
  exported.cleanUp()
  people.finish()
  leads.finish()
}

/** Made once per install; it lives in the secret store, so a copied database alone cannot forge a key. */
async function secretOfInstall(deps: EngineDeps, mayMake: boolean): Promise<string> {
  const known = await deps.secrets.get('install')
  if (known !== null) return known
  // A viewer queues nothing, and two processes must not make two.
  if (!mayMake) return ''
  const made = Buffer.from(deps.random.bytes(32)).toString('base64')
  await deps.secrets.set('install', made)
  return made
}

function given<T>(value: T | null): T {
  if (value === null) throw new Error('the engine has not started')
  return value
}
