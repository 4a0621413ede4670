import type { PacemailHandlers } from '#shared/contract/index'
import type { Mailbox } from '#shared/contract/mailboxes'
import type { MailboxDesk, MailboxWithBudget } from '../engine/mailbox-desk.ts'

export function createMailboxesApi(desk: MailboxDesk): PacemailHandlers['mailboxes'] {
  const { mailboxes } = desk
  const view = (mailboxId: number): Mailbox => mailboxView(desk.withBudget(mailboxId))

  return {
    list: () => mailboxes.list().map((mailbox) => view(mailbox.id)),
    get: ({ mailboxId }) => view(mailboxId),
    addPractice: ({ senderName, signature }) =>
      view(mailboxes.addPractice({ ...(senderName && { senderName }), ...(signature && { signature }) }).id),
    addSmtp: async (account) => view((await mailboxes.addSmtp(account)).id),
    signIn: async ({ mailboxId, password }) => view((await mailboxes.signIn(mailboxId, password)).id),
    savePolicy: ({ mailboxId, policy }) => view(mailboxes.savePolicy(mailboxId, policy).id),
    saveIdentity: ({ mailboxId, senderName, signature }) =>
      view(mailboxes.saveIdentity(mailboxId, { senderName, signature }).id),
    pause: ({ mailboxId }) => view(mailboxes.pause(mailboxId).id),
    resume: ({ mailboxId }) => view(mailboxes.resume(mailboxId).id),
    async remove({ mailboxId }) {
      await mailboxes.remove(mailboxId)
      return {}
    },
    holidayCountries: () => desk.holidayCountries(),
    practiceMail: ({ mailboxId, offset, limit }) => desk.practiceMail(mailboxId, { offset, limit }),
  }
}

function mailboxView({ record, budget, nextSendAt }: MailboxWithBudget): Mailbox {
  return {
    id: record.id as Mailbox['id'],
    kind: record.kind,
    address: record.address,
    senderName: record.senderName,
    signature: record.signature,
    status: record.status,
    restingUntil: record.restingUntil,
    health: record.health,
    policy: record.policy,
    smtp: record.smtp,
    budget,
    nextSendAt,
    createdAt: record.createdAt,
  }
}
