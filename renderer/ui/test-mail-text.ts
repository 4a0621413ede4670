import type { ReceivedPlace, TestMailStatus } from '#shared/domain/readiness'

interface TestMail {
  readonly status: TestMailStatus
  readonly place: ReceivedPlace | null
  readonly isLookedFor: boolean
}

/** How a mail to oneself goes on, in a few words. */
export function testMailText({ status, place, isLookedFor }: TestMail): string {
  if (place !== null) return place === 'spam' ? 'Received, in your spam folder.' : 'Received in your inbox.'
  switch (status) {
    case 'preparing':
    case 'sending':
      return 'On its way…'
    case 'failed':
      return 'It did not leave. The Mailboxes page says why.'
    case 'uncertain':
      return 'It is not known whether it left; it is not sent again.'
    case 'accepted':
      return isLookedFor ? 'Accepted; waiting for it to arrive…' : 'Accepted. Look into your inbox.'
  }
}
