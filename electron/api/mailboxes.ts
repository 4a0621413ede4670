import type { PacemailHandlers } from '#shared/contract/index'
import type { Mailbox } from '#shared/contract/mailboxes'
import type { MailboxDesk, MailboxWithBudget } from '../engine/mailboxes/mailbox-desk.ts'
import type { Sender } from '../engine/sending/sender.ts'
import type { WhatIfs } from '../engine/planning/what-if.ts'
import { whatIfView } from './plans.ts'

export interface MailboxRooms {
  readonly mailboxDesk: MailboxDesk
  readonly sender: Sender
  readonly whatIfs: WhatIfs
}

export function createMailboxesApi(rooms: MailboxRooms): PacemailHandlers['mailboxes'] {
  const { mailboxDesk: desk, sender, whatIfs } = rooms
  const { accounts, mailboxes } = desk
  const view = (mailboxId: number): Mailbox => mailboxView(desk.withBudget(mailboxId))

  return {
    list: () => mailboxes.list().map((mailbox) => view(mailbox.id)),
    get: ({ mailboxId }) => view(mailboxId),
    lately: ({ mailboxId }) => desk.lately(mailboxId),
    addPractice: ({ senderName, signature }) =>
      view(accounts.addPractice({ ...(senderName && { senderName }), ...(signature && { signature }) }).id),
    addSmtp: async (account) => view((await accounts.addSmtp(account)).id),
    signIn: async ({ mailboxId, password }) => view((await accounts.signIn(mailboxId, password)).id),
    saveServers: async ({ mailboxId, ...servers }) => view((await accounts.saveServers(mailboxId, servers)).id),
    savePolicy: ({ mailboxId, policy }) => view(mailboxes.savePolicy(mailboxId, policy).id),
    saveIdentity: ({ mailboxId, senderName, signature }) =>
      view(mailboxes.saveIdentity(mailboxId, { senderName, signature }).id),
    saveOwnAddresses: ({ mailboxId, addresses }) => view(mailboxes.saveOwnAddresses(mailboxId, addresses).id),
    saveSender: ({ mailboxId, ...identity }) => view(mailboxes.saveSender(mailboxId, identity).id),
    saveHandOver: ({ mailboxId, count }) => view(mailboxes.saveHandOver(mailboxId, count).id),
    handOver: async ({ mailboxId, count }) => {
      const handedOver = await sender.handOver(mailboxes.get(mailboxId), count)
      return { handedOver, mailbox: view(mailboxId) }
    },
    pause: ({ mailboxId }) => view(mailboxes.pause(mailboxId).id),
    resume: ({ mailboxId }) => view(mailboxes.resume(mailboxId).id),
    async remove({ mailboxId }) {
      await accounts.remove(mailboxId)
      return {}
    },
    whatIf: ({ mailboxId, policy }) => whatIfView(whatIfs.policy(mailboxId, policy)),
    holidayCountries: () => desk.holidayCountries(),
    readNow: async ({ mailboxId }) => {
      await sender.readNow(mailboxes.get(mailboxId))
      return view(mailboxId)
    },
    practiceMail: ({ mailboxId, offset, limit }) => desk.practiceMail(mailboxId, { offset, limit }),
  }
}

function mailboxView({ record, healthReasons, budget, held, nextSendAt }: MailboxWithBudget): Mailbox {
  return {
    id: record.id as Mailbox['id'],
    kind: record.kind,
    address: record.address,
    senderName: record.senderName,
    signature: record.signature,
    company: record.company,
    postalAddress: record.postalAddress,
    optOut: record.optOut,
    status: record.status,
    need: record.need,
    restingUntil: record.restingUntil,
    restReason: record.restReason,
    health: record.health,
    healthReasons: healthReasons.map(({ outcome, count }) => ({ outcome, count })),
    policy: record.policy,
    smtp: record.smtp,
    imap: record.imap,
    mostMailBytes: record.mostMailBytes,
    mayRead: record.mayRead,
    handOver: record.handOver,
    held,
    ownAddresses: record.ownAddresses,
    foundAddresses: record.foundAddresses,
    readAt: record.readAt,
    budget,
    nextSendAt,
    createdAt: record.createdAt,
  }
}
