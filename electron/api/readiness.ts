import type { PacemailHandlers } from '#shared/contract/index'
import type { Readiness as ReadinessAnswer, TestMail } from '#shared/contract/readiness'
import type { Readiness, ReadinessView } from '../engine/mailboxes/readiness.ts'
import type { TestMailRecord, TestMails } from '../engine/texts/test-mails.ts'

export function createReadinessApi(readiness: Readiness, testMails: TestMails): PacemailHandlers['readiness'] {
  function view({ mailboxId, checks, testMail, ...rest }: ReadinessView): ReadinessAnswer {
    return {
      ...rest,
      mailboxId: mailboxId as ReadinessAnswer['mailboxId'],
      checks: checks.map((check) => ({ ...check, facts: { ...check.facts } })),
      testMail: testMail && testMailView(testMail),
    }
  }

  function testMailView(mail: TestMailRecord): TestMail {
    const { id, status, failureCode, providerCode, askedAt, place, receivedAt, createdAt } = mail
    return {
      id,
      mailboxId: mail.mailboxId as TestMail['mailboxId'],
      status,
      failureCode,
      providerCode,
      askedAt,
      place,
      receivedAt,
      isLookedFor: testMails.isLookedFor(mail),
      createdAt,
    }
  }

  return {
    get: ({ mailboxId }) => view(readiness.get(mailboxId)),
    checkDomain: async ({ mailboxId }) => view(await readiness.checkDomain(mailboxId)),
    tryPause: ({ mailboxId }) => view(readiness.tryPause(mailboxId)),
    sendTest: (order) => testMailView(testMails.send(order)),
  }
}
