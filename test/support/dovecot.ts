/** A real IMAP server for tests where one is installed: Dovecot 2.3, as the current user, in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ImapFlow } from 'imapflow'
import type { ImapServer } from '#shared/contract/mailboxes'

export interface Dovecot {
  readonly ports: { readonly plain: number; readonly tls: number }
  readonly user: string
  settings(security: ImapServer['security']): ImapServer
  /** Puts mails into a folder, with the time they arrived. */
  add(path: string, mails: readonly { readonly raw: string; readonly receivedAt: number }[]): Promise<void>
  /** The mails of a folder, as its files hold them, with CRLF. */
  texts(path: string): Promise<string[]>
  /** How many mails of a folder nobody has read. */
  unseen(path: string): Promise<number>
  /** Makes it forget the numbers of its mails, as after a move to another machine. */
  renumber(path: string): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const USER = 'rep'

/** Why there is no Dovecot to test against; null where there is one. */
export function dovecotMissing(): string | null {
  const { stdout, error } = spawnSync('dovecot', ['--version'], { encoding: 'utf8', env: pathWithSbin() })
  if (error) return 'no dovecot on this machine'
  return stdout.startsWith('2.3.') ? null : `dovecot ${stdout.trim()} reads another configuration than 2.3`
}

export async function startDovecot(password: string): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'pm-dovecot-'))
  const mailFolder = join(folder, 'mail')
  const ports = { plain: await freePort(), tls: await freePort() }
  const owner = mailOwner()
  await mkdir(mailFolder)
  await chown(mailFolder, owner.uid, owner.gid)
  if (userInfo().uid === 0) await chown(folder, owner.uid, owner.gid)
  await writeFile(join(folder, 'passwd'), `${USER}:{PLAIN}${password}\n`)
  await writeFile(join(folder, 'dovecot.conf'), configuration(folder, ports, owner))
  const server = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore', env: pathWithSbin() })
  const exited = once(server, 'exit')
  await Promise.race([waitForPort(ports.plain), exited.then(() => explain(folder))])

  const close = async () => {
    server.kill('SIGTERM')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  const settings: Dovecot['settings'] = (security) => ({
    host: 'localhost',
    port: security === 'tls' ? ports.tls : ports.plain,
    security,
  })
  return {
    ports,
    user: USER,
    settings,
    add: (path, mails) => append({ port: ports.plain, password, path }, mails),
    texts: (path) => readMaildir(maildirOf(mailFolder, path)),
    async unseen(path) {
      // Maildir keeps flags behind the name: `:2,S` is one that was read.
      const files = await maildirFiles(maildirOf(mailFolder, path))
      return files.filter((file) => !/:2,[A-Z]*S[A-Z]*$/.test(file)).length
    },
    async renumber(path) {
      const place = maildirOf(mailFolder, path)
      const names = (await readdir(place)).filter((name) => /^dovecot(?!-uidvalidity)/.test(name))
      for (const name of names) await rm(join(place, name), { recursive: true, force: true })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function pathWithSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` }
}

interface MailOwner {
  readonly name: string
  readonly group: string
  /** Who meets strangers. */
  readonly login: string
  /** Whose the mail is. */
  readonly uid: number
  readonly gid: number
}

/** Started by root, Dovecot still neither meets strangers nor opens mail as root. */
function mailOwner(): MailOwner {
  const { username: name, uid, gid } = userInfo()
  const id = (...words: string[]) => spawnSync('id', words, { encoding: 'utf8' }).stdout.trim()
  const group = id('-gn')
  if (uid !== 0) return { name, group, login: name, uid, gid }
  return { name, group, login: 'nobody', uid: Number(id('-u', 'nobody')), gid: Number(id('-g', 'nobody')) }
}

function configuration(folder: string, ports: Dovecot['ports'], owner: MailOwner): string {
  const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/smtp/${name}`, import.meta.url))
  const mailbox = (name: string) => `  mailbox ${name} {\n    special_use = \\${name}\n    auto = create\n  }`
  return `
protocols = imap
base_dir = ${join(folder, 'run')}
state_dir = ${join(folder, 'state')}
log_path = ${join(folder, 'log')}
default_internal_user = ${owner.name}
default_internal_group = ${owner.group}
default_login_user = ${owner.login}
first_valid_uid = 0
first_valid_gid = 0
listen = 127.0.0.1
disable_plaintext_auth = no
ssl = yes
ssl_cert = <${fixture('server.pem')}
ssl_key = <${fixture('server-key.pem')}
mail_location = maildir:${join(folder, 'mail')}
passdb {
  driver = passwd-file
  args = ${join(folder, 'passwd')}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${join(folder, 'mail')}
}
namespace inbox {
  inbox = yes
  separator = /
${['Sent', 'Junk', 'Drafts'].map(mailbox).join('\n')}
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.plain}
  }
  inet_listener imaps {
    port = ${ports.tls}
    ssl = yes
  }
}
`
}

async function append(
  { port, password, path }: { port: number; password: string; path: string },
  mails: readonly { readonly raw: string; readonly receivedAt: number }[],
): Promise<void> {
  const auth = { user: USER, pass: password }
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false })
  await client.connect()
  for (const { raw, receivedAt } of mails) await client.append(path, raw, [], new Date(receivedAt))
  await client.logout()
}

function maildirOf(mailFolder: string, path: string): string {
  return path === 'INBOX' ? mailFolder : join(mailFolder, `.${path}`)
}

async function maildirFiles(place: string): Promise<string[]> {
  const folders = ['cur', 'new'].map((name) => join(place, name))
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  )
  return files.flat()
}

async function readMaildir(place: string): Promise<string[]> {
  const files = await maildirFiles(place)
  return Promise.all(files.map(async (file) => (await readFile(file, 'latin1')).replace(/\r?\n/g, '\r\n')))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Dovecot tells nobody when it listens. */
async function waitForPort(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await pause(50)
  }
}

async function explain(folder: string): Promise<never> {
  const log = await readFile(join(folder, 'log'), 'utf8').catch(() => 'no log')
  await rm(folder, { recursive: true, force: true })
  throw new Error(`dovecot did not start: ${log}`)
}
